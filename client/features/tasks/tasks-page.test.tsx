import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { addTask } from '../../../shared/commands/task-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { member } from '../../../shared/entities/member.ts';
import { addDays } from '../../../shared/model/day.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { currentDay } from '../../fields/reference.ts';
import { showPage } from '../../testing/show-page.tsx';
import { TasksPage } from './tasks-page.tsx';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

function setup() {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const day = (days: number) => addDays(currentDay(), days);
  const jonas = workspace.arrange((tx) => tx.insert(member, { name: 'Jonas Weber' }));
  const femke = workspace.arrange((tx) => tx.insert(contact, { firstName: 'Femke', lastName: 'de Boer' }));
  const { memberId } = workspace.me();
  workspace.arrange((tx) => {
    const add = (title: string, due: string | null, owner: string = memberId) => addTask(tx, { title, due, owner });
    add('Send the price list', day(-2));
    addTask(tx, { title: 'Call about the depot', type: 'call', due: day(0), owner: memberId, about: [femke] });
    add('Renew the contract', day(7));
    add('Plan the fair', day(8));
    add('Tidy up', null);
    add('Ask for the NDA', day(1), jonas);
  });
  showPage(workspace, TasksPage);
  const titles = (group: string) =>
    within(screen.getByRole('region', { name: group }))
      .getAllByRole('listitem')
      .map((item) => item.querySelector('.fu__title')?.textContent);
  return { workspace, titles };
}
const groups = () => screen.queryAllByRole('region').map((each) => within(each).getByRole('heading').textContent);

test('tasks stand under late, today, the next seven days, later and no date; the team’s also by who is to do them', async () => {
  const { titles } = setup();
  await waitFor(() => expect(groups()).toEqual(['Late', 'Today', 'Next 7 days', 'Later', 'No date']));
  expect(titles('Late')).toEqual(['Send the price list']);
  expect(titles('Next 7 days')).toEqual(['Renew the contract']);
  expect(titles('Later')).toEqual(['Plan the fair']);
  fireEvent.click(screen.getByRole('radio', { name: 'Team' }));
  await waitFor(() => expect(titles('Next 7 days')).toEqual(['Ask for the NDA', 'Renew the contract']));
  fireEvent.click(screen.getByRole('radio', { name: 'By owner' }));
  await waitFor(() => expect(titles('Jonas Weber')).toEqual(['Ask for the NDA']));
  expect(groups()).toHaveLength(2);
});

test('words find a task by what it is about, also by the name of the person', async () => {
  setup();
  fireEvent.input(await screen.findByPlaceholderText('Find a task'), { target: { value: 'femke' } });
  await waitFor(() => expect(groups()).toEqual(['Today']));
  screen.getByRole('button', { name: 'Call about the depot' });
  fireEvent.input(screen.getByPlaceholderText('Find a task'), { target: { value: 'nothing like it' } });
  await screen.findByText('No task matches');
});

test('a task moves to another day by keys, a late one from today on, and what is done stands under done', async () => {
  const { titles, workspace } = setup();
  const late = (await screen.findByRole('button', { name: 'Send the price list' })).closest('li') as HTMLElement;
  late.focus();
  fireEvent.keyDown(late, { key: 'ArrowDown', altKey: true });
  await waitFor(() => expect(titles('Next 7 days')).toEqual(['Send the price list', 'Renew the contract']));
  expect(workspace.lastStep()?.label).toBe('Send the price list moved to Tomorrow');
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'd' });
  await waitFor(() => expect(titles('Next 7 days')).toEqual(['Renew the contract']));
  fireEvent.click(screen.getByRole('radio', { name: 'Done' }));
  await waitFor(() => expect(titles('Done')).toEqual(['Send the price list']));
});

import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { addAppointment } from '../../../shared/commands/appointment-commands.ts';
import { createDeal, moveDeals } from '../../../shared/commands/deal-commands.ts';
import { addTask } from '../../../shared/commands/task-commands.ts';
import { company } from '../../../shared/entities/company.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { member } from '../../../shared/entities/member.ts';
import { WORKSPACE_ID, workspace as workspaceEntity } from '../../../shared/entities/workspace.ts';
import { addDays } from '../../../shared/model/day.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { currentDay } from '../../fields/reference.ts';
import { showPage } from '../../testing/show-page.tsx';
import { TodayPage } from './today-page.tsx';

afterEach(cleanup);

/** What Today shows is made ready in slices, and a busy machine takes several for it. */
const READY = { timeout: 5_000 };
const glance = () => within(screen.getByRole('complementary', { name: 'Day at a glance' }));

test('the heading says how many people wait, and with whom to begin: mine, or the whole team’s', async () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const { memberId } = workspace.me();
  workspace.arrange((tx) => {
    const jonas = tx.insert(member, { name: 'Jonas Weber' });
    const kestrel = tx.insert(company, { name: 'Kestrel Logistics' });
    const femke = tx.insert(contact, { firstName: 'Femke', lastName: 'de Boer', company: kestrel });
    const oliver = tx.insert(contact, { firstName: 'Oliver', lastName: 'Hart' });
    addTask(tx, { title: 'Send the price list', due: addDays(currentDay(), -2), owner: memberId, about: [femke] });
    addTask(tx, { title: 'Call back', due: currentDay(), owner: memberId, about: [femke] });
    addTask(tx, { title: 'Agree on a day', due: currentDay(), owner: jonas, about: [oliver] });
  });
  showPage(workspace, TodayPage);
  await screen.findByRole('heading', { name: 'One person to follow up with' }, READY);
  screen.getByText('One is late. Start with Femke de Boer at Kestrel Logistics: Send the price list, due 2 days ago.');
  expect(within(screen.getByRole('region', { name: 'Late' })).getAllByRole('listitem')).toHaveLength(1);
  expect(within(screen.getByRole('region', { name: 'Today' })).getAllByRole('listitem')).toHaveLength(1);
  fireEvent.click(screen.getByRole('radio', { name: 'Team' }));
  await screen.findByRole('heading', { name: 'Two people to follow up with' }, READY);
});

test('what closes this month stands against the goal: won, and weighted by how sure it is', async () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const stages = workspace.collection('stage').all();
  const stageId = stages.find((stage) => stage.type === 'open' && (stage.probability ?? 0) > 0)?.id ?? '';
  const probability = stages.find(({ id }) => id === stageId)?.probability ?? 0;
  const won = stages.find((stage) => stage.type === 'won')?.id ?? '';
  const { memberId } = workspace.me();
  workspace.arrange((tx) => {
    const values = (euros: number) => ({
      title: `Deal over ${euros}`,
      amount: { minor: euros * 100, currency: 'EUR' },
      closesOn: currentDay(),
      owner: memberId,
    });
    createDeal(tx, { stageId, values: values(20_000) });
    moveDeals(tx, { ids: [createDeal(tx, { stageId, values: values(9_000) })], stageId: won });
    tx.patch(member, memberId, { monthlyGoal: { minor: 3_000_000, currency: 'EUR' } });
    tx.patch(workspaceEntity, WORKSPACE_ID, { monthlyGoal: { minor: 9_000_000, currency: 'EUR' } });
  });
  showPage(workspace, TodayPage);
  const weighted = `€${(20_000 * probability) / 100}`.replace(/(\d)(\d{3})$/, '$1,$2');
  await waitFor(
    () => glance().getByRole('img', { name: `€9,000 won, ${weighted} weighted still open, goal €30,000` }),
    READY,
  );
  glance().getByText('Deal over 20000');
  fireEvent.click(screen.getByRole('radio', { name: 'Team' }));
  await waitFor(() => glance().getByRole('button', { name: 'of €90,000 goal' }), READY);
});

test('a birthday today is congratulated on by mail, without an address by a message; an important date of the week is shown', async () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const today = currentDay();
  workspace.arrange((tx) => {
    const birthday = `1984${today.slice(4)}`;
    const reach = (value: string) => [{ value, label: 'work', primary: true }];
    tx.insert(contact, { firstName: 'Ingrid', birthday, emails: reach('ingrid@halden.example') });
    tx.insert(contact, { firstName: 'Oliver', birthday, phones: reach('+44 20 7946 0000') });
    tx.insert(contact, { firstName: 'Femke', dates: [{ on: `2020${addDays(today, 3).slice(4)}`, label: 'Wedding' }] });
  });
  showPage(workspace, TodayPage);
  const say = (name: string) => glance().getByRole('link', { name: `Say happy birthday to ${name}` });
  await waitFor(() => say('Ingrid'), READY);
  expect(say('Ingrid').getAttribute('href')).toBe('mailto:ingrid@halden.example?subject=Happy%20birthday');
  expect(say('Oliver').getAttribute('href')).toBe('sms:+442079460000?body=Happy%20birthday');
  glance().getByText(/^Wedding, \d+ years$/);
});

test('the agenda has the appointments of the day and leads to them', async () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const today = currentDay();
  const { memberId: owner } = workspace.me();
  workspace.arrange((tx) => addAppointment(tx, { title: 'Trade fair', start: today, end: today, owner }));
  showPage(workspace, TodayPage);
  const link = await waitFor(() => glance().getByRole('link', { name: 'Trade fair' }), READY);
  expect(link.getAttribute('href')).toBe(`/calendar?view=day&day=${today}`);
});

import { cleanup, fireEvent, render, screen, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { addAppointment } from '../../../shared/commands/appointment-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { type AppointmentDraft, AppointmentForm } from './appointment-form.tsx';
import '../../testing/jsdom-parts.ts';

afterEach(cleanup);

function setup(draft: AppointmentDraft = { start: '2026-11-24T10:00[Europe/Oslo]' }) {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const closed: string[] = [];
  const show = (shown: AppointmentDraft = draft) =>
    render(() => (
      <WorkspaceProvider value={workspace}>
        <AppointmentForm draft={shown} onClose={() => closed.push('closed')} />
      </WorkspaceProvider>
    ));
  const all = () => [...workspace.collection('appointment').each()];
  return { workspace, closed, show, all };
}

const box = (label: string) => screen.getByRole('textbox', { name: label }) as HTMLInputElement;
const type = (label: string, value: string) => fireEvent.input(box(label), { target: { value } });
/** By their whole name: "Add a guest" and "Save as .ics" begin alike. */
const save = (name: 'Add' | 'Save') =>
  fireEvent.click(
    screen.getByText(
      (_, element) => element?.tagName === 'BUTTON' && element.textContent?.replace(/(Ctrl|⌘).*/, '').trim() === name,
    ),
  );

test('what cannot be read, and an end before the start, stay in their boxes with the reason, and nothing is written', () => {
  const { show, all, closed } = setup();
  show();
  type('What', 'Depot visit');
  type('Starts', 'the day after never');
  save('Add');
  expect(box('Starts').getAttribute('aria-invalid')).toBe('true');
  expect(box('Starts').value).toBe('the day after never');
  type('Starts', '');
  expect(screen.getByText('An appointment needs a start: a day, or a day and a time.')).toBeTruthy();
  type('Starts', '24 Nov 2026 10:00');
  type('Ends', '25:99');
  expect(box('Ends').getAttribute('aria-invalid')).toBe('true');
  type('Ends', '09:00');
  save('Add');
  expect(screen.getByText('The end is before the start. Nothing was changed.')).toBeTruthy();
  expect([all(), closed]).toEqual([[], []]);
  type('Ends', '11:30');
  save('Add');
  expect(all()).toMatchObject([
    { title: 'Depot visit', start: '2026-11-24T10:00[Europe/Oslo]', end: '2026-11-24T11:30[Europe/Oslo]' },
  ]);
  expect(closed).toEqual(['closed']);
});

test('a time zone is a city; one that nobody knows is said to be none', () => {
  const { show, all } = setup();
  show();
  type('What', 'Call New York');
  type('Time zone', 'Atlantis');
  save('Add');
  expect(screen.getByText('No such time zone. Type a city, like Oslo or New York.')).toBeTruthy();
  expect(all()).toEqual([]);
  type('Time zone', 'new york');
  save('Add');
  expect(all()).toMatchObject([{ start: '2026-11-24T10:00[America/New_York]' }]);
});

test('all day has no times, and the times come back when it is taken off', () => {
  const { show, all } = setup();
  show();
  type('What', 'Trade fair');
  fireEvent.click(screen.getByRole('checkbox', { name: 'All day' }));
  expect(box('Starts').value).not.toMatch(/10:00/);
  fireEvent.click(screen.getByRole('checkbox', { name: 'All day' }));
  expect(box('Starts').value).toMatch(/10:00/);
  fireEvent.click(screen.getByRole('checkbox', { name: 'All day' }));
  type('Ends', '26 Nov 2026');
  save('Add');
  expect(all()).toMatchObject([{ start: '2026-11-24', end: '2026-11-26' }]);
});

test('place, notes, who comes of the contacts and of the team are kept, and what a guest has answered', () => {
  const { workspace, show } = setup();
  const ada = workspace.arrange((tx) => tx.insert(contact, { firstName: 'Ada', lastName: 'Berg' }));
  const { memberId } = workspace.me();
  const id = workspace.run('Visit added', (tx) =>
    addAppointment(tx, {
      title: 'Visit',
      start: '2026-11-24T10:00[Europe/Oslo]',
      place: 'Kai 14',
      notes: 'Bring samples',
      guests: [{ contact: ada, role: 'accepted' }],
      team: [memberId],
    }),
  );
  const edit = workspace.collection('appointment').peek(id);
  if (!edit) throw new Error('the appointment is there');
  show({ edit });
  expect([box('Place').value, box('Notes').value]).toEqual(['Kai 14', 'Bring samples']);
  expect(within(screen.getByRole('list', { name: 'Answers of the guests' })).getByText('Ada Berg')).toBeTruthy();
  type('Place', 'Kai 15');
  save('Save');
  expect(workspace.collection('appointment').peek(id)).toMatchObject({
    place: 'Kai 15',
    notes: 'Bring samples',
    guests: [{ contact: ada, role: 'accepted' }],
    team: [memberId],
  });
});

test('of one that repeats only this one or all are changed', () => {
  const { workspace, show, all } = setup();
  const add = () =>
    workspace.run('Added', (tx) =>
      addAppointment(tx, { title: 'Stand-up', start: '2026-11-23T09:00[Europe/Oslo]', repeats: 'FREQ=DAILY' }),
    );
  const id = add();
  const edit = workspace.collection('appointment').peek(id);
  if (!edit) throw new Error('the appointment is there');
  show({ edit, occurrence: '2026-11-25' });
  type('What', 'Long stand-up');
  save('Save');
  expect(all()).toHaveLength(2);
  expect(workspace.collection('appointment').peek(id)).toMatchObject({ title: 'Stand-up', skipped: ['2026-11-25'] });
  expect(all().find((each) => each.series === id)).toMatchObject({ title: 'Long stand-up', repeats: '' });
});

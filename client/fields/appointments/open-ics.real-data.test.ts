/** The calendar files of ../shared/data/ics, each with what is known of it, dropped on a contact. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createRecord } from '../../../shared/commands/record-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { whenInstant } from '../../../shared/model/when.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { openIcs } from './open-ics.ts';

const FOLDER = resolve('../shared/data/ics/icalendar');

/** Title and start of the appointment; or the sentence that says what is wrong. */
const KNOWN: Readonly<Record<string, readonly [title: string, start: string] | RegExp>> = {
  'alarm_google_future.ics': ['event with alarms', '2024-10-04T18:15:00.000Z'],
  'america_new_york.ics': ['an event with a custom tz name', '2014-08-29T12:00:00.000Z'],
  'big_bad_calendar.ics': /breaks off before its end\. Nothing was added/,
  'bom_calendar.ics': /holds no events/,
  'broken_dtstart.ics': /left out: its start cannot be read/,
};

test('every file of the folder is known here', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(KNOWN).sort());
});

test.each(Object.entries(KNOWN))('%s dropped on a contact', async (name, known) => {
  const workspace = createMemoryWorkspace();
  const id = workspace.arrange((tx) => createRecord(tx, { entity: contact, values: { firstName: 'Ada' } }));
  const drop = () => openIcs(workspace, [new File([readFileSync(join(FOLDER, name))], name)], [id]);
  const { added, problems } = await drop();
  const found = () => workspace.about.appointments(id).map((each) => workspace.collection('appointment').byId(each));
  if (known instanceof RegExp) {
    expect([added, found()]).toEqual(['', []]);
    expect(problems).toEqual([expect.stringMatching(known)]);
    return;
  }
  expect(problems).toEqual([]);
  const starts = () => found().map((each) => new Date(whenInstant(each?.start ?? '', 'UTC')).toISOString());
  expect([found()[0]?.title, ...starts()]).toEqual(known);
  // Dropped again it is still one.
  await drop();
  expect(found()).toHaveLength(1);
});

test('the whole folder at once, with an e-mail beside it: each sentence names its file, nothing else is lost', async () => {
  const workspace = createMemoryWorkspace();
  const id = workspace.arrange((tx) => createRecord(tx, { entity: contact, values: { firstName: 'Ada' } }));
  const files = readdirSync(FOLDER).sort();
  const { added, problems } = await openIcs(
    workspace,
    [...files.map((name) => new File([readFileSync(join(FOLDER, name))], name)), new File(['x'], 'letter.eml')],
    [id],
  );
  expect(added).toBe('2 appointments added');
  expect(problems.map((sentence) => /^\S+/.exec(sentence)?.[0])).toEqual([
    'big_bad_calendar.ics:',
    'bom_calendar.ics:',
    'broken_dtstart.ics:',
    'letter.eml',
  ]);
  expect(problems.at(-1)).toMatch(/is an e-mail\. Drop it on the page of the person, company or deal/);
});

import { expect, test } from 'vitest';
import { file } from '../entities/file.ts';
import { aReplica } from '../testing/replica.ts';
import { CommandRefused, type Tx } from './command.ts';
import { addFile, attachFiles, fileTitle } from './file-commands.ts';

const NOW = Date.UTC(2026, 10, 22, 9);
const INGRID = 'contact_ingrid0000000000';
const PILOT = 'deal_pilot000000000000';
const PLAN = { name: 'plan.pdf', type: 'application/pdf', bytes: 12, hash: 'a'.repeat(64) };

test('a file is added now, by whoever adds it, to the timeline of this year', () => {
  const device = aReplica('anna', { wall: () => NOW });
  const { result: id } = device.run((tx) => addFile(tx, { ...PLAN, about: [INGRID] }));
  expect(id).toMatch(/^file_2026/);
  expect(device.run((tx) => tx.get(file, id)).result).toMatchObject({ ...PLAN, at: NOW, by: device.memberId });
});

test('files of an entry are on every record the entry is on', () => {
  const device = aReplica('anna', { wall: () => NOW });
  const { result: id } = device.run((tx) => addFile(tx, { ...PLAN, about: [INGRID] }));
  device.run((tx) => attachFiles(tx, { ids: [id], activityId: 'activity_2026note00000000', about: [PILOT, INGRID] }));
  expect(device.run((tx) => tx.get(file, id)).result).toMatchObject({
    activity: 'activity_2026note00000000',
    about: [INGRID, PILOT],
  });
});

test.each<[string, (tx: Tx) => unknown, RegExp]>([
  ['a file about nobody', (tx) => addFile(tx, PLAN), /whom or what/],
  ['a hash that is none', (tx) => addFile(tx, { ...PLAN, hash: '../../etc', about: [INGRID] }), /could not be read/],
])('%s is refused with a sentence', (_name, act, sentence) => {
  const device = aReplica('anna', { wall: () => NOW });
  expect(() => device.run(act)).toThrow(CommandRefused);
  expect(() => device.run(act)).toThrow(sentence);
});

test('a name is one line without folders, and keeps its ending when it is cut', () => {
  expect(fileTitle('C:\\Users\\me\\offer\n2.pdf')).toBe('offer 2.pdf');
  expect(fileTitle('../../')).toBe('Untitled file');
  expect(fileTitle(`${'x'.repeat(400)}.docx`)).toMatch(/^x{245}\.docx$/);
});

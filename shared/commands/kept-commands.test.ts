import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { contact } from '../entities/contact.ts';
import { entities } from '../entities/registry.ts';
import { type KeptChoice, keptChoices } from '../query/kept-values.ts';
import { roomsBy, runCommand } from '../sync/doc-tx.ts';
import { RoomRecords } from '../sync/room-records.ts';
import { createClock, newWriter } from '../sync/stamp.ts';
import type { Tx } from './command.ts';
import { decideKept } from './kept-commands.ts';

const ID = 'contact_ingrid0000000000';
let now = Date.UTC(2026, 10, 22);
function tick(): number {
  now += 1_000;
  return now;
}

function device(memberId: string) {
  const records = new RoomRecords(new Y.Doc(), entities);
  const context = {
    registry: entities,
    rooms: roomsBy(
      entities,
      () => records,
      () => [],
    ),
    clock: createClock(tick, newWriter(memberId)),
    actor: memberId,
  };
  const run = <R>(command: (tx: Tx) => R): R => runCommand(context, command, 'test').result;
  const newest = () =>
    [...(records.stateOf(ID)?.edits ?? [])].flatMap(([path, [edit]]) =>
      edit === undefined ? [] : [{ path, ...edit }],
    );
  return {
    records,
    run,
    edit: (changes: object) => run((tx) => tx.patch(contact, ID, changes)),
    decide: (choice: KeptChoice | undefined, use: number | 'all') =>
      run((tx) => {
        if (choice === undefined) throw new Error('there is nothing to decide');
        decideKept(tx, { entity: contact, id: ID, choice, use: use === 'all' ? use : optionAt(choice, use) });
      }),
    choices: () => keptChoices(records.keptEdits(ID), newest()),
    shown: () => records.get(ID) as unknown as Record<string, unknown>,
  };
}
function optionAt({ options }: KeptChoice, index: number) {
  const option = options[index];
  if (option === undefined) throw new Error('there is no such value');
  return option;
}

type Device = ReturnType<typeof device>;

const phone = (value: string) => ({ value, label: '', primary: true });
const numbers = (each: Device) => (each.shown().phones as readonly { value: string }[]).map(({ value }) => value);

function sync(...devices: readonly Device[]): void {
  for (let round = 0; round < 2; round++)
    for (const from of devices)
      for (const to of devices) Y.applyUpdate(to.records.doc, Y.encodeStateAsUpdate(from.records.doc));
}

/** Priya and Jonas are apart and both change the contact. */
function apart(priyas: object, jonas: object) {
  const [priya, jonasDevice] = [device('member_priya00000000000'), device('member_jonas00000000000')];
  priya.run((tx) => tx.insert(contact, { firstName: 'Ingrid', phones: [phone('+47 900 00 000')] as never }, ID));
  sync(priya, jonasDevice);
  priya.edit(priyas);
  jonasDevice.edit(jonas);
  sync(priya, jonasDevice);
  return { priya, jonas: jonasDevice };
}

test('the later value is shown; using the other one leaves that one alone, on both devices', () => {
  const { priya, jonas } = apart({ jobTitle: 'CFO' }, { jobTitle: 'COO' });
  expect(jonas.shown().jobTitle).toBe('COO');
  const [choice] = priya.choices();
  expect(choice?.options.map(({ value }) => value)).toEqual(['COO', 'CFO']);
  priya.decide(choice, 1);
  sync(priya, jonas);
  for (const each of [priya, jonas]) expect([each.shown().jobTitle, each.choices()]).toEqual(['CFO', []]);
});

test('keeping what is shown settles it', () => {
  const { priya, jonas } = apart({ jobTitle: 'CFO' }, { jobTitle: 'COO' });
  const [choice] = jonas.choices();
  jonas.decide(choice, 0);
  sync(priya, jonas);
  for (const each of [priya, jonas]) expect([each.shown().jobTitle, each.choices()]).toEqual(['COO', []]);
});

test('two numbers in the place of one are both there, and stay or go by choice', () => {
  for (const [use, left] of [
    ['all', ['+47 111 11 111', '+47 222 22 222']],
    [0, ['+47 222 22 222']],
    [1, ['+47 111 11 111']],
  ] as const) {
    const { priya, jonas } = apart({ phones: [phone('+47 111 11 111')] }, { phones: [phone('+47 222 22 222')] });
    expect(numbers(priya).toSorted()).toEqual(['+47 111 11 111', '+47 222 22 222']);
    const [choice] = priya.choices();
    expect(choice?.kind).toBe('replaced');
    priya.decide(choice, use);
    sync(priya, jonas);
    for (const each of [priya, jonas]) expect([numbers(each).toSorted(), each.choices()]).toEqual([left, []]);
  }
});

test('who wrote the same agrees, and who only took the same away does too', () => {
  expect(apart({ jobTitle: 'CFO' }, { jobTitle: 'CFO' }).priya.choices()).toEqual([]);
  expect(apart({ phones: [] }, { phones: [] }).priya.choices()).toEqual([]);
});

test('one took an element away while the other changed it: either can be had', () => {
  const changed = { ...phone('+47 900 00 000'), label: 'Mobile' };
  const { priya } = apart({ phones: [changed] }, { phones: [] });
  expect(numbers(priya)).toEqual([]);
  const [choice] = priya.choices();
  expect(choice?.kind).toBe('element');
  priya.decide(choice, 1);
  expect(priya.shown().phones).toEqual([changed]);
  expect(priya.choices()).toEqual([]);
});

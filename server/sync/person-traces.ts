/**
 * Where a person is in the records: what is only about them (and goes with them when they are erased), what is about others
 * too, and where else their name or address stands. Everything there is has to be looked through, so others have their
 * turn meanwhile.
 */
import { type Contact, contactName } from '../../shared/entities/contact.ts';
import { type FileRecord, isFileHash } from '../../shared/entities/file.ts';
import { entities, isEntityName, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import { parseRoomName } from '../../shared/sync/room-names.ts';
import type { RoomRecords } from '../../shared/sync/room-records.ts';
import type { UpdateLog } from '../storage/update-log.ts';
import { type Turns, takeTurns } from '../turns.ts';
import type { Room } from './room.ts';
import { exportRoom, roomsToExport } from './room-texts.ts';
import type { Rooms } from './rooms.ts';

export interface Trace {
  readonly record: AnyRecord;
  readonly space: string;
}

export interface PersonTraces {
  readonly name: string;
  /** The contact, and those that were merged into it. */
  readonly persons: readonly string[];
  /** The persons and everything that is about nobody else. */
  readonly own: readonly Trace[];
  /** Entries about the person and about others. */
  readonly shared: readonly Trace[];
  /** Records that name the person in their words. */
  readonly mentions: readonly Trace[];
  /** The full name and the e-mail addresses: what tells this person apart. */
  readonly words: readonly string[];
  /** Text of a note that is written together, by record. */
  readonly texts: ReadonlyMap<string, string>;
  /** Content that no other record holds. */
  readonly hashes: readonly string[];
}

interface Looked {
  readonly rooms: Rooms;
  readonly log: UpdateLog;
}

/** Shorter names stand in too many words. */
const SHORTEST_NAME = 5;

/**
 * @param also entries about others too that are to be treated as the person's own.
 * @returns null when there is no such contact, or it was merged into another one.
 * @throws RoomDamaged
 */
export async function findTraces(
  looked: Looked,
  contactId: string,
  { spaces, also = [] }: { readonly spaces: readonly string[]; readonly also?: readonly string[] },
): Promise<PersonTraces | null> {
  const turns = takeTurns();
  const rooms: { readonly space: string; readonly records: RoomRecords; readonly texts: Map<string, string> }[] = [];
  for await (const { name, records, texts } of roomsInTurns(looked, spaces, turns)) {
    const textOf = new Map<string, string>();
    for (const { recordId, text } of texts) {
      textOf.set(recordId, text);
      if (turns.isOver) await turns.next();
    }
    rooms.push({ space: parseRoomName(name)?.space ?? '', records, texts: textOf });
  }
  /** Records whose stored text matches: only those are built, which is a hundredth of the work. */
  async function* matching(pattern: RegExp, ...names: readonly string[]): AsyncGenerator<Trace> {
    for (const { space, records } of rooms) {
      for (const name of names)
        for await (const record of matchingIn(records, name, pattern, turns)) yield { record, space };
    }
  }
  const found = rooms.flatMap(({ space, records }): Trace[] => {
    const record = records.get(contactId);
    return record === undefined ? [] : [{ record, space }];
  })[0];
  if (found === undefined || found.record.entity !== 'contact' || found.record.mergedInto !== null) return null;

  const persons = new Set([contactId]);
  const contacts = [found];
  for (let before = 0; before < persons.size; ) {
    before = persons.size;
    for await (const trace of matching(anyOf(persons), 'contact')) {
      const { id, mergedInto } = trace.record;
      if (mergedInto === null || !persons.has(mergedInto) || persons.has(id)) continue;
      persons.add(id);
      contacts.push(trace);
    }
  }

  const own = [...contacts];
  const shared: Trace[] = [];
  const ids = new Set(persons);
  const take = (trace: Trace) => {
    if (ids.has(trace.record.id)) return;
    ids.add(trace.record.id);
    own.push(trace);
  };
  for await (const trace of matching(anyOf(persons), 'activity', 'task', 'appointment', 'star')) {
    const subjects = subjectsOf(trace.record);
    if (!subjects.some((id) => persons.has(id))) continue;
    if (also.includes(trace.record.id) || subjects.every((id) => persons.has(id))) take(trace);
    else shared.push(trace);
  }
  for await (const trace of matching(anyOf(ids), 'file')) {
    const { activity, about } = trace.record as unknown as FileRecord;
    const isOnlyTheirs = (about.length > 0 || activity !== null) && about.every((id) => persons.has(id));
    if (
      (activity !== null && ids.has(activity)) ||
      (isOnlyTheirs && activity === null) ||
      also.includes(trace.record.id)
    )
      take(trace);
    else if (about.some((id) => persons.has(id))) shared.push(trace);
  }
  for await (const trace of matching(anyOf(ids), 'comment')) {
    if ([...listOf(trace.record.on), ...listOf(trace.record.entry)].some((id) => ids.has(id))) take(trace);
  }
  for await (const trace of matching(anyOf(ids), 'notice')) {
    const { record, comment } = trace.record;
    if (listOf(record).some((id) => ids.has(id)) || (typeof comment === 'string' && ids.has(comment))) take(trace);
  }

  const words = wordsOf(contacts.map(({ record }) => record as unknown as Contact));
  const texts = new Map(rooms.flatMap((room) => [...room.texts]));
  const mentions: Trace[] = [];
  const inWords = anyOf(words.map((word) => JSON.stringify(word).slice(1, -1)));
  for await (const trace of matching(inWords, ...Object.keys(entities))) {
    // What was replaced is still in the stored text.
    if (!ids.has(trace.record.id) && inWords.test(JSON.stringify(trace.record))) mentions.push(trace);
  }
  for (const [id, text] of texts) {
    if (turns.isOver) await turns.next();
    if (ids.has(id) || !anyOf(words).test(text) || mentions.some(({ record }) => record.id === id)) continue;
    const home = rooms.find(({ records }) => records.stateOf(id)?.base !== undefined);
    const record = home?.records.get(id);
    if (home !== undefined && record !== undefined) mentions.push({ record, space: home.space });
  }
  const held = own.flatMap(({ record }) => {
    const { hash } = record as unknown as FileRecord;
    return record.entity === 'file' && isFileHash(hash) ? [hash] : [];
  });
  const kept = new Set<string>();
  for await (const { record } of matching(anyOf(held), 'file')) {
    if (!ids.has(record.id)) kept.add((record as unknown as FileRecord).hash);
  }
  return {
    name: contactName(found.record as unknown as Contact),
    persons: [...persons],
    own,
    shared,
    mentions,
    words,
    texts,
    hashes: [...new Set(held)].filter((hash) => !kept.has(hash)),
  };
}

/** Matches any of these as they are, in any case. Of none: nothing. */
function anyOf(parts: Iterable<string>): RegExp {
  const escaped = [...parts].map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return escaped.length === 0 ? /[^\s\S]/ : new RegExp(escaped.join('|'), 'i');
}

async function* matchingIn(
  records: RoomRecords,
  name: string,
  pattern: RegExp,
  turns: Turns,
): AsyncGenerator<AnyRecord> {
  for (const id of records.ids(name)) {
    if (turns.isOver) await turns.next();
    const state = records.stateOf(id);
    if (state === undefined || !isIn(state, pattern)) continue;
    const record = records.get(id);
    if (record !== undefined) yield record;
  }
}

function isIn({ base, edits }: RecordState, pattern: RegExp): boolean {
  if (typeof base === 'string' && pattern.test(base)) return true;
  for (const [path, [newest]] of edits ?? []) {
    if (pattern.test(path) || pattern.test(JSON.stringify(newest?.value ?? null))) return true;
  }
  return false;
}

/** Records of the spaces that point to one of these. */
export async function* pointingTo(
  looked: Looked,
  ids: ReadonlySet<string>,
  spaces: readonly string[],
): AsyncGenerator<AnyRecord> {
  const pattern = anyOf(ids);
  const turns = takeTurns();
  for await (const { records } of roomsInTurns(looked, spaces, turns)) {
    for (const name of Object.keys(entities)) yield* matchingIn(records, name, pattern, turns);
  }
}

/** `exportRooms`, each room built in slices. */
async function* roomsInTurns({ rooms, log }: Looked, spaces: readonly string[], turns: Turns) {
  for (const name of roomsToExport(log, spaces)) {
    await rooms.prepare(name);
    yield exportRoom(rooms, name);
    await turns.next();
  }
}

/** Everything a record is about, as ids. */
function subjectsOf(record: AnyRecord): readonly string[] {
  return [...listOf(record.about), ...listOf(record.guests), ...listOf(record.records)];
}

/** Ids in a field of links or of people. */
function listOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    if (typeof each === 'string') return [each];
    const contact = typeof each === 'object' && each !== null && 'contact' in each ? each.contact : null;
    return typeof contact === 'string' ? [contact] : [];
  });
}

function wordsOf(contacts: readonly Contact[]): readonly string[] {
  const words = contacts.flatMap((contact) => [
    [contact.firstName, contact.lastName].filter((part) => part !== '').join(' '),
    contactName(contact),
    ...contact.emails.map(({ value }) => value),
  ]);
  return [...new Set(words)].filter((word) => word.length >= SHORTEST_NAME && /[ @]/.test(word));
}

/** The fields of a record that point to one of these, without that. Empty when none does. */
export function unlinked(record: AnyRecord, ids: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  if (!isEntityName(record.entity)) return {};
  const changes: Record<string, unknown> = {};
  for (const name of Object.keys(entities[record.entity].fields)) {
    const value = record[name];
    if (typeof value === 'string' && ids.has(value)) changes[name] = null;
    if (!Array.isArray(value) || value.length === 0) continue;
    const left = value.filter((each) => !listOf([each]).some((id) => ids.has(id)));
    if (left.length < value.length) changes[name] = left;
  }
  return changes;
}

/** As people call it; what a newer build stores keeps its id. */
export function traceTitle({ record }: Trace): string {
  return recordTitle(entities, record);
}

/** What of a room belongs to these records: their keys, and texts. */
export function keysIn(room: Room, ids: ReadonlySet<string>): readonly string[] {
  return [...ids].filter((id) => room.records.stateOf(id) !== undefined || room.doc.share.has(`text:${id}`));
}

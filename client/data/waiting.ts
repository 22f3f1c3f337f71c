/**
 * The changes of this device that are not on the server's disk, counted and worded as people do. Derived from the
 * documents (what lies beyond the clocks the server has confirmed), so it is right after a reload too. Only the tail
 * of each own client's structs is walked: with nothing waiting this costs nothing, whatever the size of the room.
 */
import * as Y from 'yjs';
import { type Registry, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import type { Refused } from '../../shared/sync/protocol.ts';
import { parseKey, splitPath } from '../../shared/sync/record-keys.ts';
import { creationStamp } from '../../shared/sync/record-state.ts';
import { pathLabel, type RoomRecords } from '../../shared/sync/room-records.ts';
import { stampTime } from '../../shared/sync/stamp.ts';
import type { RefusedChange, WaitingChange } from './sync-status.ts';
import { TEXT_FIELDS, textRecordId } from './texts.ts';

/** One thing a person did to one record: created it, moved it, or edited one field. */
export interface WaitingEdit {
  readonly id: string;
  /** '' = the record was created. */
  readonly path: string;
  readonly stamp: string;
  readonly isRefused: boolean;
}

/** A room, as far as what waits in it is concerned. */
export interface WaitingSource {
  readonly doc: Y.Doc;
  readonly records: RoomRecords;
  readonly ownClocks: { waiting(): ReadonlyMap<number, number> };
  refused(): readonly Refused[];
}

/** What waits in one room, each record and path once, in the order it was done. */
export function waitingEdits({ doc, records, ownClocks, refused }: WaitingSource): readonly WaitingEdit[] {
  const edits = new Map<string, WaitingEdit>();
  const refusals = refused();
  const texts = textRoots(doc);
  for (const [client, clock] of ownClocks.waiting()) {
    const structs = doc.store.clients.get(client);
    if (!structs || clock >= Y.getState(doc.store, client)) continue;
    for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
      const item = structs[index];
      if (!(item instanceof Y.Item) || item.deleted) continue;
      const isRefused = refusals.some(({ changes }) =>
        // A length of 0 means: everything of this client up to that clock.
        changes.some((each) =>
          each.client === client && each.length === 0
            ? item.id.clock < each.clock
            : each.client === client && item.id.clock >= each.clock && item.id.clock < each.clock + each.length,
        ),
      );
      if (item.parent !== records.map) {
        // Letters in a shared text wait as one edit of the field that has its words.
        const recordId = texts.recordOf(item);
        const path = recordId === null ? undefined : TEXT_FIELDS[entityNameOf(recordId)];
        if (recordId === null || path === undefined) continue;
        const key = `${recordId}/${path}`;
        // The winner is read out of the whole record, which may be a book: at each letter only where nothing else tells.
        const stamp = () => records.editStamps(recordId, path)[0] ?? records.winner(recordId, path).stamp;
        if (!edits.has(key)) edits.set(key, { id: recordId, path, stamp: stamp(), isRefused });
        continue;
      }
      if (item.parentSub === null) continue;
      const parsed = parseKey(item.parentSub);
      if (parsed.kind === 'base') {
        const state = records.stateOf(parsed.id);
        edits.set(parsed.id, { id: parsed.id, path: '', stamp: state ? creationStamp(state) : '', isRefused });
      } else {
        const { id, path, stamp } = parsed;
        edits.set(`${id}/${path}`, { id, path, stamp, isRefused });
      }
    }
  }
  return withoutCompanions([...edits.values()]);
}

/** Finds the record whose shared text a struct belongs to; null for anything else. */
function textRoots(doc: Y.Doc): { readonly recordOf: (item: Y.Item) => string | null } {
  const found = new Map<unknown, string | null>();
  return {
    recordOf(item) {
      let root = item.parent;
      while (root instanceof Y.AbstractType && root._item !== null) root = root._item.parent;
      let id = found.get(root);
      if (id === undefined) {
        const name = [...doc.share].find(([, type]) => type === root)?.[0] ?? '';
        id = textRecordId(name);
        found.set(root, id);
      }
      return id;
    },
  };
}

/** What a move writes beside the place itself: its line in the stage history, and the closing day. */
function withoutCompanions(edits: readonly WaitingEdit[]): readonly WaitingEdit[] {
  const moves = new Set(edits.filter(({ path }) => path === 'place').map(({ id, stamp }) => `${id}/${stamp}`));
  return edits.filter(
    ({ id, path, stamp }) =>
      splitPath(path).field !== 'stages' && !(path === 'closedOn' && moves.has(`${id}/${stamp}`)),
  );
}

type Kind = Exclude<WaitingChange['kind'], 'file'>;
const KINDS: readonly Kind[] = ['moved', 'edited', 'created', 'imported', 'deleted'];

/** The lines of the popover, newest first. */
export function describeWaiting(
  edits: readonly WaitingEdit[],
  find: (id: string) => AnyRecord | undefined,
  registry: Registry,
): readonly WaitingChange[] {
  const groups = new Map<string, { kind: Kind; edits: WaitingEdit[] }>();
  for (const edit of edits) {
    const record = find(edit.id);
    const kind = kindOf(edit, record);
    const entity = kind === 'edited' ? '' : (record?.entity ?? '');
    const key = `${kind}/${entity}/${kind === 'imported' ? record?.batch : ''}`;
    const group = groups.get(key);
    if (group) group.edits.push(edit);
    else groups.set(key, { kind, edits: [edit] });
  }
  return [...groups.values()]
    .map((group) => ({
      kind: group.kind,
      text: wordsFor(group.kind, group.edits, find, registry),
      at: Math.max(...newestFew(group.edits)),
      count: group.edits.length,
    }))
    .sort((left, right) => right.at - left.at || KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind));
}

/** The newest time of a group (`Math.max` cannot take 50,000 arguments). */
function newestFew(edits: readonly WaitingEdit[]): number[] {
  let newest = '';
  for (const { stamp } of edits) if (stamp > newest) newest = stamp;
  return [stampTime(newest)];
}

function kindOf({ path }: WaitingEdit, record: AnyRecord | undefined): Kind {
  if (path === '') return record && record.batch !== '' ? 'imported' : 'created';
  if (path === 'place' || path === 'rank') return 'moved';
  if (path === 'deleted' && record?.deleted) return 'deleted';
  return 'edited';
}

const VERBS: Readonly<Record<Kind, string>> = {
  moved: 'Moved',
  edited: 'Edited',
  created: 'Added',
  imported: 'Imported',
  deleted: 'Deleted',
};

function wordsFor(
  kind: Kind,
  edits: readonly WaitingEdit[],
  find: (id: string) => AnyRecord | undefined,
  registry: Registry,
): string {
  const [first] = edits;
  const record = first && find(first.id);
  const entity = registry[record?.entity ?? ''];
  const title = record ? recordTitle(registry, record) : 'a record';
  if (kind === 'edited') {
    if (edits.length === 1)
      return `${first?.path === 'deleted' ? 'Restored' : `Edited ${labelOf(first, entity)} of`} ${title}`;
    const records = new Set(edits.map(({ id }) => id)).size;
    return records === 1
      ? `Edited ${edits.length} fields of ${title}`
      : `Edited ${count(edits.length, 'field')} on ${count(records, 'record')}`;
  }
  if (edits.length === 1) return `${VERBS[kind]} ${title}`;
  return `${VERBS[kind]} ${count(edits.length, (entity?.label ?? 'Record').toLowerCase(), (entity?.plural ?? 'Records').toLowerCase())}`;
}

function labelOf(edit: WaitingEdit | undefined, entity: Registry[string] | undefined): string {
  return pathLabel(entity, edit?.path ?? '').toLowerCase();
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** What the server would not take: one line per reason. */
export function describeRefused(
  edits: readonly WaitingEdit[],
  refusals: readonly Refused[],
  find: (id: string) => AnyRecord | undefined,
  registry: Registry,
): readonly RefusedChange[] {
  const reason = refusals.at(-1)?.message ?? '';
  return describeWaiting(edits, find, registry).map(({ text }) => ({ text, reason }));
}

/**
 * Texts that several people write at once: the body of a note, the brief of a deal or company. Each is a `Y.XmlFragment`
 * named `text:<record id>` in the record's own room, edited with Tiptap; this is its only door. Screens read texts as plain
 * data (shared/model/rich-text.ts), without the editor's code.
 *
 * A record also keeps the words without their form in a field of its own, for lists, search and files. A device on which
 * somebody wrote keeps that field true, also when a teammate's words arrive later.
 */
import { createSignal } from 'solid-js';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { entityNameOf } from '../../shared/model/id.ts';
import { plainTextOf, type RichDoc } from '../../shared/model/rich-text.ts';
import { RECORDS } from '../../shared/sync/record-keys.ts';
import { holdsPlace, knowsAll, readFragment, seedUpdate, writeFragment } from './rich-fragment.ts';
import { createRowSignals } from './tables.ts';

/** What the editor binds to. */
export type SharedFragment = Y.XmlFragment;
export type TextAwareness = Awareness;
/** A place between two letters that keeps to them while others write. */
export type TextPlace = Y.RelativePosition;

/** Somebody who has a text open for writing, in another window. */
export interface TextWriter {
  readonly memberId: string;
  readonly name: string;
}

export interface OpenText {
  readonly fragment: SharedFragment;
  /** Carets and selections of others; null where there is no line to a server. */
  readonly awareness: TextAwareness | null;
  /** False when the text has nodes or marks that are not among these: an editor would throw them away. */
  readonly knowsAll: (known: ReadonlySet<string>) => boolean;
  /** Whether what a place keeps to is still in the text: a line that is split, joined or made a heading is written anew. */
  readonly holds: (place: TextPlace) => boolean;
  /** Called in the transaction of each change, before an editor that is bound later. Returns how to stop. */
  readonly onChange: (listener: () => void) => () => void;
  /** The editor is closed. */
  readonly release: () => void;
}

export interface Texts {
  /** The text as it is now; null while nobody has written with form. Tracks. */
  read(recordId: string): RichDoc | null;
  /**
   * For an editor. `plain` is the record's plain text, which a text that nobody has written in yet begins with. Null when
   * the room is not on this device.
   */
  open(recordId: string, plain: string): OpenText | null;
  /** Fills a text that nobody has written in yet. */
  write(recordId: string, doc: RichDoc): void;
  /** Teammates who have this text open for writing; tracks. */
  writers(recordId: string): readonly TextWriter[];
}

/** The field that has the words of a record's text without their form. */
export const TEXT_FIELDS: Readonly<Record<string, string>> = { activity: 'body', deal: 'about', company: 'about' };

export interface TextRoom {
  readonly doc: Y.Doc;
  readonly awareness: Awareness | null;
}

export interface TextsOptions {
  /** The room a record is in; null when it is not here. */
  readonly roomOf: (recordId: string) => TextRoom | null;
  /** Writes the plain text into the record's field when it differs. Must not throw. */
  readonly keepPlain: (recordId: string, plain: string) => void;
  /** 0 to 1. */
  readonly random?: () => number;
}

export interface TextsHere extends Texts {
  /** Follows the texts of a room that was opened. */
  addRoom(room: TextRoom): void;
  /** Writes what waits for a pause in typing. */
  flush(): void;
}

const PREFIX = 'text:';
const nameOf = (recordId: string) => `${PREFIX}${recordId}`;

/** The record a root type of a document is the text of; null when it is none. */
export function textRecordId(rootName: string): string | null {
  return rootName.startsWith(PREFIX) ? rootName.slice(PREFIX.length) : null;
}

/** The plain text of a longer one is kept up to here. */
const LONGEST_PLAIN = 200_000;

/** The plain text follows the writing after a pause. */
const PAUSE_MS = 700;
/** A longer one waits longer: it is written down as a whole each time, sent and kept. 200,000 characters: 10 s more. */
const LETTERS_PER_MS = 20;
/** After a teammate's change the devices that wrote in the text do not all speak at once. */
const SPREAD_MS = 2_000;

interface RootType {
  readonly _item: Y.Item | null;
}

export function createTexts({ roomOf, keepPlain, random = Math.random }: TextsOptions): TextsHere {
  const signals = createRowSignals();
  const read = new Map<string, RichDoc>();
  const names = new WeakMap<object, string>();
  /** Records in whose texts somebody wrote here: this device keeps their plain text. */
  const written = new Set<string>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  /** Characters of plain texts, when they were last read. */
  const lengths = new Map<string, number>();
  const [writersNow, setWritersNow] = createSignal<ReadonlyMap<string, readonly TextWriter[]>>(new Map());
  const awarenesses = new Set<Awareness>();
  /** How many editors are open, per room. */
  const editors = new Map<Awareness, number>();

  /** The name of a document's root; '' for those that are no texts. */
  function rootName(doc: Y.Doc, type: object): string {
    let name = names.get(type);
    if (name === undefined) {
      name = '';
      for (const [each, root] of doc.share) {
        if (root === type) {
          name = each;
          break;
        }
      }
      names.set(type, name);
    }
    return name.startsWith(PREFIX) ? name : '';
  }

  function changed(doc: Y.Doc, transaction: Y.Transaction): void {
    const records: object = doc.getMap(RECORDS);
    const ids = new Set<string>();
    // A root that nobody has asked for yet tells of its own children only, the others only of what is inside of them.
    for (const type of new Set([...transaction.changed.keys(), ...transaction.changedParentTypes.keys()])) {
      if ((type as unknown as RootType)._item !== null || (type as object) === records) continue;
      const name = rootName(doc, type);
      if (name === '') continue;
      const recordId = name.slice(PREFIX.length);
      read.delete(recordId);
      ids.add(recordId);
      if (transaction.local) written.add(recordId);
      if (written.has(recordId)) keepSoon(recordId, transaction.local);
    }
    if (ids.size > 0) signals.changed(ids);
  }

  function keepSoon(recordId: string, isOwn: boolean): void {
    clearTimeout(waiting.get(recordId));
    const pause = PAUSE_MS + (lengths.get(recordId) ?? 0) / LETTERS_PER_MS;
    const delay = isOwn ? pause : pause + random() * SPREAD_MS;
    waiting.set(
      recordId,
      setTimeout(() => keep(recordId), delay),
    );
  }

  function keep(recordId: string): void {
    clearTimeout(waiting.get(recordId));
    waiting.delete(recordId);
    const doc = current(recordId);
    if (doc === null) return;
    const plain = plainTextOf(doc).slice(0, LONGEST_PLAIN);
    lengths.set(recordId, plain.length);
    keepPlain(recordId, plain);
  }

  /** Never makes a text where there is none. */
  function fragmentOf(recordId: string): { readonly room: TextRoom; readonly fragment: Y.XmlFragment | null } | null {
    const room = TEXT_FIELDS[entityNameOf(recordId)] === undefined ? null : roomOf(recordId);
    if (room === null) return null;
    const name = nameOf(recordId);
    return { room, fragment: room.doc.share.has(name) ? room.doc.getXmlFragment(name) : null };
  }

  function current(recordId: string): RichDoc | null {
    const known = read.get(recordId);
    if (known) return known;
    const fragment = fragmentOf(recordId)?.fragment;
    if (!fragment || fragment.length === 0) return null;
    const doc = readFragment(fragment);
    read.set(recordId, doc);
    return doc;
  }

  function readWriters(): void {
    const next = new Map<string, TextWriter[]>();
    for (const awareness of awarenesses) {
      for (const [client, state] of awareness.getStates()) {
        const { text, user } = state as { text?: unknown; user?: { memberId?: unknown; name?: unknown } };
        if (client === awareness.clientID || typeof text !== 'string' || typeof user?.memberId !== 'string') continue;
        const writer = { memberId: user.memberId, name: typeof user.name === 'string' ? user.name : '' };
        const others = next.get(text);
        if (!others) next.set(text, [writer]);
        else if (others.every((each) => each.memberId !== writer.memberId)) others.push(writer);
      }
    }
    // A caret moves with every letter: nobody is told until somebody comes or goes.
    if (JSON.stringify([...next]) !== JSON.stringify([...writersNow()])) setWritersNow(next);
  }

  return {
    addRoom({ doc, awareness }) {
      doc.on('afterTransaction', (transaction: Y.Transaction) => changed(doc, transaction));
      const ids = new Set<string>();
      for (const name of doc.share.keys()) if (name.startsWith(PREFIX)) ids.add(name.slice(PREFIX.length));
      signals.changed(ids);
      if (awareness === null) return;
      awarenesses.add(awareness);
      awareness.on('change', readWriters);
    },
    read(recordId) {
      signals.track(recordId);
      return current(recordId);
    },
    open(recordId, plain) {
      const found = fragmentOf(recordId);
      if (found === null) return null;
      const { doc, awareness } = found.room;
      const name = nameOf(recordId);
      if ((found.fragment?.length ?? 0) === 0 && plain !== '' && !wasEmptied(found.fragment)) {
        Y.applyUpdate(doc, seedUpdate(name, plain), 'seed');
      }
      const fragment = doc.getXmlFragment(name);
      if (awareness) enter(awareness, recordId);
      // What was written on another device, or here in an earlier session, may have been put together since.
      written.add(recordId);
      lengths.set(recordId, plain.length);
      keepSoon(recordId, false);
      return {
        fragment,
        awareness,
        knowsAll: (known) => knowsAll(fragment, known),
        holds: (place) => holdsPlace(doc, place),
        onChange(listener) {
          fragment.observeDeep(listener);
          return () => fragment.unobserveDeep(listener);
        },
        release() {
          if (awareness) leave(awareness);
          keep(recordId);
        },
      };
    },
    write(recordId, doc) {
      const room = fragmentOf(recordId)?.room;
      if (!room) return;
      const fragment = room.doc.getXmlFragment(nameOf(recordId));
      if (fragment.length === 0) room.doc.transact(() => writeFragment(fragment, doc));
    },
    writers(recordId) {
      return writersNow().get(recordId) ?? NOBODY;
    },
    flush() {
      for (const recordId of [...waiting.keys()]) keep(recordId);
    },
  };

  function enter(awareness: Awareness, recordId: string): void {
    editors.set(awareness, (editors.get(awareness) ?? 0) + 1);
    awareness.setLocalState({ ...awareness.getLocalState(), text: recordId });
  }

  /** With the last editor of a room one is no longer seen in it. */
  function leave(awareness: Awareness): void {
    const left = (editors.get(awareness) ?? 1) - 1;
    editors.set(awareness, left);
    if (left === 0) awareness.setLocalState(null);
  }
}

const NOBODY: readonly TextWriter[] = Object.freeze([]);

/** A text that somebody wrote and took away again is empty on purpose. */
function wasEmptied(fragment: Y.XmlFragment | null): boolean {
  return fragment !== null && fragment._start !== null;
}

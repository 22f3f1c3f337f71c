/**
 * Who else is here and what they do: the awareness of the workspace room, read as people. Loaded after the first paint.
 *
 * - One entry per person, also with several tabs: one that is used comes before one that is not, then the newest word.
 * - Peers are believed field by field: what has an unknown shape is left out. Who somebody is comes from the server.
 * - Somebody is gone 15 s after their last word, by the time it came in here; device clocks are never compared.
 * - Signals are as fine as what is shown: a pointer that moves tells nobody but those who draw that pointer.
 */
import { batch, createSignal } from 'solid-js';
import type { Awareness } from 'y-protocols/awareness';
import { type JustChanged, NOTHING_CHANGED } from './just-changed.ts';
import { publicPresence } from './public-presence.ts';
import { createRowSignals } from './tables.ts';

/** A card in somebody's hand. */
export interface SharedDrag {
  /** The record that is carried. */
  readonly id: string;
  /** The column it is over; '' over none. */
  readonly over: string;
  /** The card it would be put in front of; '' = at the end. */
  readonly before: string;
  /** Share of the column's width, 0 = its left edge. */
  readonly x: number;
  /** px from the top of the column's cards. */
  readonly y: number;
}

/** What one tells the others. */
export interface OwnPresence {
  /** Address in the app, with its search. */
  readonly path: string;
  readonly record: string | null;
  readonly field: string | null;
  /** What is being typed into that field. */
  readonly draft: string | null;
  readonly drag: SharedDrag | null;
}

export type Idle = 'active' | 'idle' | 'away';

export interface Peer {
  readonly memberId: string;
  readonly name: string;
  readonly path: string;
  readonly record: string | null;
  readonly field: string | null;
  readonly idle: Idle;
  /** The record they are carrying. */
  readonly carries: string | null;
}

export interface PeerInField {
  readonly peer: Peer;
  readonly draft: string | null;
}

export interface PeerDrag extends Pick<SharedDrag, 'id' | 'over' | 'before'> {
  readonly memberId: string;
  readonly name: string;
}

export interface Presence {
  tell(change: Partial<OwnPresence>): void;
  /** The person pressed a key or moved the pointer. */
  touched(): void;
  setHidden(isHidden: boolean): void;
  /** Everybody else who is here; empty without a line. Tracks. */
  peers(): readonly Peer[];
  /** Tracks this one person. */
  peer(memberId: string): Peer | undefined;
  /** Those in an area of the app: `/deals`. Tracks. */
  inArea(section: string): readonly Peer[];
  /** Those on a record; tracks this one record. */
  onRecord(id: string): readonly Peer[];
  /** Whoever edits a field; tracks this one field. */
  inField(id: string, field: string): PeerInField | undefined;
  /** Cards in others' hands, without where their pointers are; tracks. */
  dragging(): readonly PeerDrag[];
  /** Where somebody's pointer is while they carry a card; tracks this one pointer. */
  pointer(memberId: string): { readonly x: number; readonly y: number } | null;
  /** Whom this tab goes after through the app; tracks. */
  followed(): string | null;
  follow(memberId: string | null): void;
  /** What they have done in the last seconds. */
  readonly changes: JustChanged;
  isUnseen(): boolean;
  setUnseen(isUnseen: boolean): void;
  /** The line was opened or lost, or the room has another generation. */
  refresh(): void;
  dispose(): void;
}

export interface PresenceOptions {
  readonly memberId: string;
  /** Null while there is no workspace room. */
  readonly awareness: () => Awareness | null;
  readonly isOnline: () => boolean;
  /** See public-presence.ts; nothing is when left out. */
  readonly isPrivate?: (recordId: string) => boolean;
  readonly changes?: JustChanged;
  /** Where "work unseen" is kept, per device. */
  readonly shelf?: { readonly read: () => boolean; readonly write: (isUnseen: boolean) => void };
  /** A clock that only goes forward, ms. */
  readonly now?: () => number;
  readonly random?: () => number;
}

const LONGEST_DRAFT = 200;
const LONGEST_PATH = 500;
const LONGEST_ID = 100;

const DRAG_GAP_MS = 200;
const GAP_MS = 340;
const HEARTBEAT_MS = 7_000;
const GONE_AFTER_MS = 15_000;
const IDLE_AFTER_MS = 60_000;
const AWAY_AFTER_MS = 300_000;

const NOWHERE: OwnPresence = { path: '', record: null, field: null, draft: null, drag: null };
const NOBODY: readonly Peer[] = Object.freeze([]);
const IDLE_ORDER: readonly Idle[] = ['active', 'idle', 'away'];

/** One tab of somebody. */
interface Tab {
  readonly peer: Peer;
  readonly draft: string | null;
  readonly drag: SharedDrag | null;
  readonly heardAt: number;
  readonly changedAt: number;
  readonly text: string;
}

export function createPresence(options: PresenceOptions): Presence {
  const { now = () => performance.now(), random = Math.random, changes = NOTHING_CHANGED, shelf } = options;
  const rows = createRowSignals();
  const [peers, setPeers] = createSignal<readonly Peer[]>(NOBODY);
  const [drags, setDrags] = createSignal<readonly PeerDrag[]>([]);
  const [isUnseen, setUnseen] = createSignal(shelf?.read() ?? false);
  const [followed, follow] = createSignal<string | null>(null);
  /** Asked by everything on the screen; while it is so nobody need be told apart. */
  const [isAlone, setAlone] = createSignal(true);
  const tabs = new Map<number, Tab>();
  let shown: ReadonlyMap<string, Tab> = new Map();
  let awareness: Awareness | null = null;

  let own = NOWHERE;
  let isHidden = false;
  let touchedAt = now();
  let toldIdle: Idle = 'active';
  /** The line was open when it was last looked at, and to which room. */
  let wasOnline = false;
  let toldTo: Awareness | null = null;
  let sentAt = Number.NEGATIVE_INFINITY;
  let sending: ReturnType<typeof setTimeout> | undefined;
  let beating: ReturnType<typeof setTimeout> | undefined;
  let idling: ReturnType<typeof setTimeout> | undefined;
  let sweeping: ReturnType<typeof setTimeout> | undefined;

  function idle(): Idle {
    const since = now() - touchedAt;
    if (since < IDLE_AFTER_MS) return 'active';
    return since < AWAY_AFTER_MS ? 'idle' : 'away';
  }

  function send(): void {
    clearTimeout(sending);
    clearTimeout(beating);
    sending = undefined;
    if (awareness === null) return;
    if (isHidden || isUnseen()) {
      if (awareness.getLocalState() !== null) awareness.setLocalState(null);
      return;
    }
    sentAt = now();
    toldIdle = idle();
    if (options.isOnline()) {
      const { isPrivate } = options;
      awareness.setLocalState({ ...(isPrivate ? publicPresence(own, isPrivate) : own), idle: toldIdle });
    }
    beating = setTimeout(send, HEARTBEAT_MS - random() * 1_000);
  }
  function sendSoon(gap: number): void {
    const wait = sentAt + gap - now();
    if (wait <= 0) send();
    else sending ??= setTimeout(send, wait);
  }
  function watchIdle(): void {
    clearTimeout(idling);
    const since = now() - touchedAt;
    const next = [IDLE_AFTER_MS, AWAY_AFTER_MS].find((limit) => limit > since);
    if (next === undefined) return;
    idling = setTimeout(() => {
      if (idle() !== toldIdle) sendSoon(GAP_MS);
      watchIdle();
    }, next - since);
  }

  function heard({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }): void {
    if (awareness === null) return;
    const at = now();
    for (const client of [...added, ...updated]) {
      if (client === awareness.clientID) continue;
      const read = readTab(awareness.getStates().get(client));
      if (read === null) {
        tabs.delete(client);
        continue;
      }
      const text = JSON.stringify(read);
      const before = tabs.get(client);
      tabs.set(client, { ...read, text, heardAt: at, changedAt: before?.text === text ? before.changedAt : at });
    }
    for (const client of removed) tabs.delete(client);
    show();
  }

  function show(): void {
    clearTimeout(sweeping);
    const at = now();
    const next = new Map<string, Tab>();
    let oldest = Number.POSITIVE_INFINITY;
    for (const [client, tab] of tabs) {
      if (at - tab.heardAt >= GONE_AFTER_MS) {
        tabs.delete(client);
        continue;
      }
      oldest = Math.min(oldest, tab.heardAt);
      const { memberId } = tab.peer;
      if (memberId === options.memberId || !options.isOnline()) continue;
      const other = next.get(memberId);
      if (other === undefined || comesFirst(tab, other)) next.set(memberId, tab);
    }
    if (oldest !== Number.POSITIVE_INFINITY) sweeping = setTimeout(show, oldest + GONE_AFTER_MS - at + 1);
    publish(next);
  }

  function publish(next: ReadonlyMap<string, Tab>): void {
    const before = shown;
    const touched = new Set<string>();
    let isOther = false;
    const kept = new Map<string, Tab>();
    for (const memberId of new Set([...before.keys(), ...next.keys()])) {
      const [was, is] = [before.get(memberId), next.get(memberId)];
      const isSame = was !== undefined && is !== undefined && JSON.stringify(was.peer) === JSON.stringify(is.peer);
      if (is) kept.set(memberId, isSame ? { ...is, peer: was.peer } : is);
      if (!isSame) {
        isOther = true;
        touched.add(memberId);
        for (const tab of [was, is]) {
          if (tab?.peer.record) touched.add(tab.peer.record);
          if (tab) touched.add(fieldKey(tab.peer.record, tab.peer.field));
        }
      } else if (was.draft !== is.draft) touched.add(fieldKey(is.peer.record, is.peer.field));
      if (was?.drag?.x !== is?.drag?.x || was?.drag?.y !== is?.drag?.y) touched.add(`pointer ${memberId}`);
    }
    shown = kept;
    const carried = [...kept.values()].flatMap(({ peer, drag }) =>
      drag ? [{ memberId: peer.memberId, name: peer.name, id: drag.id, over: drag.over, before: drag.before }] : [],
    );
    batch(() => {
      setAlone(kept.size === 0);
      if (isOther) setPeers([...kept.values()].map(({ peer }) => peer));
      if (JSON.stringify(carried) !== JSON.stringify(drags())) setDrags(carried);
      if (touched.size > 0) rows.changed(touched);
    });
  }

  function refresh(): void {
    const current = options.awareness();
    if (current !== awareness) {
      awareness?.off('update', heard);
      tabs.clear();
      awareness = current;
      awareness?.on('update', heard);
      if (awareness) heard({ added: [...awareness.getStates().keys()], updated: [], removed: [] });
    }
    show();
    changes.refresh();
    // Not at each change of the room's state: a team that writes would answer each other's every word.
    const isTold = wasOnline && current === toldTo;
    [wasOnline, toldTo] = [options.isOnline(), current];
    if (wasOnline && !isTold) sendSoon(GAP_MS);
  }

  watchIdle();
  refresh();

  return {
    tell(change) {
      const before = own;
      own = { ...own, ...change };
      if (own.draft !== null) own = { ...own, draft: own.draft.slice(0, LONGEST_DRAFT) };
      if (own.path.length > LONGEST_PATH) own = { ...own, path: own.path.split('?')[0]?.slice(0, LONGEST_PATH) ?? '' };
      // A card that was taken up or put back is seen at once; between the two the pointer moves.
      if ((own.drag === null) !== (before.drag === null)) send();
      else if (JSON.stringify(own) !== JSON.stringify(before)) sendSoon(own.drag === null ? GAP_MS : DRAG_GAP_MS);
    },
    touched() {
      const was = idle();
      touchedAt = now();
      if (was === 'active') return;
      watchIdle();
      sendSoon(GAP_MS);
    },
    setHidden(next) {
      if (isHidden === next) return;
      isHidden = next;
      send();
    },
    peers,
    peer(memberId) {
      rows.track(memberId);
      return shown.get(memberId)?.peer;
    },
    inArea: (section) => peers().filter(({ path }) => isInArea(path, section)),
    onRecord(id) {
      if (isAlone()) return NOBODY;
      rows.track(id);
      return [...shown.values()].flatMap(({ peer }) => (peer.record === id ? [peer] : []));
    },
    inField(id, field) {
      if (isAlone()) return undefined;
      rows.track(fieldKey(id, field));
      for (const { peer, draft } of shown.values())
        if (peer.record === id && peer.field === field) return { peer, draft };
      return undefined;
    },
    dragging: drags,
    pointer(memberId) {
      rows.track(`pointer ${memberId}`);
      const drag = shown.get(memberId)?.drag;
      return drag ? { x: drag.x, y: drag.y } : null;
    },
    followed,
    follow: (memberId) => void follow(memberId),
    changes,
    isUnseen,
    setUnseen(next) {
      setUnseen(next);
      shelf?.write(next);
      send();
    },
    refresh,
    dispose() {
      for (const timer of [sending, beating, idling, sweeping]) clearTimeout(timer);
      awareness?.off('update', heard);
      awareness = null;
      changes.dispose();
    },
  };
}

/** Whether an address is in an area of the app. */
function isInArea(path: string, section: string): boolean {
  const [pathname = ''] = path.split('?');
  return pathname === section || pathname.startsWith(`${section}/`);
}

const fieldKey = (id: string | null, field: string | null) => `field ${id}/${field}`;

function comesFirst(tab: Tab, other: Tab): boolean {
  const order = IDLE_ORDER.indexOf(tab.peer.idle) - IDLE_ORDER.indexOf(other.peer.idle);
  return order < 0 || (order === 0 && tab.changedAt > other.changedAt);
}

/** What a peer says of itself, as far as it can be read; null when nobody knows who it is. */
function readTab(state: unknown): Pick<Tab, 'peer' | 'draft' | 'drag'> | null {
  if (!isObject(state) || !isObject(state.user)) return null;
  const memberId = readText(state.user.memberId, LONGEST_ID);
  if (memberId === null) return null;
  const drag = readDrag(state.drag);
  const path = readText(state.path, LONGEST_PATH) ?? '';
  const record = readText(state.record, LONGEST_ID);
  return {
    peer: {
      memberId,
      name: readText(state.user.name, LONGEST_DRAFT) ?? '',
      // Somebody may be followed there: an address of this app and nothing else.
      path: /^\/(?![/\\])/.test(path) ? path : '',
      record,
      field: record === null ? null : readText(state.field, LONGEST_ID),
      idle: IDLE_ORDER.find((each) => each === state.idle) ?? 'active',
      carries: drag?.id ?? null,
    },
    draft: typeof state.draft === 'string' ? state.draft.slice(0, LONGEST_DRAFT) : null,
    drag,
  };
}

function readDrag(value: unknown): SharedDrag | null {
  if (!isObject(value)) return null;
  const id = readText(value.id, LONGEST_ID);
  const [x, y] = [value.x, value.y];
  if (id === null || !isFiniteNumber(x) || !isFiniteNumber(y)) return null;
  return { id, over: readText(value.over, LONGEST_ID) ?? '', before: readText(value.before, LONGEST_ID) ?? '', x, y };
}

const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readText(value: unknown, longest: number): string | null {
  return typeof value === 'string' && value !== '' && value.length <= longest ? value : null;
}

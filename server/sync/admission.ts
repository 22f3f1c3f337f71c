/**
 * Decides what of an update is taken. Pure: bytes and a view of the room in, a decision out.
 *
 * An update is a set of blocks, one per client id. A block is taken when its client id is the writer's own (or new) and
 * everything it builds on is there; a deletion is taken when what it deletes is there. What the room already has is left
 * out, so that a reconnecting device stores and broadcasts nothing twice. What remains is always complete: a room's
 * document never waits for missing parts.
 */
import * as encoding from 'lib0/encoding';
import type { RefusalCode } from '../../shared/sync/protocol.ts';
import type { SplitDeletes } from './erasures.ts';
import type { Block, DeleteRange, ScannedUpdate } from './scan-update.ts';

/** What the room knows, including updates that are accepted and not yet committed. */
export interface RoomView {
  /** Clock (exclusive) up to which the client's changes are known. */
  clock(client: number): number;
  /** Who writes under the client id; undefined when nobody did yet. Null is the server itself. */
  owner(client: number): { readonly userId: string | null } | undefined;
  /** The parts of the range that are not deleted yet. The range lies within known clocks. */
  notDeleted(range: DeleteRange): readonly DeleteRange[];
  /** See erasures.ts. */
  splitErasures(update: ScannedUpdate, ranges: readonly DeleteRange[]): SplitDeletes;
  buriesKeys(update: ScannedUpdate): boolean;
}

export interface RefusedPart {
  readonly code: RefusalCode;
  readonly changes: readonly { readonly client: number; readonly clock: number; readonly length: number }[];
}

export interface Admission {
  /** What to store, apply and broadcast; null when the room has all of it already. */
  readonly data: Uint8Array<ArrayBuffer> | null;
  /** Client ids seen for the first time. */
  readonly claims: readonly number[];
  /** Client → clock after `data` is applied. */
  readonly advances: ReadonlyMap<number, number>;
  /** What could not be taken, if anything. */
  readonly refused: RefusedPart | null;
  /** Entities under whose ids the update writes, by prefix; see `ScannedUpdate`. */
  readonly entities: ReadonlySet<string>;
}

export function admit(update: ScannedUpdate, userId: string | null, view: RoomView): Admission {
  const fresh = update.blocks.filter((block) => block.to > view.clock(block.client));
  const isForeign = (block: Block) => {
    const owner = view.owner(block.client);
    return owner !== undefined && owner.userId !== userId;
  };
  const foreign = fresh.filter(isForeign);
  const own = fresh.filter((block) => !isForeign(block));
  const complete = completeAmong(own, view);
  const taken = own.filter((block) => complete.has(block.client));
  const incomplete = own.filter((block) => !complete.has(block.client));

  const advances = new Map(taken.map((block) => [block.client, block.to]));
  const { known, unknown } = splitDeletes(update.deletes, (client) => advances.get(client) ?? view.clock(client));
  if (taken.length > 0 && view.buriesKeys(update)) return nothingTaken('not-allowed', taken.map(changesIn));
  const { allowed: deletes, erasing } = view.splitErasures(
    update,
    known.flatMap((range) => notYetDeleted(range, view)),
  );

  const claims = taken.map((block) => block.client).filter((client) => view.owner(client) === undefined);
  const data = taken.length === 0 && deletes.length === 0 ? null : encodeUpdate(taken, deletes);
  return {
    data,
    claims,
    advances,
    refused: refusedPart({ foreign, incomplete, unknown, erasing }),
    entities: update.entities,
  };
}

/**
 * The clients whose blocks can be integrated with the room and each other. Starts with all and takes out what lacks
 * something, then what built on that; each block is looked at again only when one it needs was taken out.
 */
function completeAmong(blocks: readonly Block[], view: RoomView): ReadonlySet<number> {
  const kept = new Map(blocks.map((block) => [block.client, block]));
  const dependents = new Map<number, Block[]>();
  for (const block of blocks) {
    for (const [client, clock] of block.needs) {
      if (clock <= view.clock(client)) continue;
      const others = dependents.get(client);
      if (others === undefined) dependents.set(client, [block]);
      else others.push(block);
    }
  }
  const lacksSomething = ({ client, from, needs, hasHoles }: Block) =>
    hasHoles ||
    from > view.clock(client) ||
    [...needs].some(([other, clock]) => clock > Math.max(view.clock(other), kept.get(other)?.to ?? 0));

  const lacking = blocks.filter(lacksSomething);
  for (let block = lacking.pop(); block !== undefined; block = lacking.pop()) {
    if (!kept.delete(block.client)) continue;
    for (const other of dependents.get(block.client) ?? []) {
      if (kept.has(other.client) && lacksSomething(other)) lacking.push(other);
    }
  }
  return new Set(kept.keys());
}

function splitDeletes(deletes: readonly DeleteRange[], clock: (client: number) => number) {
  const known: DeleteRange[] = [];
  const unknown: DeleteRange[] = [];
  for (const range of deletes) {
    const end = clock(range.client);
    const length = Math.min(range.length, Math.max(0, end - range.clock));
    if (length > 0) known.push({ ...range, length });
    if (length < range.length) unknown.push({ ...range, clock: range.clock + length, length: range.length - length });
  }
  return { known, unknown };
}

/** Splits the range at the room's clock: what comes with this very update cannot be deleted yet. */
function notYetDeleted(range: DeleteRange, view: RoomView): readonly DeleteRange[] {
  const end = view.clock(range.client);
  const old = Math.min(range.length, Math.max(0, end - range.clock));
  const parts = old > 0 ? [...view.notDeleted({ ...range, length: old })] : [];
  if (old < range.length) parts.push({ ...range, clock: range.clock + old, length: range.length - old });
  return parts;
}

/** The decision about a message of which nothing is taken. */
export function nothingTaken(code: RefusalCode, changes: RefusedPart['changes']): Admission {
  return { data: null, claims: [], advances: new Map(), refused: { code, changes }, entities: new Set() };
}

interface Leftovers {
  readonly foreign: readonly Block[];
  readonly incomplete: readonly Block[];
  readonly unknown: readonly DeleteRange[];
  readonly erasing: readonly DeleteRange[];
}

const changesIn = ({ client, from, to }: Block) => ({ client, clock: from, length: to - from });

function refusedPart({ foreign, incomplete, unknown, erasing }: Leftovers): RefusedPart | null {
  const isUnknown = incomplete.length > 0 || unknown.length > 0;
  if (foreign.length === 0 && erasing.length === 0 && !isUnknown) return null;
  const changes = [...foreign, ...incomplete].map(changesIn);
  return { code: foreign.length > 0 ? 'foreign-client' : isUnknown ? 'unknown-past' : 'not-allowed', changes };
}

/** Puts blocks (as they came) and deletions together again. */
export function encodeUpdate(blocks: readonly Block[], deletes: readonly DeleteRange[]): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, blocks.length);
  for (const block of blocks) encoding.writeUint8Array(encoder, block.bytes);
  const byClient = new Map<number, DeleteRange[]>();
  for (const range of deletes) {
    const ranges = byClient.get(range.client);
    if (ranges === undefined) byClient.set(range.client, [range]);
    else ranges.push(range);
  }
  encoding.writeVarUint(encoder, byClient.size);
  for (const [client, ranges] of byClient) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length);
    for (const range of ranges) {
      encoding.writeVarUint(encoder, range.clock);
      encoding.writeVarUint(encoder, range.length);
    }
  }
  return encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>;
}

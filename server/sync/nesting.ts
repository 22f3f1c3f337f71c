/**
 * How deep an update would nest types in types. Yjs tells every parent of every change and deletes by calling itself: with
 * thousands of levels a few bytes cost seconds, or the stack, here and on every device.
 */
import * as Y from 'yjs';
import { PLACED, type ScannedUpdate } from './scan-update.ts';

/** The depth of the deepest type the update brings; what stands in a root has depth 1, and without types it is 0. */
export function deepestType(doc: Y.Doc, { placed }: ScannedUpdate): number {
  const isType = (at: number) => ((placed[at + 3] ?? 0) & PLACED.isType) !== 0;
  let deepest = 0;
  let find: ((client: number, clock: number) => number) | null = null;
  /** Entry → depth of what it stands in. */
  const depths = new Map<number, number>();

  /** One more than the entry's other struct when it stands inside that, the same when beside it. */
  const step = (at: number) => (((placed[at + 3] ?? 0) & PLACED.inside) === 0 ? 0 : 1);

  function depthOf(start: number): number {
    const path: number[] = [];
    let depth = 0;
    for (let at = start; ; ) {
      const known = depths.get(at);
      if (known !== undefined) {
        depth = known;
        break;
      }
      path.push(at);
      // A circle of references is no place at all; it is found to be incomplete elsewhere.
      depths.set(at, 0);
      const [client = 0, clock = 0] = placed.slice(at + 4, at + 6);
      find ??= finder(placed);
      const next = find(client, clock);
      if (next < 0) {
        depth = depthInDoc(doc, client, clock);
        break;
      }
      at = next;
    }
    for (let at = path.pop(); at !== undefined; at = path.pop()) {
      depth += step(at);
      depths.set(at, depth);
    }
    return depth;
  }

  for (let at = 0; at < placed.length; at += PLACED.numbers) {
    if (isType(at)) deepest = Math.max(deepest, depthOf(at) + 1);
  }
  return deepest;
}

/** How many types a struct of the document stands in, below its root; 0 for what is not there. */
function depthInDoc(doc: Y.Doc, client: number, clock: number): number {
  if (clock >= Y.getState(doc.store, client)) return 0;
  let depth = 0;
  for (let item: unknown = Y.getItem(doc.store, Y.createID(client, clock)); item instanceof Y.Item; depth++) {
    const parent = item.parent;
    if (!(parent instanceof Y.AbstractType) || parent._item === null) break;
    item = parent._item;
  }
  return depth;
}

/** Finds the entry that holds a clock of a client, or -1: then it stands in a root, or in the document. */
function finder(placed: readonly number[]): (client: number, clock: number) => number {
  const byClient = new Map<number, number[]>();
  for (let at = 0; at < placed.length; at += PLACED.numbers) {
    const client = placed[at] ?? 0;
    const entries = byClient.get(client);
    // A block's structs come in the order of their clocks.
    if (entries === undefined) byClient.set(client, [at]);
    else entries.push(at);
  }
  return (client, clock) => {
    const entries = byClient.get(client) ?? [];
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = entries[middle] ?? 0;
      if (clock < (placed[at + 1] ?? 0)) high = middle;
      else if (clock > (placed[at + 2] ?? 0)) low = middle + 1;
      else return at;
    }
    return -1;
  };
}

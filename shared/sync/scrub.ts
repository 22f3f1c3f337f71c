/**
 * What a deleted entry leaves behind. Yjs throws the value of a deleted entry away and keeps its key, and keys of set-like
 * fields hold what people typed (`contact_…/emails:femke@…/<stamp>`). Scrubbing puts an empty placeholder of the same
 * length in the entry's place: clocks, sync and other entries stay as they are, the key is gone.
 *
 * Only for records of which nothing is left. Every replica does it for itself; nothing of it travels.
 */
import * as Y from 'yjs';
import { RECORDS } from './record-keys.ts';

/** Returns how many entries were scrubbed. Entries that are not deleted stay. */
export function scrubRecords(doc: Y.Doc, ids: ReadonlySet<string>): number {
  const { _map: entries } = doc.getMap(RECORDS);
  let count = 0;
  for (const [key, last] of [...entries]) {
    const end = key.indexOf('/');
    if (!last.deleted || !ids.has(end < 0 ? key : key.slice(0, end))) continue;
    for (let item: Y.Item | null = last; item !== null; item = item.left) {
      const structs = doc.store.clients.get(item.id.client);
      if (structs === undefined) break;
      const index = Y.findIndexSS(structs, item.id.clock);
      if (structs[index] === item) structs[index] = new Y.GC(item.id, item.length);
      count++;
    }
    entries.delete(key);
  }
  return count;
}

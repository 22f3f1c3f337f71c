/** What arrives about records that were erased: a device was away and wrote to them. It is taken away again, everywhere. */
import * as Y from 'yjs';
import { parseKey, RECORDS } from '../../shared/sync/record-keys.ts';
import { scrubRecords } from '../../shared/sync/scrub.ts';
import type { ErasedWords } from '../storage/erasures.ts';
import { rewriteRoom } from './fold-room.ts';
import { removeKeys } from './purge.ts';
import type { Room, RoomServices } from './room.ts';
import { storeOwn } from './store-own.ts';

/** What rooms need to know of erasures. */
export interface ErasedRecords {
  isErased(record: string): boolean;
  blank(erased: ErasedWords): void;
}

const TEXT = 'text:';

/** `carry` takes away what came since the last call. @throws when the disk refuses; it is tried again with the next. */
export function watchForErased(services: RoomServices, room: Room, erased: ErasedRecords): { carry(): void } {
  const { doc } = room;
  const map = doc.getMap<unknown>(RECORDS);
  const pending = new Set<string>();
  map.observe((event) => {
    for (const key of event.keysChanged) {
      const { id } = parseKey(key);
      if (map.has(key) && erased.isErased(id)) pending.add(id);
    }
  });
  doc.on('afterTransaction', ({ changedParentTypes }: Y.Transaction) => {
    for (const type of changedParentTypes.keys()) {
      if (type._item !== null || !(type instanceof Y.XmlFragment) || type.length === 0) continue;
      const name = Y.findRootTypeKey(type);
      const id = name.startsWith(TEXT) ? name.slice(TEXT.length) : '';
      if (erased.isErased(id)) pending.add(id);
    }
  });

  return {
    carry() {
      if (pending.size === 0) return;
      services.committer.flush();
      const ids = new Set(pending);
      storeOwn(services, { involved: [room], userId: null, isSilent: true }, (origin) =>
        doc.transact(() => {
          for (const id of ids) removeKeys(room, id);
        }, origin),
      );
      services.committer.flush();
      scrubRecords(doc, ids);
      rewriteRoom(services, room);
      erased.blank({ records: [...ids], words: [] });
      for (const id of ids) pending.delete(id);
    },
  };
}

/** Who wrote what of a record, as far as this device has the edits: those that were folded into a base are gone. */
import type { RoomRecords } from '../../shared/sync/room-records.ts';
import { isStampOf } from '../../shared/sync/stamp.ts';
import { stampsSince } from '../../shared/sync/stamps-since.ts';
import type { Tables } from './tables.ts';
import type { Workspace } from './workspace.ts';

export function createEditReaders(
  tables: Pick<Tables, 'table' | 'trackRecord'>,
  rooms: () => Iterable<RoomRecords>,
): Pick<Workspace, 'keptEdits' | 'newestEdits' | 'stampsSince'> {
  function find(id: string) {
    tables.trackRecord(id);
    for (const records of rooms()) {
      const state = records.stateOf(id);
      if (state) return { records, state };
    }
    return undefined;
  }

  return {
    keptEdits: (id) => find(id)?.records.keptEdits(id) ?? [],
    newestEdits(id) {
      const edits = find(id)?.state.edits;
      if (!edits) return [];
      const memberIds = [...tables.table('member').each()].map((member) => member.id);
      return [...edits].flatMap(([path, [newest]]) => {
        if (newest === undefined) return [];
        const { stamp, value } = newest;
        return [{ path, stamp, value, by: memberIds.find((each) => isStampOf(stamp, each)) ?? '' }];
      });
    },
    stampsSince(id, since) {
      const state = find(id)?.state;
      return state ? stampsSince(state, since) : [];
    },
  };
}

/** The newest edit of each path of a record, as far as this device has them: edits that were folded into a base are gone. */
import type { KnownEdit } from '../../shared/query/timeline.ts';
import type { RoomRecords } from '../../shared/sync/room-records.ts';
import { isStampOf } from '../../shared/sync/stamp.ts';

export function newestEdits(
  records: RoomRecords,
  id: string,
  members: Iterable<{ readonly id: string }>,
): readonly KnownEdit[] {
  const edits = records.stateOf(id)?.edits;
  if (!edits) return [];
  const ids = [...members].map((member) => member.id);
  return [...edits].flatMap(([path, [newest]]) =>
    newest === undefined
      ? []
      : [
          {
            path,
            stamp: newest.stamp,
            value: newest.value,
            by: ids.find((each) => isStampOf(newest.stamp, each)) ?? '',
          },
        ],
  );
}

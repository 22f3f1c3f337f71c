/** Which parts of a record were written after a moment, with the stamps that say when and by whom. */
import { readBase } from './record-keys.ts';
import { creationStamp, type RecordState } from './record-state.ts';
import { isStamp, type Stamp, stampTime } from './stamp.ts';

export interface StampedPath {
  /** A field, or `field:element`; '' for the making of the record. */
  readonly path: string;
  readonly stamp: Stamp;
}

/** The newest of each path, in no order. @param since epoch ms */
export function stampsSince(state: RecordState, since: number): readonly StampedPath[] {
  const found: StampedPath[] = [];
  const add = (path: string, stamp: unknown) => {
    if (typeof stamp === 'string' && isStamp(stamp) && stampTime(stamp) > since) found.push({ path, stamp });
  };
  add('', creationStamp(state));
  for (const [path, [newest]] of state.edits ?? []) add(path, newest?.stamp);
  // What was folded into the base keeps its stamps there.
  if (typeof state.base === 'string' && state.base.includes('"f":{')) {
    const { f } = readBase(state.base);
    if (typeof f === 'object' && f !== null) {
      for (const [path, stamp] of Object.entries(f)) if (!state.edits?.has(path)) add(path, stamp);
    }
  }
  return found;
}

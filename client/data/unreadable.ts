/** Changes of a document that build on others which are not there. */
import type * as Y from 'yjs';

/**
 * Does something, like answering what somebody lacks, as if they were not in the document. A write of this device that was
 * lost between two that were kept leaves such changes. They stay, in case what they build on comes.
 */
export function withoutUnreadable<Result>({ store }: Y.Doc, work: () => Result): Result {
  const { pendingStructs, pendingDs } = store;
  store.pendingStructs = store.pendingDs = null;
  try {
    return work();
  } finally {
    store.pendingStructs = pendingStructs;
    store.pendingDs = pendingDs;
  }
}

/**
 * Answers to sync step 1, encoded once for all who lack the same. When everybody's line was cut, everybody comes back with
 * the state of that moment, and reading a whole document for each of them is most of what a server does then.
 *
 * An answer stays good while the document changes: who gets it later gets the updates since along with it.
 */
import * as Y from 'yjs';

/** What is kept in all. Larger answers are made for one device and forgotten. */
const MOST_BYTES = 16 * 1024 * 1024;
/** With more than this behind it an answer is encoded anew. */
const MOST_UPDATES_BEHIND = 200;
const BYTES_BEHIND = 64 * 1024;

interface Kept {
  readonly update: Uint8Array;
  /** How many updates had been applied when it was made, and how many bytes they had. */
  readonly updates: number;
  readonly bytes: number;
}

export class Answers {
  private readonly doc: Y.Doc;
  private readonly kept = new Map<string, Kept>();
  private keptBytes = 0;
  /** Updates applied since the oldest answer was made; the first of them is number `from`. */
  private later: Uint8Array[] = [];
  private from = 0;
  private bytes = 0;

  /** @param isAnnounced whether `applied` is told of what this transaction changed. */
  constructor(doc: Y.Doc, isAnnounced: (transaction: Y.Transaction) => boolean) {
    this.doc = doc;
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (!isAnnounced(transaction)) this.forget();
    });
  }

  /** The document has taken this update in. */
  applied(update: Uint8Array): void {
    if (this.kept.size === 0) return;
    this.later.push(update);
    this.bytes += update.length;
    if (this.bytes > MOST_BYTES) this.forget();
  }

  /** The updates that bring a device with this state vector up to date, in this order. */
  to(stateVector: Uint8Array): readonly Uint8Array[] {
    const key = this.keyOf(stateVector);
    const known = this.kept.get(key);
    if (known !== undefined && !this.isOld(known))
      return [known.update, ...this.later.slice(known.updates - this.from)];
    const update = Y.encodeStateAsUpdate(this.doc, stateVector);
    this.keptBytes += update.length - (known?.update.length ?? 0);
    this.kept.set(key, { update, updates: this.from + this.later.length, bytes: this.bytes });
    if (this.keptBytes + this.bytes > MOST_BYTES) this.forget();
    return [update];
  }

  /** Nobody has come for a while, or the document was changed by something else. */
  forget(): void {
    this.kept.clear();
    this.keptBytes = 0;
    this.from += this.later.length;
    this.later = [];
    this.bytes = 0;
  }

  private isOld({ update, updates, bytes }: Kept): boolean {
    const behind = this.from + this.later.length - updates;
    return behind > MOST_UPDATES_BEHIND || this.bytes - bytes > BYTES_BEHIND + update.length / 4;
  }

  /** What a device knows of this document: its own changes, which are on their way, make no difference. */
  private keyOf(stateVector: Uint8Array): string {
    let key = '';
    for (const [client, clock] of Y.decodeStateVector(stateVector)) {
      const known = Math.min(clock, Y.getState(this.doc.store, client));
      if (known > 0) key += `${client}:${known} `;
    }
    return key;
  }
}

/**
 * Tabs of one browser keep each other up to date without the network. Every tab persists and connects for itself, so
 * this is only for speed, and for edits of a tab whose line is frozen. (y-websocket's own channel sends the whole
 * document at every attempt to connect; this one sends what the other side lacks.)
 */
import * as Y from 'yjs';
import { withoutUnreadable } from './unreadable.ts';

type TabMessage =
  | { readonly kind: 'have'; readonly stateVector: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array };

/** Origin of changes that came from another tab. */
export const FROM_OTHER_TAB = Symbol('other tab');

export interface TabChannel {
  close(): void;
}

/** `name` is unique to server, person and room. Does nothing where there is no BroadcastChannel. */
export function openTabChannel(name: string, doc: Y.Doc): TabChannel {
  if (typeof BroadcastChannel === 'undefined') return { close: () => undefined };
  const channel = new BroadcastChannel(name);
  const post = (message: TabMessage) => channel.postMessage(message);
  // What this tab cannot read the other could not either, and would ask for it again and again.
  const readableSince = (stateVector: Uint8Array) =>
    withoutUnreadable(doc, () => Y.encodeStateAsUpdate(doc, stateVector));
  const postHave = () => post({ kind: 'have', stateVector: Y.encodeStateVector(doc) });

  channel.onmessage = (event: MessageEvent<TabMessage>) => {
    const message = event.data;
    if (message.kind === 'update') {
      // What was said before this tab listened, or while it was frozen, is asked for.
      if (hasAllOf(doc, message.update)) Y.applyUpdate(doc, message.update, FROM_OTHER_TAB);
      else postHave();
      return;
    }
    const theirs = Y.decodeStateVector(message.stateVector);
    const ours = Y.decodeStateVector(Y.encodeStateVector(doc));
    if (isAhead(ours, theirs)) post({ kind: 'update', update: readableSince(message.stateVector) });
    if (isAhead(theirs, ours)) postHave();
  };

  /** Only what was done here: the server's news and the disk's reach every tab by themselves. */
  const onUpdate = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (transaction.local) post({ kind: 'update', update });
  };
  doc.on('update', onUpdate);
  postHave();

  return {
    close() {
      doc.off('update', onUpdate);
      channel.close();
    },
  };
}

/**
 * Whether the document has everything an update builds on, or takes away. Of one that lacks something Yjs would take the
 * deletions and keep back what stands in their place: this tab would show less than before, and send it to the server. And
 * a deletion it keeps back until there is something to delete is told to nobody else then.
 */
function hasAllOf(doc: Y.Doc, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update);
  const reached = new Map<number, number>();
  const reach = (client: number) => reached.get(client) ?? Y.getState(doc.store, client);
  for (const struct of structs) {
    const { id, length } = struct;
    if (struct instanceof Y.Skip || id.clock > reach(id.client)) return false;
    reached.set(id.client, Math.max(reach(id.client), id.clock + length));
  }
  for (const [client, ranges] of ds.clients) {
    if (ranges.some(({ clock, len }) => clock + len > reach(client))) return false;
  }
  const isThere = (id: unknown) => !(id instanceof Y.ID) || id.clock < reach(id.client);
  return structs.every(
    (each) => !(each instanceof Y.Item) || [each.origin, each.rightOrigin, each.parent].every(isThere),
  );
}

function isAhead(left: ReadonlyMap<number, number>, right: ReadonlyMap<number, number>): boolean {
  for (const [client, clock] of left) if (clock > (right.get(client) ?? 0)) return true;
  return false;
}

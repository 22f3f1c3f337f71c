/** y-websocket's own provider over `ws`, exactly as anybody would use it; only the cookie is added. For tests. */
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { RECORDS } from '../../shared/sync/record-keys.ts';

export interface StockClient {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly records: Y.Map<unknown>;
  /** Resolves when the provider says it is synced. */
  synced(): Promise<void>;
  destroy(): void;
}

export function connectStock(url: string, room: string, { cookie = '', doc = new Y.Doc() } = {}): StockClient {
  class SocketWithCookie extends WebSocket {
    constructor(address: string) {
      super(address, { headers: { cookie } });
    }
  }
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, room, doc, {
    WebSocketPolyfill: SocketWithCookie as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  return {
    doc,
    provider,
    records: doc.getMap(RECORDS),
    synced: () =>
      new Promise((resolve) => {
        if (provider.synced) resolve();
        else provider.on('sync', (isSynced: boolean) => isSynced && resolve());
      }),
    destroy() {
      provider.destroy();
      doc.destroy();
    },
  };
}

/** Waits until `condition` holds; fails after two seconds with what it waited for. */
export async function until(condition: () => boolean, what = 'the condition', timeoutMs = 2_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

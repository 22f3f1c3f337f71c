// @vitest-environment node
import { expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { openTabChannel } from './tab-channel.ts';

const recordsOf = (doc: Y.Doc) => doc.getMap<unknown>('records');
const keysOf = (doc: Y.Doc) => [...recordsOf(doc).keys()];

/** A device that has one value from the server, in two tabs, of which one does not listen to the other yet. */
function twoTabs() {
  const server = new Y.Doc();
  recordsOf(server).set('deal_a/place/1', 'Lead');
  const [first, second] = [new Y.Doc(), new Y.Doc()];
  for (const doc of [first, second]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
  const sent: Uint8Array[] = [];
  second.on('update', (update: Uint8Array) => void sent.push(update));
  return { first, second, sent };
}

/** Tells `first` only the last change of `second`, and sees that nothing goes before the rest is asked for and told. */
async function tellLast(name: string, { first, second, sent }: ReturnType<typeof twoTabs>): Promise<void> {
  const other = new BroadcastChannel(name);
  const asked = () =>
    new Promise<Uint8Array>((resolve) => {
      other.onmessage = ({ data }: MessageEvent<{ kind: string; stateVector: Uint8Array }>) => {
        if (data.kind === 'have') resolve(data.stateVector);
      };
    });
  const greeted = asked();
  const channel = openTabChannel(name, first);
  await greeted;
  other.postMessage({ kind: 'update', update: sent.at(-1) });
  const stateVector = await asked();
  expect(keysOf(first)).toEqual(['deal_a/place/1']);
  expect([first.store.pendingStructs, first.store.pendingDs]).toEqual([null, null]);
  other.postMessage({ kind: 'update', update: Y.encodeStateAsUpdate(second, stateVector) });
  await vi.waitFor(() => expect(keysOf(first).sort()).toEqual(keysOf(second).sort()));
  other.close();
  channel.close();
}

test('a change whose forerunner was not heard takes nothing away; it is asked for, and then all of it is there', async () => {
  const tabs = twoTabs();
  recordsOf(tabs.second).set('deal_a/title/2', 'Vans');
  tabs.second.transact(() => {
    recordsOf(tabs.second).delete('deal_a/place/1');
    recordsOf(tabs.second).set('deal_a/place/3', 'Won');
  });
  await tellLast('rapport/tabs-1', tabs);
});

test('nor does one that builds on what only the other tab has from the server', async () => {
  const tabs = twoTabs();
  const colleague = new Y.Doc();
  recordsOf(colleague).set('deal_a/place/2', 'Proposal');
  Y.applyUpdate(tabs.second, Y.encodeStateAsUpdate(colleague));
  tabs.second.transact(() => {
    recordsOf(tabs.second).delete('deal_a/place/1');
    recordsOf(tabs.second).set('deal_a/place/2', 'Negotiation');
  });
  await tellLast('rapport/tabs-2', tabs);
});

test('nor does one that takes away what only the other tab has from the server', async () => {
  const tabs = twoTabs();
  const colleague = new Y.Doc();
  recordsOf(colleague).set('deal_a/place/2', 'Proposal');
  Y.applyUpdate(tabs.second, Y.encodeStateAsUpdate(colleague));
  tabs.second.transact(() => {
    recordsOf(tabs.second).delete('deal_a/place/2');
    recordsOf(tabs.second).set('deal_a/place/3', 'Negotiation');
  });
  await tellLast('rapport/tabs-3', tabs);
});

test('what a tab cannot read itself it does not answer with', async () => {
  const name = 'rapport/tabs-4';
  const { first, second } = twoTabs();
  const colleague = new Y.Doc();
  const sent: Uint8Array[] = [];
  colleague.on('update', (update: Uint8Array) => void sent.push(update));
  for (const title of ['Vans', 'Two vans', 'Three vans']) recordsOf(colleague).set('deal_a/title/2', title);
  // The second one is lost.
  for (const update of [sent[0], sent[2]]) if (update) Y.applyUpdate(second, update);
  const asked = vi.fn();
  const listener = new BroadcastChannel(name);
  listener.onmessage = ({ data }: MessageEvent<{ kind: string }>) => data.kind === 'have' && asked();
  const channels = [first, second].map((doc) => openTabChannel(name, doc));
  await vi.waitFor(() => expect(recordsOf(first).get('deal_a/title/2')).toBe('Vans'));
  const before = asked.mock.calls.length;
  await new Promise((next) => setTimeout(next, 50));
  expect(asked.mock.calls.length).toBe(before);
  for (const channel of [...channels, listener]) channel.close();
});

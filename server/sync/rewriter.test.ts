import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createRewriter } from './rewriter.ts';

test('a large room is written anew in another thread, without a trace of what was erased and with all else', async () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const map = doc.getMap('records');
  for (let index = 0; index < 50; index++) map.set(`contact_${index}`, 'x'.repeat(10_000));
  map.set('contact_7/emails:Quartzfinch@a.test/1', true);
  for (const key of ['contact_7', 'contact_7/emails:Quartzfinch@a.test/1']) map.delete(key);
  const stored = {
    snapshot: null,
    mark: null,
    foldedSeq: 0,
    historySeq: updates.length,
    carriedSeq: 0,
    updates: updates.map((data, index) => ({ seq: index + 1, data, userId: null, at: 0 })),
  };
  const rewriter = createRewriter();
  try {
    const snapshot = await rewriter.snapshotOf(stored, new Set(['contact_7']));
    expect(Buffer.from(snapshot).includes('Quartzfinch')).toBe(false);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, snapshot);
    expect(copy.getMap('records').toJSON()).toEqual(map.toJSON());
    expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(doc));
    // One that lacks something is refused, and the next one is made.
    const short = { ...stored, updates: stored.updates.slice(1) };
    await expect(rewriter.snapshotOf(short, new Set())).rejects.toThrow('missing');
    expect((await rewriter.snapshotOf(stored, new Set())).length).toBeGreaterThan(400_000);
  } finally {
    rewriter.end();
  }
});

test('the bytes of a large snapshot are handed to the thread and not copied, which held everybody up', async () => {
  const doc = new Y.Doc();
  doc.getMap('records').set('contact_1', 'x'.repeat(600_000));
  const snapshot = Y.encodeStateAsUpdate(doc);
  const mark = { seq: 1, crc: 0, length: snapshot.length };
  const rewriter = createRewriter();
  try {
    const written = rewriter.snapshotOf(
      { snapshot, mark, updates: [], foldedSeq: 1, historySeq: 1, carriedSeq: 0 },
      new Set(),
    );
    expect(snapshot.byteLength).toBe(0);
    expect((await written).length).toBeGreaterThan(600_000);
  } finally {
    rewriter.end();
  }
});

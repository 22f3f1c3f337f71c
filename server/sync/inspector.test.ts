import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { craftUpdate, entry, value } from '../testing/craft-update.ts';
import { createInspector, type Inspector, type InspectorOptions, UpdateHangs } from './inspector.ts';
import { LARGEST_SCAN_HERE_BYTES } from './limits.ts';
import { MalformedUpdate, ValueTooLarge } from './scan-update.ts';

/** A thread that has to load TypeScript first, perhaps on a busy machine. */
const PATIENCE_MS = 60_000;

const opened: Inspector[] = [];
function open(options: InspectorOptions = {}): Inspector {
  const inspector = createInspector({ longestScanMs: PATIENCE_MS, longestTrialMs: PATIENCE_MS, ...options });
  opened.push(inspector);
  return inspector;
}
afterEach(() => {
  for (const inspector of opened.splice(0)) inspector.close();
});

const large = (() => {
  const structs = Array.from({ length: 3_000 }, (_, index) => entry(`deal_${index}`, value('x'.repeat(100))));
  return craftUpdate([{ client: 7, clock: 0, structs }], [[8, 0, 5]]);
})();
/** Each of these looks for its place past all before it. */
const slow = craftUpdate([
  { client: 9, clock: 0, structs: Array.from({ length: 200_000 }, () => entry('k', value(null), 'text:x')) },
]);

test('a small update is read at once', () => {
  const scanned = open().scan(craftUpdate([{ client: 7, clock: 0, structs: [entry('deal_a', value('{}'))] }]));
  expect(scanned).not.toBeInstanceOf(Promise);
});

test(
  'a large update is read in the worker and says the same',
  async () => {
    expect(large.length).toBeGreaterThan(LARGEST_SCAN_HERE_BYTES);
    const asked = open().scan(large);
    expect(asked).toBeInstanceOf(Promise);
    const scanned = await asked;
    expect(scanned.blocks.map(({ client, from, to }) => [client, from, to])).toEqual([[7, 0, 3_000]]);
    expect(scanned.blocks[0]?.bytes.length).toBeGreaterThan(LARGEST_SCAN_HERE_BYTES);
    expect(scanned.deletes).toEqual([{ client: 8, clock: 0, length: 5 }]);
    expect(scanned.keys).toHaveLength(3_000);
    expect(scanned.entities).toEqual(new Set(['deal']));
  },
  PATIENCE_MS,
);

test(
  'what is wrong with a large update is told as with a small one, and the next one is read',
  async () => {
    const inspector = open();
    await expect(inspector.scan(large.subarray(0, large.length - 3))).rejects.toBeInstanceOf(MalformedUpdate);
    const tooLarge = craftUpdate([{ client: 7, clock: 0, structs: [entry('deal_a', value('x'.repeat(5_000_000)))] }]);
    await expect(inspector.scan(tooLarge)).rejects.toBeInstanceOf(ValueTooLarge);
    expect((await inspector.scan(large)).structs).toBe(3_000);
  },
  PATIENCE_MS,
);

test(
  'an update that hangs loses its thread, and what waited behind it is answered by the next',
  async () => {
    const inspector = open({ longestTrialMs: 1_500 });
    const doc = new Y.Doc();
    const hanging = inspector.tryOut(doc, slow);
    const behind = inspector.scan(large);
    const harmless = inspector.tryOut(doc, craftUpdate([{ client: 5, clock: 0, structs: [entry('k', value(1))] }]));
    await expect(hanging).rejects.toBeInstanceOf(UpdateHangs);
    expect((await behind).structs).toBe(3_000);
    await harmless;
  },
  PATIENCE_MS,
);

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SYNC } from '../../shared/sync/protocol.ts';
import { payloadsOf } from '../testing/payloads.ts';
import { joinFrames, joinSmall, syncFrame, syncPieces, toFrame } from './frames.ts';

test('everybody gets every frame in order but their own, however the frames are joined', () => {
  const frame = fc.record({ source: fc.integer({ min: 0, max: 3 }), size: fc.oneof(fc.nat(300), fc.nat(400_000)) });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 12 }), (described) => {
      const messages = described.map(({ source, size }, index) => ({ source, bytes: Buffer.alloc(size + 1, index) }));
      const writesFor = joinFrames(messages.map(({ source, bytes }) => ({ source, frame: toFrame(bytes) })));
      for (const reader of [0, 1, 2, 3, 4]) {
        const heard = writesFor(reader).flatMap((written) => [...payloadsOf(written)]);
        const meant = messages.filter(({ source }) => source !== reader).map(({ bytes }) => bytes);
        expect(heard.length).toBe(meant.length);
        expect(heard.every((bytes, index) => bytes.equals(meant[index] ?? Buffer.alloc(0)))).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('a hundred small frames are one write for a reader, and two for who wrote one in the middle', () => {
  const writesFor = joinFrames(
    Array.from({ length: 100 }, (_, index) => ({
      source: index === 50 ? 'anna' : 'ben',
      frame: toFrame(Buffer.from([index])),
    })),
  );
  expect(writesFor('cara').length).toBe(1);
  expect(writesFor('anna').length).toBe(2);
});

test('an answer in pieces is the same bytes as the frames one after the other, and no large payload is copied', () => {
  const sizes = [10, 40_000, 300, 90_000, 5, 7];
  const payloads = sizes.map((size, index) => new Uint8Array(size).fill(index + 1));
  const pieces = joinSmall(payloads.flatMap((payload) => syncPieces(SYNC.update, payload)));
  const frames = payloads.map((payload) => syncFrame(SYNC.update, payload));
  expect(Buffer.concat(pieces).equals(Buffer.concat(frames))).toBe(true);
  expect(pieces.filter(({ buffer }) => payloads.some((payload) => payload.buffer === buffer))).toHaveLength(2);
  expect(pieces).toHaveLength(5);
});

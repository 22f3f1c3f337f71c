import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLOCK_TOLERANCE_MS, createClock, formatStamp, isStamp, isStampOf, newWriter, stampTime } from './stamp.ts';

const WRITER = 'anna00tab1';

test('stamps of one clock are never given twice and always grow, even when the clock of the device jumps back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4e12 }), { minLength: 2, maxLength: 50 }), (times) => {
      let wall = 0;
      const clock = createClock(() => wall, WRITER);
      const stamps = times.map((time) => {
        wall = time;
        return clock.next();
      });
      expect(stamps.every((stamp) => isStamp(stamp))).toBe(true);
      expect([...stamps].sort()).toEqual(stamps);
      expect(new Set(stamps).size).toBe(stamps.length);
    }),
  );
});

test('a stamp is above every stamp that was seen and is at most two minutes ahead', () => {
  fc.assert(
    fc.property(
      fc.nat(4e12),
      fc.integer({ min: -4e12, max: CLOCK_TOLERANCE_MS }),
      fc.nat(36 ** 4 - 2),
      (wall, ahead, counter) => {
        const clock = createClock(() => wall, WRITER);
        const seen = formatStamp(Math.max(0, wall + ahead), counter, 'zzzzzzzzzz');
        clock.observe(seen);
        expect(clock.next() > seen).toBe(true);
      },
    ),
  );
});

test('a device whose clock is days ahead does not drag the others along', () => {
  const clock = createClock(() => 1_000_000, WRITER);
  clock.observe(formatStamp(1_000_000 + CLOCK_TOLERANCE_MS + 1, 0, WRITER));
  expect(stampTime(clock.next())).toBe(1_000_000);
});

test('stamps order by time before anything else and tell it', () => {
  fc.assert(
    fc.property(fc.nat(4e12), fc.nat(4e12), fc.nat(1000), (left, right, counter) => {
      const [a, b] = [formatStamp(left, counter, WRITER), formatStamp(right, 0, WRITER)];
      expect(stampTime(a)).toBe(left);
      if (left < right) expect(a < b).toBe(true);
    }),
  );
});

test('the correction from the server moves the clock', () => {
  const clock = createClock(() => 1_000_000, WRITER);
  clock.correct(-400_000);
  expect(stampTime(clock.next())).toBe(600_000);
});

test('what is no stamp is not observed', () => {
  const clock = createClock(() => 5, WRITER);
  for (const junk of ['', 'zzzzzzzzzzzzzzzzzzzzzz', '~'.repeat(23), '__proto__']) clock.observe(junk);
  expect(stampTime(clock.next())).toBe(5);
});

test('a stamp tells which member wrote it', () => {
  const stamp = formatStamp(1, 0, newWriter('member_AnnaXYZ0123456789'));
  expect(isStampOf(stamp, 'member_AnnaXYZ0123456789')).toBe(true);
  expect(isStampOf(stamp, 'member_Bert000000000000')).toBe(false);
});

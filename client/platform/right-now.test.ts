import { createRoot } from 'solid-js';
import { afterEach, expect, test } from 'vitest';
import { createNow } from './create-now.ts';
import { asReadHere, clockCorrection, learnClockOffset, rightNow } from './right-now.ts';

afterEach(() => learnClockOffset(0));

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How far `rightNow` is from the clock of the device, in minutes. */
const moved = () => Math.round((rightNow() - Date.now()) / MINUTE);

test('a clock that is off by a few minutes is believed, one that is off by more goes by the server’s', () => {
  learnClockOffset(4 * MINUTE);
  expect(moved()).toBe(0);
  learnClockOffset(-DAY);
  expect(moved()).toBe(-1_440);
  learnClockOffset(3 * DAY);
  expect(moved()).toBe(4_320);
});

test('a clock that was set right is believed again', () => {
  learnClockOffset(-DAY);
  learnClockOffset(12);
  expect(moved()).toBe(0);
  expect(clockCorrection()).toBe(0);
});

test('the way to the server and back changes nothing that is shown', () => {
  learnClockOffset(-DAY);
  learnClockOffset(-DAY + 900);
  expect(clockCorrection()).toBe(-DAY);
});

test('a moment of the server is one of the clock that is believed', () => {
  learnClockOffset(4 * MINUTE);
  expect(asReadHere(Date.now() + 4 * MINUTE)).toBeCloseTo(rightNow(), -2);
  learnClockOffset(-DAY);
  expect(asReadHere(Date.now() - DAY)).toBeCloseTo(rightNow(), -2);
});

test('what shows the time takes the correction at once', () => {
  createRoot((dispose) => {
    const now = createNow(MINUTE);
    learnClockOffset(-DAY);
    expect(Math.round((now() - Date.now()) / MINUTE)).toBe(-1_440);
    dispose();
  });
});

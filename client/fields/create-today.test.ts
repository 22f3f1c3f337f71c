import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addDays, dayOfInstant } from '../../shared/model/day.ts';
import { learnClockOffset } from '../platform/right-now.ts';
import { createToday } from './create-today.ts';

const HOUR = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date(2026, 10, 23, 22));
});
afterEach(() => {
  learnClockOffset(0);
  vi.useRealTimers();
});

test('today turns over at midnight', () => {
  createRoot((dispose) => {
    const today = createToday();
    const before = today();
    vi.advanceTimersByTime(1.9 * HOUR);
    expect(today()).toBe(before);
    vi.advanceTimersByTime(0.2 * HOUR);
    expect(today()).toBe(addDays(before, 1));
    vi.advanceTimersByTime(24 * HOUR);
    expect(today()).toBe(addDays(before, 2));
    dispose();
  });
});

test('today is the day of a clock that is right, and turns over at its midnight', () => {
  createRoot((dispose) => {
    const today = createToday();
    const believed = today();
    // The device is a day and an hour ahead, as it learns from the server.
    learnClockOffset(-25 * HOUR);
    expect(today()).toBe(addDays(believed, -1));
    expect(today()).toBe(dayOfInstant(Date.now() - 25 * HOUR));
    vi.advanceTimersByTime(2.9 * HOUR);
    expect(today()).toBe(addDays(believed, -1));
    vi.advanceTimersByTime(0.2 * HOUR);
    expect(today()).toBe(believed);
    dispose();
  });
});

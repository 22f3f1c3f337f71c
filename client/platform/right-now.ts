/**
 * What time it is: the device's clock, as people read it, unless the server says that it is plainly wrong. A device that is a
 * day ahead would tell tomorrow's reminders today, for all of the person's devices, and show tomorrow's work as today's.
 */
import { createSignal } from 'solid-js';

/** A clock that is off by less is believed: people look at it, and the server's may be the wrong one. */
const PLAINLY_WRONG_MS = 300_000;
/** The way to the server and back makes each measurement a little different. */
const SAME_MS = 30_000;

let offset = 0;
const [correction, setCorrection] = createSignal(0);

/** Epoch ms to be added to the clock of a device that is plainly wrong; 0 where it is right or nobody said. Tracks. */
export const clockCorrection = correction;

/** Epoch ms. Tracks the correction only. */
export const rightNow = (): number => Date.now() + correction();

/** A moment by the server's clock, such as that of a stamp, by `rightNow`. */
export const asReadHere = (at: number): number => at - offset + correction();

/** Server time minus device time, in ms, as measured on a line. What was learnt holds while there is no line. */
export function learnClockOffset(measured: number): void {
  offset = measured;
  const next = Math.abs(measured) < PLAINLY_WRONG_MS ? 0 : measured;
  setCorrection((before) => (next !== 0 && Math.abs(next - before) < SAME_MS ? before : next));
}

import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js';
import { rightNow } from './right-now.ts';

/** The time, epoch ms, looked at again every `everyMs` while its owner lives. `Date.now` for what was measured by the device's clock. */
export function createNow(everyMs: number, clock = rightNow): Accessor<number> {
  const [looked, setLooked] = createSignal(undefined, { equals: false });
  const timer = setInterval(() => setLooked(), everyMs);
  onCleanup(() => clearInterval(timer));
  const now = createMemo(() => {
    looked();
    return clock();
  });
  return now;
}

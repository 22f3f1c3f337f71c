import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** The clock, epoch ms, looked at again every `everyMs` while its owner lives. */
export function createNow(everyMs: number): Accessor<number> {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), everyMs);
  onCleanup(() => clearInterval(timer));
  return now;
}

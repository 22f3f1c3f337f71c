/**
 * A page that is opened is painted with what its first screen shows; what lies below follows in the next frame. Half the
 * time of opening a long page was spent on rows that nobody saw yet.
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import { nextTurn } from '../data/slices.ts';

export interface FirstFrame {
  /** False until something was painted. */
  readonly isPainted: Accessor<boolean>;
  /** So many rows of this height, in px, fill the window. */
  readonly rows: (height: number) => number;
}

export function createFirstFrame(): FirstFrame {
  const [isPainted, setPainted] = createSignal(false);
  let isGone = false;
  onCleanup(() => {
    isGone = true;
  });
  void nextTurn().then(() => !isGone && setPainted(true));
  return { isPainted, rows: (height) => Math.ceil(globalThis.innerHeight / height) };
}

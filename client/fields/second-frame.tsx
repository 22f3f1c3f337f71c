import { type JSX, Show } from 'solid-js';
import { createFirstFrame } from './create-first-frame.ts';

/** What a page that is opened can be read without: it comes in the frame after the one that shows the rest. */
export function SecondFrame(props: { readonly children: JSX.Element }): JSX.Element {
  const first = createFirstFrame();
  return <Show when={first.isPainted()}>{props.children}</Show>;
}

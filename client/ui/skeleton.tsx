import type { JSX } from 'solid-js';

/** A grey bar in the place of words, only while a workspace comes to this device for the first time. */
export function Skeleton(props: { readonly width?: string }): JSX.Element {
  return <span class="skeleton" style={{ display: 'block', width: props.width ?? '100%' }} aria-hidden="true" />;
}

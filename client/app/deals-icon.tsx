import type { JSX } from 'solid-js';

/** Three columns of a board: the sign of deals, drawn on the same grid as the lucide icons beside it. */
export function DealsIcon(props: { readonly class?: string; readonly size?: string | number }): JSX.Element {
  return (
    <svg
      class={['lucide', props.class].filter(Boolean).join(' ')}
      width={props.size ?? 24}
      height={props.size ?? 24}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <rect x="3" y="3.75" width="5.1" height="16.5" rx="1.5" />
      <rect x="9.45" y="3.75" width="5.1" height="11.4" rx="1.5" />
      <rect x="15.9" y="3.75" width="5.1" height="7.5" rx="1.5" />
    </svg>
  );
}

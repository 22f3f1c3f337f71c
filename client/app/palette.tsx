import type { JSX } from 'solid-js';
export function Palette(_props: { readonly onClose: () => void }): JSX.Element {
  return <></>;
}

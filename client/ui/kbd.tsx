import { For } from 'solid-js';
import { keyLabels } from './keys.ts';

/** Key caps for a combination such as "Mod+K". Decoration: the control itself carries `aria-keyshortcuts`. */
export function Kbd(props: { keys: string }) {
  return (
    <span class="kbds" aria-hidden="true">
      <For each={keyLabels(props.keys)}>{(label) => <kbd class="kbd">{label}</kbd>}</For>
    </span>
  );
}

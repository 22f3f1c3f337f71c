import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from './icon.ts';

export interface StatusWordProps {
  /** Plain is quiet, strong is for now, warning asks for attention, danger is late or failed. */
  readonly tone?: 'plain' | 'strong' | 'success' | 'warning' | 'danger';
  readonly icon?: Icon;
  readonly children: JSX.Element;
}

const TONE_CLASS = { plain: '', strong: 'due--today', success: 'due--done', warning: 'due--none', danger: 'due--over' };

/** A state said in words with an icon, coloured as text: "2 days late", "No next step". */
export function StatusWord(props: StatusWordProps): JSX.Element {
  return (
    <span class={['due', TONE_CLASS[props.tone ?? 'plain']].filter(Boolean).join(' ')}>
      <Show when={props.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
      {props.children}
    </span>
  );
}

/** A number in a small disc: how many wait. Hot asks to be looked at. */
export function Badge(props: { readonly hot?: boolean; readonly children: JSX.Element }): JSX.Element {
  return (
    <span class="count" classList={{ 'count--hot': props.hot }}>
      {props.children}
    </span>
  );
}

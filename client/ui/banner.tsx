import CircleAlert from 'lucide-solid/icons/circle-alert';
import Info from 'lucide-solid/icons/info';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from './icon.ts';

export interface BannerProps {
  readonly tone?: 'info' | 'warning' | 'danger';
  readonly icon?: Icon;
  /** Buttons at the right end. */
  readonly actions?: JSX.Element;
  readonly children: JSX.Element;
}

const TONE_ICON = { info: Info, warning: TriangleAlert, danger: CircleAlert };

/** Something lasting about the whole screen, across its top: what happened, what is safe, what to do. */
export function Banner(props: BannerProps): JSX.Element {
  return (
    <div class={`banner banner--${props.tone ?? 'info'}`} role={props.tone === 'danger' ? 'alert' : 'status'}>
      <Dynamic component={props.icon ?? TONE_ICON[props.tone ?? 'info']} />
      <div class="banner__text">{props.children}</div>
      <Show when={props.actions}>
        <div class="banner__actions">{props.actions}</div>
      </Show>
    </div>
  );
}

export interface CalloutProps extends BannerProps {
  readonly title?: string;
}

/** The same inside a page: a box beside what it is about. */
export function Callout(props: CalloutProps): JSX.Element {
  return (
    <div class={`callout callout--${props.tone === 'info' || !props.tone ? 'accent' : props.tone}`} role="note">
      <Dynamic component={props.icon ?? TONE_ICON[props.tone ?? 'info']} />
      <div class="grow">
        <Show when={props.title}>
          <strong class="callout__title">{props.title}</strong>
        </Show>
        {props.children}
      </div>
      <Show when={props.actions}>
        <div class="row">{props.actions}</div>
      </Show>
    </div>
  );
}

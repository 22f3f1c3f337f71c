/** The parts settings are made of: a headed group, and a row with a control at its end. */
import { createUniqueId, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from '../../ui/icon.ts';
import styles from './settings.module.css';

export function SettingGroup(props: {
  readonly title: JSX.Element;
  readonly text?: string;
  /** Buttons at the right end of the heading. */
  readonly actions?: JSX.Element;
  readonly children: JSX.Element;
}): JSX.Element {
  const id = createUniqueId();
  return (
    <section class="set" aria-labelledby={id}>
      <header class={`set__head ${styles.head}`}>
        <div class="grow">
          <h2 id={id}>{props.title}</h2>
          <Show when={props.text}>
            <p>{props.text}</p>
          </Show>
        </div>
        <div class={styles.actions}>{props.actions}</div>
      </header>
      {props.children}
    </section>
  );
}

export function SettingRow(props: {
  readonly label: string;
  readonly hint?: string;
  readonly icon?: Icon;
  readonly children?: JSX.Element;
}): JSX.Element {
  return (
    <div class={`bk__row ${styles.row}`}>
      <Show when={props.icon}>{(icon) => <Dynamic component={icon()} class="lucide--lg fg-3" />}</Show>
      <div class="grow">
        <p class="fw-5">{props.label}</p>
        <Show when={props.hint}>
          <p class={`meta ${styles.hint}`}>{props.hint}</p>
        </Show>
      </div>
      <Show when={props.children}>
        <div class={styles.control}>{props.children}</div>
      </Show>
    </div>
  );
}

import { For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from './icon.ts';

export interface Tab<T extends string = string> {
  readonly id: T;
  readonly label: string;
  readonly icon?: Icon;
  readonly count?: string;
  /** Something of this view was changed and is not kept yet. */
  readonly dirty?: boolean;
  readonly closable?: boolean;
}

export interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly selected: T;
  readonly onSelect: (id: T) => void;
  /** Delete on a closable tab. */
  readonly onClose?: (id: T) => void;
  /** Id of the element whose content the tabs switch. */
  readonly panelId?: string;
}

/** Views beside each other. Arrows, Home and End move and select; Delete closes a closable one. */
export function Tabs<T extends string>(props: TabsProps<T>): JSX.Element {
  let list!: HTMLDivElement;

  function onKeyDown(event: KeyboardEvent): void {
    const at = props.tabs.findIndex((tab) => tab.id === props.selected);
    const count = props.tabs.length;
    const current = props.tabs[at];
    if (event.key === 'Delete' && current?.closable) {
      event.preventDefault();
      props.onClose?.(current.id);
      return;
    }
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: count - 1 }[event.key];
    if (to === undefined) return;
    const place = (to + count) % count;
    const next = props.tabs[place];
    if (next === undefined) return;
    event.preventDefault();
    props.onSelect(next.id);
    (list.children[place] as HTMLElement | undefined)?.focus();
  }

  return (
    <div class="tabs" role="tablist" aria-label={props.label} ref={list}>
      <For each={props.tabs}>
        {(tab) => (
          <button
            type="button"
            role="tab"
            class="tab"
            aria-selected={props.selected === tab.id}
            aria-controls={props.panelId}
            tabIndex={props.selected === tab.id ? 0 : -1}
            onClick={() => props.onSelect(tab.id)}
            onKeyDown={onKeyDown}
          >
            <Show when={tab.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
            {tab.label}
            <Show when={tab.count}>
              <span class="count">{tab.count}</span>
            </Show>
            <Show when={tab.dirty}>
              <span class="tab__dirty">
                <span class="sr">changed</span>
              </span>
            </Show>
          </button>
        )}
      </For>
    </div>
  );
}

import { For, Index, type JSX, Show } from 'solid-js';
import { Kbd } from './kbd.tsx';

export interface ShortcutGroup {
  readonly title: string;
  readonly items: readonly {
    readonly label: string;
    /** Combinations, each as in `Kbd`. */
    readonly keys: readonly string[];
    /** How several belong together: pressed one after the other, or either of them (the default). */
    readonly join?: 'then' | 'or';
  }[];
}

/** All keys, grouped by where they work: the inside of the shortcut dialog. */
export function ShortcutList(props: { readonly groups: readonly ShortcutGroup[] }): JSX.Element {
  return (
    <div class="shortcuts">
      <For each={props.groups}>
        {(group) => (
          <section class="shortcuts__group">
            <h3 class="shortcuts__title">{group.title}</h3>
            <dl>
              <For each={group.items}>
                {(item) => (
                  <div class="shortcuts__row">
                    <dt>{item.label}</dt>
                    <dd>
                      <Index each={item.keys}>
                        {(keys, index) => (
                          <>
                            <Show when={index > 0}>
                              <span class="fg-3 fs-11">{item.join ?? 'or'}</span>
                            </Show>
                            <Kbd keys={keys()} />
                            <span class="sr">{keys().replaceAll('+', ' ')}</span>
                          </>
                        )}
                      </Index>
                    </dd>
                  </div>
                )}
              </For>
            </dl>
          </section>
        )}
      </For>
    </div>
  );
}

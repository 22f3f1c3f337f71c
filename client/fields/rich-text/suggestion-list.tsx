/** The list that opens while somebody writes `@` or `/`: arrows and Enter or Tab choose, Esc closes, the caret stays where it is. */
import type { SuggestionKeyDownProps, SuggestionOptions, SuggestionProps } from '@tiptap/suggestion';
import { type Accessor, createEffect, createSignal, createUniqueId, For, type JSX, onCleanup, Show } from 'solid-js';
import { render } from 'solid-js/web';

export interface SuggestionRow {
  readonly label: string;
  /** Quiet words behind the label. */
  readonly about?: string;
}

interface OpenList<I> {
  readonly items: readonly I[];
  readonly choose: (item: I) => void;
}

type Renderer<I> = NonNullable<SuggestionOptions<I, I>['render']>;

export function suggestionList<I>(label: string, rowOf: (item: I) => SuggestionRow, emptyWords: string): Renderer<I> {
  return () => {
    const [list, setList] = createSignal<OpenList<I>>({ items: [], choose: () => undefined });
    const [active, setActive] = createSignal(0);
    const listId = createUniqueId();
    let close: (() => void) | undefined;

    function show(found: SuggestionProps<I, I>): void {
      setList({ items: found.items, choose: found.command });
      setActive((at) => Math.min(at, Math.max(0, found.items.length - 1)));
    }
    function stop(): void {
      close?.();
      close = undefined;
    }
    return {
      onStart(found) {
        stop();
        setActive(0);
        show(found);
        const box = document.createElement('div');
        box.className = 'popover suggest';
        const dispose = render(
          () => (
            <Rows
              listId={listId}
              label={label}
              list={list}
              active={active}
              rowOf={rowOf}
              emptyWords={emptyWords}
              dom={found.editor.view.dom}
            />
          ),
          box,
        );
        const unmount = found.mount(box);
        close = () => {
          unmount();
          dispose();
          box.remove();
        };
      },
      onUpdate: show,
      onExit: stop,
      onKeyDown({ event }: SuggestionKeyDownProps) {
        const { items, choose } = list();
        if (event.key === 'Escape') {
          // It closes this list, and nothing around it.
          event.stopPropagation();
          stop();
          return true;
        }
        if (items.length === 0) return false;
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          const step = event.key === 'ArrowDown' ? 1 : -1;
          setActive((at) => (at + step + items.length) % items.length);
          return true;
        }
        const item = items[active()];
        if ((event.key !== 'Enter' && event.key !== 'Tab') || item === undefined || event.metaKey || event.ctrlKey) {
          return false;
        }
        choose(item);
        return true;
      },
    };
  };
}

function Rows<I>(props: {
  readonly listId: string;
  readonly label: string;
  readonly list: Accessor<OpenList<I>>;
  readonly active: Accessor<number>;
  readonly rowOf: (item: I) => SuggestionRow;
  readonly emptyWords: string;
  /** What has the focus: it names the active row. */
  readonly dom: HTMLElement;
}): JSX.Element {
  const rowId = (index: number) => `${props.listId}-${index}`;
  createEffect(() => {
    props.dom.setAttribute('aria-controls', props.listId);
    props.dom.setAttribute('aria-activedescendant', rowId(props.active()));
  });
  onCleanup(() => {
    props.dom.removeAttribute('aria-controls');
    props.dom.removeAttribute('aria-activedescendant');
  });
  return (
    <div class="menu suggest__list" role="listbox" id={props.listId} aria-label={props.label}>
      <For each={props.list().items} fallback={<p class="suggest__empty">{props.emptyWords}</p>}>
        {(item, index) => (
          <div
            role="option"
            id={rowId(index())}
            class="menu__item suggest__row"
            aria-selected={index() === props.active()}
            classList={{ 'is-active': index() === props.active() }}
            ref={(element) =>
              createEffect(() => index() === props.active() && element.scrollIntoView?.({ block: 'nearest' }))
            }
            onPointerDown={(event) => {
              event.preventDefault();
              props.list().choose(item);
            }}
          >
            <span class="truncate">{props.rowOf(item).label}</span>
            <Show when={props.rowOf(item).about}>{(about) => <span class="meta push truncate">{about()}</span>}</Show>
          </div>
        )}
      </For>
    </div>
  );
}

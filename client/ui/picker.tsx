import Check from 'lucide-solid/icons/check';
import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import { findMatches, foldLabel } from './combobox-model.ts';

/** How many rows are in the DOM at most; the rest is reached by typing. */
const SHOWN = 50;

export interface PickerProps<T> {
  readonly label: string;
  readonly options: readonly T[];
  readonly optionValue: (option: T) => string;
  readonly optionLabel: (option: T) => string;
  /** Quiet words at the right edge of a row. */
  readonly optionMeta?: (option: T) => string | undefined;
  /** An avatar, mark or glyph before the label. */
  readonly optionLead?: (option: T) => JSX.Element;
  readonly isChosen: (value: string) => boolean;
  readonly onPick: (option: T) => void;
  /** With it, a query that is no label yet gets a row that makes it, named by `createLabel`. */
  readonly onCreate?: (query: string) => void;
  readonly createLabel?: (query: string) => string;
  /** A row above the list that takes the choice away, for instance "No owner". */
  readonly clearLabel?: string;
  readonly onClear?: () => void;
  readonly placeholder?: string;
  /** Said when nothing matches. */
  readonly emptyText?: string;
  readonly initialQuery?: string;
  /** Backspace in the empty search field. */
  readonly onBackspace?: () => void;
  /** Several can be chosen: rows show boxes and picking clears the query. */
  readonly multiple?: boolean;
}

type Row<T> = { kind: 'option'; option: T } | { kind: 'create' } | { kind: 'clear' };

/** A search field over a list: the inside of `Combobox`, also usable in a popover or dialog of its own. */
export function Picker<T>(props: PickerProps<T>): JSX.Element {
  const listId = createUniqueId();
  const [query, setQuery] = createSignal(props.initialQuery ?? '');
  const [moved, setMoved] = createSignal<number>();

  const folded = createMemo(() => props.options.map((option) => foldLabel(props.optionLabel(option))));
  const matches = createMemo(() => findMatches(folded(), query(), SHOWN));
  const exact = createMemo(() => folded().includes(foldLabel(query().trim())));
  const rows = createMemo(() => {
    const found: Row<T>[] = matches().indexes.flatMap((index) => {
      const option = props.options[index];
      return option === undefined ? [] : [{ kind: 'option', option }];
    });
    if (props.onClear && query() === '') found.unshift({ kind: 'clear' });
    if (props.onCreate && query().trim() !== '' && !exact()) found.push({ kind: 'create' });
    return found;
  });
  /** The row that Enter takes: the chosen one until somebody types or moves. */
  const active = createMemo(() => {
    const at = moved();
    if (at !== undefined) return Math.min(at, rows().length - 1);
    if (query() !== '') return 0;
    const chosen = rows().findIndex((row) => row.kind === 'option' && props.isChosen(props.optionValue(row.option)));
    return Math.max(chosen, 0);
  });

  function take(row: Row<T> | undefined): void {
    if (row === undefined) return;
    if (row.kind === 'create') props.onCreate?.(query().trim());
    else if (row.kind === 'clear') props.onClear?.();
    else props.onPick(row.option);
    if (props.multiple) setQuery('');
  }

  function move(to: number): void {
    const count = rows().length;
    if (count === 0) return;
    const next = (to + count) % count;
    setMoved(next);
    document.getElementById(`${listId}-${next}`)?.scrollIntoView?.({ block: 'nearest' });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') move(active() + 1);
    else if (event.key === 'ArrowUp') move(active() - 1);
    else if (event.key === 'PageDown') move(Math.min(active() + 8, rows().length - 1));
    else if (event.key === 'PageUp') move(Math.max(active() - 8, 0));
    else if (event.key === 'Enter') take(rows()[active()]);
    else if (event.key === 'Backspace' && query() === '' && props.onBackspace) props.onBackspace();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="picker">
      <div class="picker__search">
        <Search />
        <input
          role="combobox"
          aria-label={props.label}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={listId}
          aria-activedescendant={rows().length > 0 ? `${listId}-${active()}` : undefined}
          autocomplete="off"
          spellcheck={false}
          placeholder={props.placeholder ?? 'Search'}
          value={query()}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setMoved(undefined);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        class="menu picker__list"
        role="listbox"
        id={listId}
        aria-label={props.label}
        aria-multiselectable={props.multiple}
      >
        <For each={rows()}>
          {(row, index) => (
            <div
              role="option"
              tabIndex={-1}
              id={`${listId}-${index()}`}
              class="menu__item"
              classList={{ 'is-active': active() === index(), picker__new: row.kind === 'create' }}
              aria-selected={row.kind === 'option' && props.isChosen(props.optionValue(row.option))}
              onPointerMove={() => active() !== index() && setMoved(index())}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(row)}
              onKeyDown={onKeyDown}
            >
              {row.kind === 'option' ? (
                <OptionRow picker={props} option={row.option} />
              ) : row.kind === 'create' ? (
                <>
                  <Plus />
                  <span class="truncate">
                    {(props.createLabel ?? ((text: string) => `Create “${text}”`))(query().trim())}
                  </span>
                </>
              ) : (
                <span class="fg-3">{props.clearLabel ?? 'None'}</span>
              )}
            </div>
          )}
        </For>
      </div>
      <Show when={rows().length === 0}>
        <p class="picker__note" role="status">
          {props.emptyText ?? 'Nothing found'}
        </p>
      </Show>
      <Show when={matches().total > SHOWN}>
        <p class="picker__note">{matches().total - SHOWN} more. Keep typing to narrow it down.</p>
      </Show>
    </div>
  );
}

function OptionRow<T>(props: { readonly picker: PickerProps<T>; readonly option: T }): JSX.Element {
  const chosen = () => props.picker.isChosen(props.picker.optionValue(props.option));
  return (
    <>
      {props.picker.optionLead?.(props.option)}
      <span class="truncate">{props.picker.optionLabel(props.option)}</span>
      <Show when={props.picker.optionMeta?.(props.option)}>
        <span class="meta">{props.picker.optionMeta?.(props.option)}</span>
      </Show>
      <Show
        when={props.picker.multiple}
        fallback={
          <Show when={chosen()}>
            <span class="push menu__on">
              <Check />
            </span>
          </Show>
        }
      >
        <span class="push check" classList={{ 'is-on': chosen() }} aria-hidden="true" />
      </Show>
    </>
  );
}

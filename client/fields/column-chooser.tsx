/** Choosing the columns of a table: find, show, hide, and put into order by dragging or with the arrow keys. */
import Columns from 'lucide-solid/icons/columns-3';
import GripVertical from 'lucide-solid/icons/grip-vertical';
import Lock from 'lucide-solid/icons/lock';
import Search from 'lucide-solid/icons/search';
import { createMemo, createSignal, For, type JSX, onCleanup, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { foldText } from '../../shared/model/text-order.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { type ColumnInfo, NAME_COLUMN, type RecordList } from './record-list.ts';

export function ColumnChooser(props: { readonly list: RecordList }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  return (
    <Popover
      label="Columns"
      open={open()}
      onOpenChange={setOpen}
      placement="bottom-end"
      class="colpicker"
      trigger={(trigger) => (
        <Button {...trigger} size="sm" icon={Columns} class={open() ? 'btn--toggled' : ''}>
          Columns
        </Button>
      )}
    >
      <ColumnPanel list={props.list} />
    </Popover>
  );
}

function ColumnPanel(props: { readonly list: RecordList }): JSX.Element {
  const [query, setQuery] = createSignal('');
  const [spoken, setSpoken] = createSignal('');
  const [dragged, setDragged] = createSignal<string>();
  let shownList!: HTMLDivElement;

  const matches = (column: ColumnInfo) => foldText(column.header).includes(foldText(query().trim()));
  const info = (id: string) => props.list.columns.find((column) => column.id === id);
  const ids = () => props.list.choice.state().shown;
  const shown = createMemo(() => ids().filter((id) => matches(info(id) as ColumnInfo)));
  const hidden = createMemo(() =>
    props.list.columns.filter((column) => column.id !== NAME_COLUMN && !ids().includes(column.id) && matches(column)),
  );

  function move(id: string, to: number): void {
    const at = Math.max(0, Math.min(to, ids().length - 1));
    if (ids()[at] === id) return;
    props.list.choice.move(id, at);
    setSpoken(`${info(id)?.header}, ${at + 1} of ${ids().length}`);
  }
  /** Rows are re-used by id, so the grip keeps the focus while its row moves. */
  function onGripKey(event: KeyboardEvent, id: string): void {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    move(id, ids().indexOf(id) + by);
    (event.currentTarget as HTMLElement).focus();
  }
  // On the document: a row that moves in the tree loses a captured pointer.
  const drop = () => setDragged(undefined);
  document.addEventListener('pointermove', onGripMove);
  document.addEventListener('pointerup', drop);
  document.addEventListener('pointercancel', drop);
  onCleanup(() => {
    document.removeEventListener('pointermove', onGripMove);
    document.removeEventListener('pointerup', drop);
    document.removeEventListener('pointercancel', drop);
  });
  /** The row under the pointer gives way: positions are read from the rows, which all have one height. */
  function onGripMove(event: PointerEvent): void {
    const id = dragged();
    if (id === undefined) return;
    const rows = [...shownList.querySelectorAll<HTMLElement>('[data-column]')];
    const over = rows.findIndex((row) => event.clientY < row.getBoundingClientRect().bottom);
    move(id, over < 0 ? rows.length - 1 : over);
  }

  return (
    <>
      <div class="colpicker__search">
        <Search class="lucide--sm" />
        <input
          class="colpicker__input"
          aria-label="Find a field"
          placeholder="Find a field"
          autocomplete="off"
          value={query()}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      <div class="colpicker__lists">
        <p class="menu__title">Shown {ids().length + 1}</p>
        <Show when={query().trim() === ''}>
          <div class="menu__item colpicker__row">
            <span class="colpicker__grip">
              <Lock class="lucide--sm" />
            </span>
            <Dynamic component={info(NAME_COLUMN)?.icon} class="lucide--sm" />
            {info(NAME_COLUMN)?.header}
          </div>
        </Show>
        <div ref={shownList}>
          <For each={shown()}>
            {(id) => (
              <div class="menu__item colpicker__row" data-column={id} classList={{ 'is-dragged': dragged() === id }}>
                <button
                  type="button"
                  class="colpicker__grip"
                  aria-label={`Move ${info(id)?.header}`}
                  title="Drag, or arrow keys"
                  disabled={query().trim() !== ''}
                  onKeyDown={(event) => onGripKey(event, id)}
                  onPointerDown={() => setDragged(id)}
                >
                  <GripVertical class="lucide--sm" />
                </button>
                <ColumnToggle column={info(id) as ColumnInfo} list={props.list} />
              </div>
            )}
          </For>
        </div>
        <Show when={hidden().length > 0}>
          <div class="menu__sep" />
          <p class="menu__title">Hidden {hidden().length}</p>
          <For each={hidden()}>
            {(column) => (
              <div class="menu__item colpicker__row">
                <span class="colpicker__grip" />
                <ColumnToggle column={column} list={props.list} />
              </div>
            )}
          </For>
        </Show>
        <Show when={shown().length + hidden().length === 0}>
          <p class="menu__title">No field of that name</p>
        </Show>
      </div>
      <Show when={props.list.choice.isChanged()}>
        <div class="colpicker__foot">
          <button type="button" class="link" onClick={() => props.list.choice.reset()}>
            Back to the usual columns
          </button>
        </div>
      </Show>
      <span class="sr" role="status">
        {spoken()}
      </span>
    </>
  );
}

function ColumnToggle(props: { readonly column: ColumnInfo; readonly list: RecordList }): JSX.Element {
  const on = () => props.list.choice.state().shown.includes(props.column.id);
  return (
    <label class="colpicker__label">
      <Dynamic component={props.column.icon} class="lucide--sm" />
      <span class="grow truncate">{props.column.header}</span>
      <input type="checkbox" class="check" checked={on()} onChange={() => props.list.choice.toggle(props.column.id)} />
    </label>
  );
}

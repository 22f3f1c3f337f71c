import { fireEvent, render, screen, within } from '@solidjs/testing-library';
import { createMemo, createSignal, untrack } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { CellTextEditor } from './cell-text-editor.tsx';
import { DataGrid, type DataGridHandle } from './data-grid.tsx';
import type { GridColumn, GridSort } from './grid-column.ts';

function setupGrid(count = 50_000) {
  const [ids, setIds] = createSignal(Array.from({ length: count }, (_, index) => `r${index}`));
  const [titles, setTitles] = createSignal<ReadonlyMap<string, string>>(new Map());
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set());
  const [sort, setSort] = createSignal<GridSort>({ column: 'name', direction: 'ascending' });
  const [width, setWidth] = createSignal(200);
  const onOpen = vi.fn();
  const onPeek = vi.fn();
  let handle!: DataGridHandle;
  const columns = createMemo((): GridColumn[] => [
    { id: 'name', header: 'Name', width: width(), sortable: true, cell: (id) => `Name ${id}` },
    {
      id: 'title',
      header: 'Job title',
      width: 150,
      cell: (id) => titles().get(id) ?? `Title ${id}`,
      editor: (id, edit) => (
        <CellTextEditor
          edit={edit}
          value={titles().get(id) ?? `Title ${id}`}
          onCommit={(text) => {
            if (text === '') return 'A title has at least one letter';
            setTitles((before) => new Map(before).set(id, text));
            return undefined;
          }}
        />
      ),
    },
    { id: 'value', header: 'Value', width: 90, align: 'end', sortable: true, cell: (id) => `€${id.slice(1)}` },
  ]);
  render(() => (
    <DataGrid
      label="People"
      columns={columns()}
      count={ids().length}
      idAt={(index) => ids()[index]}
      rowLabel={(id) => `Name ${id}`}
      sort={sort()}
      onSort={(column) => setSort({ column, direction: 'descending' })}
      onResize={(_, px) => setWidth(px)}
      selected={selected()}
      onSelect={setSelected}
      onOpen={onOpen}
      onPeek={onPeek}
      empty={<p>Nobody yet</p>}
      ref={(given) => {
        handle = given;
      }}
    />
  ));
  return { ids, setIds, titles, selected, sort, width, onOpen, onPeek, handle };
}
const grid = () => screen.getByRole('grid', { name: 'People' });
const rowOf = (id: string) => screen.getByText(`Name ${id}`).closest('[role="row"]') as HTMLElement;
const cell = (id: string, column: number) => rowOf(id).querySelector(`[data-col="${column}"]`) as HTMLElement;
const focused = () => document.activeElement as HTMLElement;
const press = (key: string, held: KeyboardEventInit = {}) => fireEvent.keyDown(focused(), { key, ...held });
const editor = () => screen.queryByRole('textbox') as HTMLInputElement;

test('50,000 rows are announced, and only those near the viewport are in the document', () => {
  setupGrid();
  expect(grid().getAttribute('aria-rowcount')).toBe('50001');
  expect(grid().getAttribute('aria-colcount')).toBe('4');
  const rows = within(grid()).getAllByRole('row');
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.length).toBeLessThan(40);
  expect(rowOf('r3').getAttribute('aria-rowindex')).toBe('5');
});

test('there is one tab stop, and arrows move it', () => {
  const { handle } = setupGrid();
  handle.focus();
  expect(focused()).toBe(cell('r0', 0));
  press('ArrowDown');
  press('ArrowRight');
  expect(focused()).toBe(cell('r1', 1));
  expect(grid().querySelectorAll('[tabindex="0"]')).toHaveLength(1);
});

test('End with Ctrl goes to the last of 50,000 rows, which is then in the document', () => {
  const { handle } = setupGrid();
  handle.focus();
  press('End', { ctrlKey: true });
  expect(focused()).toBe(cell('r49999', 2));
});

test('the focus stays with the record when the list is sorted', () => {
  const { handle, ids, setIds } = setupGrid();
  handle.focusRecord('r2', 'title');
  const before = cell('r2', 1);
  setIds([...ids()].reverse());
  expect(focused()).toBe(before);
  expect(rowOf('r2').getAttribute('aria-rowindex')).toBe(String(49_997 + 2));
  press('ArrowUp');
  expect(focused()).toBe(cell('r3', 1));
});

test('the focus goes to the row that takes the place of a removed record', () => {
  const { handle, ids, setIds } = setupGrid(5);
  handle.focusRecord('r1', 'value');
  setIds(ids().filter((id) => id !== 'r1'));
  expect(focused()).toBe(cell('r2', 2));
});

test('typing replaces the text, Enter commits and goes down', () => {
  const { handle, titles } = setupGrid();
  handle.focusRecord('r1', 'title');
  press('C');
  expect(editor().value).toBe('C');
  fireEvent.input(editor(), { target: { value: 'Chief' } });
  press('Enter');
  expect(titles().get('r1')).toBe('Chief');
  expect(editor()).toBeNull();
  expect(focused()).toBe(cell('r2', 1));
});

test('Escape restores, Tab commits and goes on', () => {
  const { handle, titles } = setupGrid();
  handle.focusRecord('r1', 'title');
  press('Enter');
  fireEvent.input(editor(), { target: { value: 'Chief' } });
  press('Escape');
  expect(titles().size).toBe(0);
  expect(focused()).toBe(cell('r1', 1));
  press('F2');
  fireEvent.input(editor(), { target: { value: 'Chief' } });
  press('Tab');
  expect(titles().get('r1')).toBe('Chief');
  expect(focused()).toBe(cell('r1', 2));
});

test('a refused value stays in the cell with its reason', () => {
  const { handle, titles } = setupGrid();
  handle.edit('r1', 'title');
  fireEvent.input(editor(), { target: { value: '' } });
  press('Enter');
  expect(screen.getByRole('alert').textContent).toBe('A title has at least one letter');
  expect(titles().size).toBe(0);
  expect(editor()).not.toBeNull();
});

test('an edit in flight stays with its record, with caret and text, when the list is sorted', () => {
  const { handle, ids, setIds, titles } = setupGrid();
  handle.edit('r2', 'title');
  fireEvent.input(editor(), { target: { value: 'Half a ti' } });
  const input = editor();
  setIds([...ids()].reverse());
  expect(editor()).toBe(input);
  expect(focused()).toBe(input);
  expect(input.value).toBe('Half a ti');
  press('Enter');
  expect(titles().get('r2')).toBe('Half a ti');
});

test('what was typed is kept when the record leaves the list', () => {
  const { handle, ids, setIds, titles } = setupGrid();
  handle.edit('r2', 'title');
  fireEvent.input(editor(), { target: { value: 'Chief' } });
  setIds(ids().filter((id) => id !== 'r2'));
  expect(titles().get('r2')).toBe('Chief');
  expect(editor()).toBeNull();
});

test('Enter in the first column opens, Ctrl Enter opens anywhere, Space peeks', () => {
  const { handle, onOpen, onPeek } = setupGrid();
  handle.focusRecord('r1');
  press('Enter');
  handle.focusRecord('r2', 'value');
  press('Enter', { ctrlKey: true });
  press(' ');
  expect(onOpen.mock.calls).toEqual([['r1'], ['r2']]);
  expect(onPeek.mock.calls).toEqual([['r2']]);
});

test('X selects, Shift X selects the range, Ctrl A all, Escape nothing', () => {
  const { handle, selected } = setupGrid(100);
  handle.focusRecord('r1', 'title');
  press('x');
  press('ArrowDown');
  press('ArrowDown');
  press('X', { shiftKey: true });
  expect([...selected()]).toEqual(['r1', 'r2', 'r3']);
  expect(rowOf('r2').getAttribute('aria-selected')).toBe('true');
  press('a', { ctrlKey: true });
  expect(selected().size).toBe(100);
  expect((screen.getByRole('checkbox', { name: 'Select all' }) as HTMLInputElement).checked).toBe(true);
  press('Escape');
  expect(selected().size).toBe(0);
});

test('boxes select too, with Shift a range', () => {
  const { selected } = setupGrid(100);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select Name r2' }));
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select Name r4' }), { shiftKey: true });
  expect([...selected()]).toEqual(['r2', 'r3', 'r4']);
  expect((screen.getByRole('checkbox', { name: 'Select Name r3' }) as HTMLInputElement).checked).toBe(true);
});

test('a header sorts by click and by Enter and says how it is sorted', () => {
  const { handle, sort } = setupGrid();
  const name = screen.getByRole('columnheader', { name: 'Name' });
  expect(name.getAttribute('aria-sort')).toBe('ascending');
  fireEvent.click(screen.getByRole('columnheader', { name: 'Value' }));
  expect(sort()).toEqual({ column: 'value', direction: 'descending' });
  expect(name.getAttribute('aria-sort')).toBe('none');
  handle.focusRecord('r0');
  press('ArrowUp');
  expect(focused()).toBe(name);
  press('Enter');
  expect(sort().column).toBe('name');
});

test('Shift and the arrows change the width of a column without rendering its cells again', () => {
  const { handle, width } = setupGrid();
  const before = cell('r1', 0);
  handle.focusRecord('r0');
  press('ArrowUp');
  press('ArrowRight', { shiftKey: true });
  expect(width()).toBe(216);
  for (let step = 0; step < 30; step += 1) press('ArrowLeft', { shiftKey: true });
  expect(width()).toBe(64);
  expect(cell('r1', 0)).toBe(before);
});

test('a letter in the first column is left to the page', () => {
  const { handle } = setupGrid();
  const onPage = vi.fn();
  window.addEventListener('keydown', onPage, { once: true });
  handle.focusRecord('r1');
  press('n');
  expect(onPage).toHaveBeenCalledTimes(1);
  expect(editor()).toBeNull();
});

test('an empty list shows what was given for it', () => {
  setupGrid(0);
  expect(screen.getByText('Nobody yet')).toBeTruthy();
});

test('a list that was empty at first has its first row as the place to begin', () => {
  const { setIds, handle } = setupGrid(0);
  setIds(['r0', 'r1']);
  handle.focus();
  expect(focused()).toBe(cell('r0', 0));
});

test('a cell keeps its nodes while the focus moves and rows arrive above it, so that a click on a link in it arrives', () => {
  const made = vi.fn();
  const [ids, setIds] = createSignal(['a', 'b', 'c']);
  const columns: GridColumn[] = [
    {
      id: 'name',
      header: 'Name',
      width: 200,
      cell: (id) => {
        made(id);
        return <a href={`/people/${id}`}>{id}</a>;
      },
    },
  ];
  render(() => (
    <DataGrid
      label="Links"
      columns={columns}
      count={ids().length}
      idAt={(index) => ids()[index]}
      rowLabel={(id) => id}
      selected={new Set()}
      onSelect={() => undefined}
    />
  ));
  const link = screen.getByRole('link', { name: 'b' });
  link.closest<HTMLElement>('[data-col]')?.focus();
  setIds(['new', 'a', 'b', 'c']);
  expect(screen.getByRole('link', { name: 'b' })).toBe(link);
  expect(made.mock.calls.filter(([id]) => id === 'b')).toHaveLength(1);
});

test('the box of a row chosen by a click is ticked', () => {
  const { selected } = setupGrid(5);
  const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select Name r1' });
  fireEvent.click(box);
  expect(selected()).toEqual(new Set(['r1']));
  expect(box.checked).toBe(true);
  fireEvent.click(box);
  expect(box.checked).toBe(false);
});

test('on a phone the entries of the list get boxes, and a tap on an entry selects instead of opening it', () => {
  const query = { matches: true, addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('matchMedia', () => query);
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set());
  render(() => (
    <DataGrid
      label="People"
      columns={[]}
      count={3}
      idAt={(index) => `r${index}`}
      rowLabel={(id) => `Name ${id}`}
      selected={selected()}
      onSelect={setSelected}
      mobileRow={(id) => <a href={`/${id}`}>Name {id}</a>}
      footer={<span>3 people</span>}
    />
  ));
  expect(screen.queryByRole('checkbox')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Select' }));
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select Name r1' }));
  expect(untrack(() => [...selected()])).toEqual(['r1']);
  fireEvent.click(screen.getByRole('button', { name: 'Done' }));
  expect(untrack(() => selected().size)).toBe(0);
  expect(screen.queryByRole('checkbox')).toBeNull();
  vi.unstubAllGlobals();
});

import Briefcase from 'lucide-solid/icons/briefcase-business';
import Euro from 'lucide-solid/icons/euro';
import Type from 'lucide-solid/icons/type';
import { createMemo, createSignal, type JSX } from 'solid-js';
import { Avatar } from '../avatar.tsx';
import { Combobox } from '../combobox.tsx';
import { CellTextEditor } from '../data-grid/cell-text-editor.tsx';
import { DataGrid } from '../data-grid/data-grid.tsx';
import type { GridColumn, GridSort } from '../data-grid/grid-column.ts';
import { Part } from './gallery-part.tsx';

const FIRST = ['Ellen', 'Joris', 'Oliver', 'Aino', 'Lukas', 'Marcus', 'Yuki', 'Renée', 'Tobias', 'Hannah'];
const LAST = ['Strand', 'Maas', 'Hart', 'Laine', 'Brandt', 'Bell', 'Moriyama', 'Salas', 'Krahl', 'Price', 'Aubert'];
const TITLES = ['Fleet Manager', 'IT Architect', 'Managing Director', 'Procurement Lead', 'Head of Fleet'];
const OWNERS = ['Maya', 'Tomás', 'Priya', 'Jonas'];
const COUNT = 50_000;

/** Fifty thousand rows to scroll, sort, select and edit. */
export function GridSection(props: { readonly theme: string }): JSX.Element {
  const [edits, setEdits] = createSignal<ReadonlyMap<string, string>>(new Map());
  const [owners, setOwners] = createSignal<ReadonlyMap<string, number>>(new Map());
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set(['r2']));
  const [sort, setSort] = createSignal<GridSort>({ column: 'name', direction: 'ascending' });
  const [widths, setWidths] = createSignal<Readonly<Record<string, number>>>({ name: 200, title: 220, value: 110 });

  const name = (id: string) => {
    const number = Number(id.slice(1));
    return `${FIRST[number % FIRST.length]} ${LAST[number % LAST.length]}`;
  };
  const title = (id: string) => edits().get(id) ?? TITLES[Number(id.slice(1)) % TITLES.length] ?? '';
  const owner = (id: string) => owners().get(id) ?? Number(id.slice(1)) % OWNERS.length;
  const value = (id: string) => ((Number(id.slice(1)) * 7919) % 90_000) + 1000;
  const order = createMemo(() => {
    const ids = Array.from({ length: COUNT }, (_, index) => `r${index}`);
    const { column, direction } = sort();
    const sign = direction === 'ascending' ? 1 : -1;
    if (column === 'value') ids.sort((a, b) => sign * (value(a) - value(b)));
    else if (direction === 'descending') ids.reverse();
    return ids;
  });
  const columns = createMemo((): GridColumn[] => [
    {
      id: 'name',
      header: 'Name',
      icon: Type,
      width: widths().name ?? 200,
      sortable: true,
      cell: (id) => (
        <>
          <Avatar name={name(id)} tone="contact" decorative />
          <span class="truncate fw-5">{name(id)}</span>
        </>
      ),
    },
    {
      id: 'title',
      header: 'Job title',
      icon: Briefcase,
      width: widths().title ?? 220,
      cell: (id) => <span class="truncate">{title(id)}</span>,
      editor: (id, edit) => (
        <CellTextEditor
          edit={edit}
          value={title(id)}
          onCommit={(text) => {
            if (text.trim() === '') return 'A title has at least one letter';
            setEdits((before) => new Map(before).set(id, text));
            return undefined;
          }}
        />
      ),
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 120,
      cell: (id) => OWNERS[owner(id)],
      editor: (id, edit) => (
        <Combobox
          label="Owner"
          hideLabel
          defaultOpen
          initialQuery={edit.typed}
          options={OWNERS.map((label, index) => ({ id: `${index}`, label }))}
          optionValue={(option) => option.id}
          optionLabel={(option) => option.label}
          value={`${owner(id)}`}
          onChange={(chosen) => {
            setOwners((before) => new Map(before).set(id, Number(chosen)));
            edit.done('stay');
          }}
          onOpenChange={(open) => open || edit.cancel()}
        />
      ),
    },
    {
      id: 'value',
      header: 'Open value',
      icon: Euro,
      width: widths().value ?? 110,
      align: 'end',
      sortable: true,
      cell: (id) => `€${value(id).toLocaleString('en')}`,
    },
  ]);
  return (
    <Part title="Table of 50,000">
      <div class="gallery__grid">
        <DataGrid
          label={`People, ${props.theme}`}
          columns={columns()}
          count={order().length}
          idAt={(index) => order()[index]}
          rowLabel={name}
          sort={sort()}
          onSort={(column) =>
            setSort((before) => ({
              column,
              direction: before.column === column && before.direction === 'ascending' ? 'descending' : 'ascending',
            }))
          }
          onResize={(column, width) => setWidths((before) => ({ ...before, [column]: width }))}
          selected={selected()}
          onSelect={setSelected}
          onOpen={() => undefined}
          cellClass={(id, column) => (id === 'r3' && column === 'title' ? 'is-changed p-teal' : undefined)}
          mobileRow={(id) => (
            <a class="gallery__entry" href={`#${id}`}>
              <span class="fw-5">{name(id)}</span>
              <span class="fg-3">{title(id)}</span>
            </a>
          )}
          footer={
            <>
              <strong class="fw-6">50,000 people</strong>
              <span>{selected().size} selected</span>
            </>
          }
        />
      </div>
    </Part>
  );
}

/**
 * Values that are edited in a small surface beside the field: choices, references, tags and lists. Picking one of a
 * list commits at once; where several things are changed, closing commits (also a click elsewhere) and Esc restores.
 */
import CircleAlert from 'lucide-solid/icons/circle-alert';
import { type Component, createSignal, type JSX, Show, untrack } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { EntityName } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import type { AnyField, FieldKind } from '../../shared/model/field.ts';
import type { Place } from '../../shared/model/place-field.ts';
import { ok } from '../../shared/model/result.ts';
import type { Address } from '../../shared/model/set-fields.ts';
import { foldText } from '../../shared/model/text-order.ts';
import { stagesOf } from '../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../data/workspace.ts';
import { Button } from '../ui/button.tsx';
import { Picker } from '../ui/picker.tsx';
import { Popover } from '../ui/popover.tsx';
import { FieldValue, StageSign } from './field-value.tsx';
import { AddressRows, PeopleRows, ReachableRows, type RowsProps } from './list-rows.tsx';
import { parseHints } from './parse-hints.ts';
import { PositionRows } from './position-rows.tsx';
import { isNewRecord } from './record-edit.ts';
import { RecordPicker } from './record-picker.tsx';
import { YearlyDateRows } from './yearly-date-rows.tsx';

export interface PopupEditorProps {
  readonly field: AnyField;
  readonly value: unknown;
  readonly label: string;
  /** The character that started editing, when typing did. */
  readonly typed: string | undefined;
  /** Where the field stands; decides how its closed face looks. */
  readonly place: 'cell' | 'page';
  /** Writes the value; a sentence when it cannot be. */
  readonly onCommit: (value: unknown) => string | undefined;
  /** The editor is done, committed or not. */
  readonly onLeave: () => void;
}

/** What a surface works with. */
interface SurfaceProps {
  readonly field: AnyField;
  // biome-ignore lint/suspicious/noExplicitAny: each surface is only given values of its own kind.
  readonly draft: any;
  readonly setDraft: (value: unknown) => void;
  /** Takes the value and closes. */
  readonly pick: (value: unknown) => void;
  readonly typed: string | undefined;
  readonly label: string;
}

export function PopupEditor(props: PopupEditorProps): JSX.Element {
  const workspace = useWorkspace();
  const original = untrack(() => props.value);
  const [draft, setDraft] = createSignal<unknown>(original);
  const [error, setError] = createSignal<string>();
  let open = true;
  let escaped = false;

  function leave(): void {
    if (!open) return;
    open = false;
    props.onLeave();
  }
  function finish(value: unknown): void {
    if (!open) return;
    if (value === original) {
      leave();
      return;
    }
    const result = isNewRecord(value) ? ok(value) : props.field.parse(withoutBlanks(value), parseHints(workspace));
    const refused = result.ok ? props.onCommit(result.value) : result.issue.message;
    setError(refused);
    if (refused === undefined) leave();
  }

  return (
    <Popover
      label={props.label}
      open
      class={LISTS.has(props.field.kind) ? 'popover--rows' : 'popover--picker'}
      onOpenChange={(next) => {
        if (next) return;
        if (escaped) leave();
        else finish(draft());
      }}
      trigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          class={props.place === 'cell' ? 'celledit celledit--popup' : 'inline is-open'}
          aria-label={props.label}
        >
          <FieldValue field={props.field} value={original} place={props.place} />
        </button>
      )}
    >
      <div
        class="popupedit"
        on:keydown={(event) => {
          // Natively, so that it is known before the popover closes on the same key.
          if (event.key === 'Escape') escaped = true;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.isComposing) return;
          const inLine = event.target instanceof HTMLInputElement && event.target.type !== 'radio';
          if (!(inLine && LISTS.has(props.field.kind)) && !event.metaKey && !event.ctrlKey) return;
          event.preventDefault();
          finish(draft());
        }}
      >
        <Dynamic
          component={SURFACES[props.field.kind as keyof typeof SURFACES]}
          field={props.field}
          draft={draft()}
          setDraft={(value) => {
            setDraft(() => value);
            setError(undefined);
          }}
          pick={finish}
          typed={props.typed}
          label={props.label}
        />
        <Show when={error()}>
          <p class="field__error popupedit__error" role="alert">
            <CircleAlert class="lucide--sm" />
            {error()}
          </p>
        </Show>
        <Show when={LISTS.has(props.field.kind)}>
          <div class="popupedit__foot">
            <Button size="sm" variant="quiet" onClick={leave}>
              Cancel
            </Button>
            <Button size="sm" onClick={() => finish(draft())}>
              Done
            </Button>
          </div>
        </Show>
      </div>
    </Popover>
  );
}

/** Kinds whose surface is a form: Enter commits it, and it has buttons. */
const LISTS: ReadonlySet<FieldKind> = new Set([
  'emails',
  'phones',
  'addresses',
  'address',
  'people',
  'positions',
  'yearlyDates',
  'longText',
]);

/** Rows nobody filled in are no values. */
function withoutBlanks(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.filter((row) => {
    if (typeof row !== 'object' || row === null) return true;
    if ('value' in row) return String(row.value).trim() !== '';
    if ('on' in row && 'label' in row) return `${row.label}${row.on}`.trim() !== '';
    if (!('street' in row)) return true;
    return Object.entries(row).some(([part, text]) => part !== 'label' && String(text).trim() !== '');
  });
}

function ChoiceSurface(props: SurfaceProps): JSX.Element {
  const options = () => Object.entries(props.field.options ?? {}).map(([id, label]) => ({ id, label }));
  return (
    <Picker
      label={props.label}
      options={options()}
      optionValue={(option) => option.id}
      optionLabel={(option) => option.label}
      isChosen={(id) => id === props.draft}
      onPick={(option) => props.pick(option.id)}
      clearLabel={`No ${props.field.label.toLowerCase()}`}
      onClear={props.draft === null || props.field.required ? undefined : () => props.pick(null)}
      initialQuery={props.typed}
    />
  );
}

function MultiChoiceSurface(props: SurfaceProps): JSX.Element {
  const options = () => Object.entries(props.field.options ?? {}).map(([id, label]) => ({ id, label }));
  const chosen = () => props.draft as readonly string[];
  return (
    <Picker
      label={props.label}
      multiple
      options={options()}
      optionValue={(option) => option.id}
      optionLabel={(option) => option.label}
      isChosen={(id) => chosen().includes(id)}
      onPick={(option) => props.setDraft(toggled(chosen(), option.id))}
      onBackspace={() => props.setDraft(chosen().slice(0, -1))}
      initialQuery={props.typed}
    />
  );
}

function TagsSurface(props: SurfaceProps): JSX.Element {
  const chosen = () => props.draft as readonly string[];
  const known = createTagList();
  const options = () => [...new Set([...chosen(), ...known])];
  const has = (tag: string) => chosen().some((each) => foldText(each) === foldText(tag));
  return (
    <Picker
      label={props.label}
      multiple
      options={options()}
      optionValue={(tag) => tag}
      optionLabel={(tag) => tag}
      isChosen={has}
      onPick={(tag) =>
        props.setDraft(has(tag) ? chosen().filter((each) => foldText(each) !== foldText(tag)) : [...chosen(), tag])
      }
      onCreate={(tag) => props.setDraft([...chosen(), tag])}
      createLabel={(tag) => `New tag “${tag}”`}
      onBackspace={() => props.setDraft(chosen().slice(0, -1))}
      placeholder="Find or add a tag"
      emptyText="Type a word and press Enter."
      initialQuery={props.typed}
    />
  );
}

const toggled = (values: readonly string[], value: string): readonly string[] =>
  values.includes(value) ? values.filter((each) => each !== value) : [...values, value];

const TAGGED: readonly EntityName[] = ['contact', 'company', 'deal'];

/** Every tag in use in the workspace, most used first; read once. */
export function createTagList(): readonly string[] {
  const workspace = useWorkspace();
  const uses = new Map<string, number>();
  for (const name of TAGGED) {
    for (const record of workspace.collection(name).each() as Iterable<AnyRecord>) {
      for (const tag of record.tags as readonly string[]) uses.set(tag, (uses.get(tag) ?? 0) + 1);
    }
  }
  return [...uses].sort((left, right) => right[1] - left[1]).map(([tag]) => tag);
}

function PersonSurface(props: SurfaceProps): JSX.Element {
  return (
    <RecordPicker
      label={props.label}
      target="member"
      value={props.draft}
      onPick={(id) => props.pick(id)}
      clearLabel={props.field.required ? undefined : `No ${props.field.label.toLowerCase()}`}
      initialQuery={props.typed}
    />
  );
}

function RefSurface(props: SurfaceProps): JSX.Element {
  return (
    <RecordPicker
      label={props.label}
      target={props.field.target ?? ''}
      value={props.draft}
      onPick={(id) => props.pick(id)}
      onCreate={props.field.target === 'company' ? (newName) => props.pick({ newName }) : undefined}
      clearLabel={props.field.required ? undefined : `No ${props.field.label.toLowerCase()}`}
      initialQuery={props.typed}
    />
  );
}

function LinksSurface(props: SurfaceProps): JSX.Element {
  const chosen = () => props.draft as readonly string[];
  return (
    <RecordPicker
      label={props.label}
      target={(props.field.targets ?? []).join(',')}
      value={chosen()}
      onPick={(id) => {
        if (id !== null) props.setDraft(toggled(chosen(), id));
      }}
      initialQuery={props.typed}
    />
  );
}

/** The stages of the pipeline a deal is in; the command that writes it gives the rank. */
function PlaceSurface(props: SurfaceProps): JSX.Element {
  const workspace = useWorkspace();
  const place = () => props.draft as Place;
  return (
    <Picker
      label={props.label}
      options={stagesOf(workspace.collection('stage').all(), place()[0])}
      optionValue={(stage) => stage.id}
      optionLabel={(stage) => stage.name}
      optionLead={(stage) => <StageSign stageId={stage.id} />}
      isChosen={(id) => id === place()[1]}
      onPick={(stage) => props.pick([place()[0], stage.id, place()[2]])}
      initialQuery={props.typed}
    />
  );
}

/** Rows of a small form, of whichever kind. */
function rowsSurface<T>(Rows: Component<RowsProps<T>>): Component<SurfaceProps> {
  return (props) => <Rows field={props.field} value={props.draft as T} onChange={props.setDraft} typed={props.typed} />;
}

function AddressSurface(props: SurfaceProps): JSX.Element {
  const rows = () => (props.draft === null ? [] : [props.draft as Address]);
  return (
    <AddressRows
      field={props.field}
      value={rows()}
      onChange={(value) => props.setDraft(value[0] ?? null)}
      typed={props.typed}
    />
  );
}

function LongTextSurface(props: SurfaceProps): JSX.Element {
  return (
    <textarea
      class="input input--area popupedit__text"
      rows={6}
      aria-label={props.label}
      value={`${props.draft}${props.typed ?? ''}`}
      onInput={(event) => props.setDraft(event.currentTarget.value)}
    />
  );
}

const SURFACES = {
  choice: ChoiceSurface,
  multiChoice: MultiChoiceSurface,
  tags: TagsSurface,
  person: PersonSurface,
  ref: RefSurface,
  links: LinksSurface,
  place: PlaceSurface,
  emails: rowsSurface(ReachableRows),
  phones: rowsSurface(ReachableRows),
  addresses: rowsSurface(AddressRows),
  address: AddressSurface,
  people: rowsSurface(PeopleRows),
  positions: rowsSurface(PositionRows),
  yearlyDates: rowsSurface(YearlyDateRows),
  longText: LongTextSurface,
} satisfies Partial<Record<FieldKind, Component<SurfaceProps>>>;

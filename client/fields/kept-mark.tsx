/**
 * Two people changed one field while apart: the later value is shown, the other is kept. The mark says so and, one
 * click away, shows every value with who wrote it and when, and lets somebody use another one.
 */
import Split from 'lucide-solid/icons/split';
import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import { entities, isEntityName } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import type { AnyField } from '../../shared/model/field.ts';
import type { Edit } from '../../shared/sync/record-state.ts';
import { isStampOf, stampTime } from '../../shared/sync/stamp.ts';
import { useWorkspace, type Workspace } from '../data/workspace.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { fieldText } from './field-text.ts';
import { formatInstant } from './format.ts';
import { writeField } from './record-edit.ts';
import { textContext } from './reference.ts';

interface KeptPath {
  readonly path: string;
  /** Key of the element of a set-like field; null for the whole field. */
  readonly element: string | null;
  /** Highest stamp first: the first one is shown. */
  readonly edits: readonly Edit[];
}

export function KeptMark(props: { readonly record: AnyRecord; readonly name: string }): JSX.Element {
  const workspace = useWorkspace();
  const [open, setOpen] = createSignal(false);
  const kept = (): readonly KeptPath[] =>
    workspace
      .keptEdits(props.record.id)
      .filter(({ path }) => path === props.name || path.startsWith(`${props.name}:`))
      .map(({ path, edits }) => ({
        path,
        element: path === props.name ? null : path.slice(props.name.length + 1),
        edits,
      }));
  const count = () => kept().reduce((most, { edits }) => Math.max(most, edits.length), 0);
  const label = () => fieldOf(props.record, props.name)?.label ?? props.name;
  return (
    <Show when={count() > 1}>
      <Popover
        label={`Values kept for ${label()}`}
        open={open()}
        onOpenChange={setOpen}
        placement="bottom-end"
        trigger={(trigger) => (
          <button
            type="button"
            {...trigger}
            class="tag tag--warning keptmark"
            aria-label={`${label()}: ${count()} kept`}
          >
            <Split class="lucide--sm" />
            {count()} kept
          </button>
        )}
      >
        <For each={kept()}>
          {(path) => <KeptChoice record={props.record} name={props.name} kept={path} onUsed={() => setOpen(false)} />}
        </For>
      </Popover>
    </Show>
  );
}

function fieldOf(record: AnyRecord, name: string): AnyField | undefined {
  return isEntityName(record.entity) ? (entities[record.entity].fields as Record<string, AnyField>)[name] : undefined;
}

function KeptChoice(props: {
  readonly record: AnyRecord;
  readonly name: string;
  readonly kept: KeptPath;
  readonly onUsed: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const group = createUniqueId();
  const [chosen, setChosen] = createSignal(0);
  const [refused, setRefused] = createSignal<string>();
  const field = () => fieldOf(props.record, props.name) as AnyField;
  const who = (edit: Edit | undefined) => (edit ? authorOf(workspace, edit.stamp) : 'Somebody');
  const winner = () => props.kept.edits[0];
  const others = () => props.kept.edits.slice(1);
  const text = (edit: Edit) => valueText(workspace, field(), props.kept.element, edit.value);
  const story = () => {
    const authors = [...new Set(props.kept.edits.map((edit) => who(edit)))];
    if (authors.length === 1)
      return `${authors[0]} changed it on two devices while they were apart. The later value is shown, all are kept.`;
    const apart = `${listNames(others().map((edit) => who(edit)))} and ${who(winner())} changed it while apart.`;
    return `${apart} ${who(winner())} was later, so that value is shown. All are kept.`;
  };
  function use(): void {
    const edit = props.kept.edits[chosen()];
    if (!edit || !isEntityName(props.record.entity)) return;
    const value = withValue(field(), props.record[props.name], props.kept.element, edit.value);
    const sentence = writeField(workspace, props.record.entity, [props.record.id], props.name, value);
    setRefused(sentence);
    if (sentence === undefined) props.onUsed();
  }
  return (
    <div class="conflict keptbox">
      <p class="row row--6 fw-5">
        <Split />
        {props.kept.edits.length === 2 ? 'Two' : props.kept.edits.length} values for {field().label.toLowerCase()}
      </p>
      <p class="fs-12 fg-2">{story()}</p>
      <For each={props.kept.edits}>
        {(edit, index) => (
          <label class="conflict__opt" classList={{ 'is-on': chosen() === index() }}>
            <input
              type="radio"
              class="radio"
              name={group}
              checked={chosen() === index()}
              onChange={() => setChosen(index())}
            />
            <span class="grow truncate num">{text(edit)}</span>
            <span class="meta">
              {who(edit)}, {formatInstant(stampTime(edit.stamp), Date.now())}
            </span>
          </label>
        )}
      </For>
      <Show when={refused()}>
        <p class="field__error">{refused()}</p>
      </Show>
      <Show when={workspace.canWrite()}>
        <div class="row row--6">
          <Button size="sm" disabled={chosen() === 0} onClick={use}>
            Use this one
          </Button>
          <span class="meta">{chosen() === 0 ? 'Shown now' : ''}</span>
        </div>
      </Show>
    </div>
  );
}

/** First names are enough among teammates; a stamp nobody owns was written by an import or a former member. */
function authorOf(workspace: Workspace, stamp: string): string {
  const member = workspace
    .collection('member')
    .all()
    .find((each) => isStampOf(stamp, each.id));
  return member?.name.split(' ')[0] || 'Somebody';
}

function listNames(names: readonly string[]): string {
  const unique = [...new Set(names)];
  return unique.length < 2 ? (unique[0] ?? 'Somebody') : `${unique.slice(0, -1).join(', ')} and ${unique.at(-1)}`;
}

function valueText(workspace: Workspace, field: AnyField, element: string | null, value: unknown): string {
  if (element !== null && value === null) return 'Removed';
  return fieldText(field, element === null ? value : [value], textContext(workspace)) || 'Empty';
}

/** The field's value with one path replaced: the whole value, or one element of a set (null takes it out). */
export function withValue(field: AnyField, before: unknown, element: string | null, value: unknown): unknown {
  if (element === null) return field.accepts(value) ? value : field.initial;
  const elements = (field.accepts(before) ? before : field.initial) as readonly unknown[];
  const others = elements.filter((each) => field.elements?.key(each) !== element);
  return value === null ? others : [...others, value];
}

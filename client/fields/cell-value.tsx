/**
 * Values in the cells of long tables, one line each. They look like `FieldValue` but are made of as few nodes and
 * computations as possible: while somebody scrolls, some forty of them are made per frame. A tooltip for what is cut
 * off is given by the table when the pointer comes (`titleWhenCut`).
 */
import { type Component, createMemo, type JSX, Show } from 'solid-js';
import type { AnyField, FieldKind } from '../../shared/model/field.ts';
import { useWorkspace } from '../data/workspace.ts';
import { initials, personClass } from '../ui/avatar.tsx';
import { Mark } from '../ui/mark.tsx';
import { fieldText } from './field-text.ts';
import { FieldValue } from './field-value.tsx';
import { followReference, textContext } from './reference.ts';

export interface CellValueProps {
  readonly field: AnyField;
  readonly value: unknown;
}

/** Kinds whose value is a text without any sign beside it, and the class it has. */
const TEXT_CLASSES: Partial<Record<FieldKind, string>> = {
  text: 'truncate',
  longText: 'truncate',
  multiChoice: 'truncate',
  checkbox: 'truncate',
  email: 'truncate fg-2',
  phone: 'truncate fg-2',
  url: 'truncate fg-2',
  number: 'num',
  money: 'num',
  day: 'num',
  instant: 'num',
};

/** The component for the cells of a field's column. */
export function cellOf(field: AnyField): Component<CellValueProps> {
  if (TEXT_CLASSES[field.kind] !== undefined) return TextCell;
  if (field.kind === 'person') return PersonCell;
  return field.kind === 'ref' && field.target === 'company' ? CompanyCell : FieldValue;
}

function TextCell(props: CellValueProps): JSX.Element {
  const workspace = useWorkspace();
  const text = createMemo(() => fieldText(props.field, props.value, textContext(workspace)));
  return <span class={text() === '' ? 'empty-val' : TEXT_CLASSES[props.field.kind]}>{text() || '–'}</span>;
}

function PersonCell(props: CellValueProps): JSX.Element {
  const workspace = useWorkspace();
  const id = () => (typeof props.value === 'string' ? props.value : null);
  const member = createMemo(() => workspace.collection('member').byIdInTrash(id()));
  const name = () => member()?.name || 'Unknown teammate';
  return (
    <Show when={id()} fallback={<span class="empty-val">–</span>}>
      <span class={`avatar avatar--18 ${personClass(member()?.joinOrder ?? 0)}`} aria-hidden="true">
        {initials(name())}
      </span>
      <span class="truncate">{name().split(' ')[0]}</span>
    </Show>
  );
}

function CompanyCell(props: CellValueProps): JSX.Element {
  const workspace = useWorkspace();
  const target = createMemo(() =>
    typeof props.value === 'string' ? followReference(workspace, props.value) : undefined,
  );
  return (
    <Show when={target()} fallback={<span class="empty-val">–</span>}>
      {(company) => (
        <>
          <Mark name={company().title} size={16} />
          <span class={company().state === 'here' ? 'truncate' : 'truncate fg-3'}>{company().title}</span>
        </>
      )}
    </Show>
  );
}

/** Gives a cut-off text its tooltip when the pointer comes over it: none of the rows that only scroll by needs one. */
export function titleWhenCut(event: PointerEvent): void {
  const text = (event.target as Element).closest<HTMLElement>('.truncate');
  if (text?.title !== '') return;
  if (text.scrollWidth > text.clientWidth) text.title = text.textContent ?? '';
}

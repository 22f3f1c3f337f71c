/** The fields of a record on its page: name and value side by side, each edited where it stands (design guide, 5.3). */
import ArrowUpRight from 'lucide-solid/icons/arrow-up-right';
import Mail from 'lucide-solid/icons/mail';
import MessageSquare from 'lucide-solid/icons/message-square';
import Phone from 'lucide-solid/icons/phone';
import { createMemo, createSignal, For, Index, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { entities, isEntityName, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../shared/model/entity.ts';
import type { AnyField } from '../../shared/model/field.ts';
import type { Reachable } from '../../shared/model/set-fields.ts';
import { useWorkspace } from '../data/workspace.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import type { Icon } from '../ui/icon.ts';
import { type InlineEdit, InlineField, InlineText } from '../ui/inline-field.tsx';
import { DayInput } from './day-input.tsx';
import { isEditable } from './field-editor.tsx';
import { FieldIcon } from './field-icon.tsx';
import { fieldText } from './field-text.ts';
import { FieldValue } from './field-value.tsx';
import { KeptMark } from './kept-mark.tsx';
import { lineText } from './line-text.ts';
import { parseHints } from './parse-hints.ts';
import { PopupEditor } from './popup-editor.tsx';
import { FieldPresence, fieldMark } from './presence.tsx';
import { writeField } from './record-edit.ts';
import { useRecordParts } from './record-parts.ts';
import { recordHref, textContext } from './reference.ts';

export interface PropertyListProps {
  readonly record: AnyRecord;
  /** Names of fields that are always there. */
  readonly fields: readonly string[];
  /** Names of fields that are there when they hold something, or when the person asks for all. */
  readonly optional?: readonly string[];
  /** A word behind the value of a field: "Today" behind a birthday. */
  readonly note?: (name: string) => JSX.Element;
  /** Rows that are no field: `PropertyRow`. */
  readonly children?: JSX.Element;
}

export function PropertyList(props: PropertyListProps): JSX.Element {
  const [all, setAll] = createSignal(false);
  const isEmpty = (name: string) => {
    const field = fieldsOf(props.record)[name];
    return !field || field.sortKey(storedValue(props.record, name, field)) === null;
  };
  const shown = () => [...props.fields, ...(props.optional ?? []).filter((name) => all() || !isEmpty(name))];
  const hiddenCount = () => (props.optional ?? []).filter(isEmpty).length;
  return (
    <>
      <dl class="props">
        <For each={shown()}>{(name) => <Property record={props.record} name={name} note={props.note?.(name)} />}</For>
        {props.children}
      </dl>
      <Show when={hiddenCount() > 0}>
        <button type="button" class="link props__more" aria-expanded={all()} onClick={() => setAll(!all())}>
          {all() ? 'Hide empty fields' : `Show ${hiddenCount()} empty ${hiddenCount() === 1 ? 'field' : 'fields'}`}
        </button>
      </Show>
    </>
  );
}

function fieldsOf(record: AnyRecord): Entity['fields'] {
  return isEntityName(record.entity) ? entities[record.entity].fields : {};
}

function storedValue(record: AnyRecord, name: string, field: AnyField): unknown {
  const value = record[name];
  return field.accepts(value) ? value : field.initial;
}

/** A row of a `dl` whose value is worked out and not a field. */
export function PropertyRow(props: {
  readonly icon: Icon;
  readonly label: string;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <div class="prop">
      <dt>
        <Dynamic component={props.icon} class="lucide--sm" />
        <span class="truncate">{props.label}</span>
      </dt>
      <dd>
        <span class="prop__fixed">{props.children}</span>
      </dd>
    </div>
  );
}

/** One field of one record, with its label; a row of a `dl`. */
export function Property(props: {
  readonly record: AnyRecord;
  readonly name: string;
  readonly note?: JSX.Element;
}): JSX.Element {
  const parts = useRecordParts();
  const workspace = useWorkspace();
  const mark = createMemo(() => fieldMark(workspace, props.record.id, props.name));
  const field = () => fieldsOf(props.record)[props.name];
  return (
    <Show when={field()}>
      {(known) => (
        <div class="prop">
          <dt>
            <FieldIcon field={known()} />
            <span class="truncate" title={known().label}>
              {known().label}
            </span>
            <Show when={parts.field}>
              {(part) => <Dynamic component={part()} record={props.record} name={props.name} />}
            </Show>
          </dt>
          <dd class={mark()} data-field={`${props.record.id}/${props.name}`}>
            <PropertyValue record={props.record} name={props.name} />
            <Show when={mark()}>
              <FieldPresence record={props.record.id} field={props.name} />
            </Show>
            {props.note}
            <PropertyLink field={known()} value={props.record[props.name]} />
            <KeptMark record={props.record} name={props.name} />
          </dd>
        </div>
      )}
    </Show>
  );
}

/** The value alone, edited where it stands; for headings and cards that name the field otherwise. */
export function PropertyValue(props: {
  readonly record: AnyRecord;
  readonly name: string;
  /** Words for an empty field; "Add a job title" when left out. */
  readonly placeholder?: string;
  readonly class?: string;
}): JSX.Element {
  const workspace = useWorkspace();
  const field = () => fieldsOf(props.record)[props.name] as AnyField;
  const value = () => storedValue(props.record, props.name, field());
  const text = () => fieldText(field(), value(), textContext(workspace));
  const readOnly = () => !workspace.canWrite() || !isEditable(field()) || props.record.deleted;
  const placeholder = () => (readOnly() ? '–' : (props.placeholder ?? `Add ${withArticle(field())}`));
  const view = () => (text() === '' ? undefined : <FieldValue field={field()} value={value()} place="page" />);
  const write = (next: unknown) =>
    isEntityName(props.record.entity)
      ? writeField(workspace, props.record.entity, [props.record.id], props.name, next)
      : undefined;
  const line = () => (field().kind === 'emails' || field().kind === 'phones' ? undefined : lineText(field()));
  const hints = () => parseHints(workspace);
  function commitLine(typed: string): string | undefined {
    const result = line()?.fromLine(typed, field(), hints(), value());
    if (!result) return undefined;
    return result.ok ? write(result.value) : result.issue.message;
  }
  const lineValue = () => line()?.toLine(value(), field(), hints()) ?? '';

  return (
    <Switch
      fallback={
        <InlineField<unknown>
          popup
          label={field().label}
          value={value()}
          text={text()}
          view={view()}
          placeholder={placeholder()}
          readOnly={readOnly()}
          class={props.class}
          onCommit={write}
        >
          {(edit) => (
            <PopupEditor
              field={field()}
              value={value()}
              label={`${field().label} of ${recordTitle(entities, props.record)}`}
              typed={edit.typed}
              place="page"
              onCommit={write}
              onLeave={() => edit.cancel()}
            />
          )}
        </InlineField>
      }
    >
      <Match when={field().kind === 'checkbox'}>
        <span class="prop__check">
          <Checkbox
            aria-label={field().label}
            checked={value() === true}
            disabled={readOnly()}
            onChange={(checked) => write(checked)}
          />
          {text()}
        </span>
      </Match>
      <Match when={field().kind === 'longText'}>
        <InlineField<string>
          multiline
          label={field().label}
          value={value() as string}
          text={text()}
          view={view()}
          placeholder={placeholder()}
          readOnly={readOnly()}
          class={props.class}
          onCommit={(typed) => {
            const result = field().parse(typed, hints());
            return result.ok ? write(result.value) : result.issue.message;
          }}
        />
      </Match>
      <Match when={line()}>
        <InlineField<string>
          label={field().label}
          value={lineValue()}
          text={text()}
          view={view()}
          placeholder={placeholder()}
          readOnly={readOnly()}
          class={props.class}
          onCommit={commitLine}
        >
          {(edit) => (
            <Show
              when={field().kind === 'day'}
              fallback={<InlineText edit={edit} inputMode={line()?.inputMode ?? 'text'} />}
            >
              <InlineDay edit={edit} />
            </Show>
          )}
        </InlineField>
      </Match>
    </Switch>
  );
}

function InlineDay(props: { readonly edit: InlineEdit<string> }): JSX.Element {
  return (
    <DayInput
      ref={(input) => {
        if (props.edit.typed === undefined) queueMicrotask(() => input.select());
        else props.edit.setDraft(props.edit.typed);
      }}
      label={props.edit.label}
      text={props.edit.draft()}
      error={props.edit.error()}
      errorId={props.edit.errorId}
      onInput={(text) => props.edit.setDraft(text)}
      onPick={(day) => props.edit.commit(day)}
    />
  );
}

/** Where a value leads: a web page, a new mail, a call, another record. Beside the field, so that a click edits. */
function PropertyLink(props: { readonly field: AnyField; readonly value: unknown }): JSX.Element {
  return (
    <Index each={linksOf(props.field, props.value)}>
      {(target, index) => (
        <a
          class="iconbtn iconbtn--xs prop__link"
          classList={{ 'prop__link--second': index > 0 }}
          href={target().href}
          aria-label={target().label}
          title={target().label}
          target={target().outside ? '_blank' : undefined}
          rel={target().outside ? 'noopener noreferrer' : undefined}
        >
          <Dynamic component={target().icon} class="lucide--sm" />
        </a>
      )}
    </Index>
  );
}

interface ValueLink {
  readonly href: string;
  readonly label: string;
  readonly icon: Icon;
  readonly outside?: boolean;
}

function linksOf(field: AnyField, value: unknown): readonly ValueLink[] {
  if (!field.accepts(value) || field.sortKey(value) === null) return [];
  const first = Array.isArray(value) ? (value as readonly Reachable[])[0]?.value : String(value);
  if (first === undefined || first === '') return [];
  switch (field.kind) {
    case 'url': {
      const href = /^https?:\/\//.test(first) ? first : `https://${first}`;
      return [{ href, label: `Open ${first} in a new tab`, icon: ArrowUpRight, outside: true }];
    }
    case 'email':
    case 'emails':
      return [{ href: `mailto:${first}`, label: `Write to ${first}`, icon: Mail }];
    case 'phone':
    case 'phones':
      return [
        { href: telHref(first), label: `Call ${first}`, icon: Phone },
        {
          href: `sms:${telHref(first).slice('tel:'.length).split(';')[0]}`,
          label: `Text ${first}`,
          icon: MessageSquare,
        },
      ];
    case 'ref': {
      const href = recordHref(first);
      return href === undefined ? [] : [{ href, label: `Open ${field.label.toLowerCase()}`, icon: ArrowUpRight }];
    }
    default:
      return [];
  }
}

/** A `tel:` address: digits and a leading plus; an extension follows a pause. */
export function telHref(number: string): string {
  const [main = '', extension] = number.split(/\s*(?:x|ext\.?|extension)\s*/i);
  const digits = main.replace(/[^\d+*#]/g, '');
  return `tel:${digits}${extension ? `;ext=${extension.replace(/\D/g, '')}` : ''}`;
}

/** What an empty field asks for, where its plural name would sound odd. */
const ASKED: Partial<Record<AnyField['kind'], string>> = {
  emails: 'an email',
  phones: 'a phone number',
  addresses: 'an address',
  positions: 'another company',
  yearlyDates: 'a date',
  tags: 'tags',
  people: 'people',
  longText: 'a few words',
};

/** `a job title`, `an owner`, `tags`. */
function withArticle(field: AnyField): string {
  if (field.unit) return field.unit[1];
  const name = field.label.toLowerCase();
  const plural = field.kind === 'multiChoice' || /s$/.test(name);
  return ASKED[field.kind] ?? (plural ? name : `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`);
}

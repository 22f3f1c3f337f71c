/** How every kind of field looks when it is read: in a table cell (one line) and on a record's page (all of it). */
import './fields.css';
import { type Component, For, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { LIFECYCLE_STAGES } from '../../shared/entities/contact.ts';
import type { AnyField, FieldKind } from '../../shared/model/field.ts';
import type { Place } from '../../shared/model/place-field.ts';
import type { Position } from '../../shared/model/positions-field.ts';
import { optionLabel } from '../../shared/model/scalar-fields.ts';
import type { Address, Participant, Reachable } from '../../shared/model/set-fields.ts';
import type { ImportantDate } from '../../shared/model/yearly-day.ts';
import { stagesOf, statusOf } from '../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../data/workspace.ts';
import { StageGlyph, type StageHue } from '../ui/stage-glyph.tsx';
import { Tag } from '../ui/tag.tsx';
import { addressLine, fieldText } from './field-text.ts';
import { formatYearly } from './format.ts';
import { CompanyMark, ContactAvatar, MemberAvatar, MemberName } from './person.tsx';
import { followReference, textContext } from './reference.ts';

export interface FieldValueProps {
  readonly field: AnyField;
  /** The record's value of the field. */
  readonly value: unknown;
  /** One line in a table, or as much room as it needs on a page. */
  readonly place?: 'cell' | 'page';
}

/** A value as it looks. An empty one is an en dash in a cell and nothing on a page, where the field says what to add. */
export function FieldValue(props: FieldValueProps): JSX.Element {
  const empty = () => props.field.kind !== 'checkbox' && props.field.sortKey(known()) === null;
  /** Readers tolerate: what a newer build wrote and this one cannot show is shown as empty. */
  const known = () => (props.field.accepts(props.value) ? props.value : props.field.initial);
  return (
    <Show
      when={!empty()}
      fallback={
        <Show when={props.place !== 'page'}>
          <span class="empty-val" aria-label="empty">
            –
          </span>
        </Show>
      }
    >
      <Dynamic component={FACES[props.field.kind]} field={props.field} value={known()} place={props.place ?? 'cell'} />
    </Show>
  );
}

interface FaceProps {
  readonly field: AnyField;
  // biome-ignore lint/suspicious/noExplicitAny: each face is only given values of its own kind.
  readonly value: any;
  readonly place: 'cell' | 'page';
}

function TextFace(props: FaceProps): JSX.Element {
  const workspace = useWorkspace();
  const text = () => fieldText(props.field, props.value, textContext(workspace));
  return (
    <span class={props.place === 'cell' ? 'truncate' : ''} title={props.place === 'cell' ? text() : undefined}>
      {text()}
    </span>
  );
}

/** Names and words that are quieter than the name of the record. */
function QuietFace(props: FaceProps): JSX.Element {
  const workspace = useWorkspace();
  const text = () => fieldText(props.field, props.value, textContext(workspace));
  return (
    <span class={props.place === 'cell' ? 'truncate fg-2' : 'truncate'} title={text()}>
      {text()}
    </span>
  );
}

function FigureFace(props: FaceProps): JSX.Element {
  const workspace = useWorkspace();
  return <span class="num">{fieldText(props.field, props.value, textContext(workspace))}</span>;
}

function LongTextFace(props: FaceProps): JSX.Element {
  return (
    <Show when={props.place === 'page'} fallback={<span class="truncate">{props.value}</span>}>
      <span class="prewrap">{props.value}</span>
    </Show>
  );
}

/** Lifecycle stages have a coloured dot beside the word, as the design draws them; other lists are plain words. */
const LIFECYCLE_TONES: Readonly<Record<string, string>> = {
  customer: 'customer',
  evangelist: 'customer',
  opportunity: 'opportunity',
  qualified: 'opportunity',
};

function ChoiceFace(props: FaceProps): JSX.Element {
  const label = () => optionLabel(props.field.options ?? {}, props.value);
  return (
    <Show when={props.field.options === LIFECYCLE_STAGES} fallback={<span class="truncate">{label()}</span>}>
      <span class={`life life--${LIFECYCLE_TONES[props.value] ?? 'lead'}`}>
        <i class="dot" aria-hidden="true" />
        {label()}
      </span>
    </Show>
  );
}

/** In a cell the tags that do not fit are left out whole (they wrap out of sight); the tooltip has all. */
function TagsFace(props: FaceProps): JSX.Element {
  const all = () => props.value as readonly string[];
  return (
    <span class={props.place === 'cell' ? 'tags tags--line' : 'tags'} title={all().join(', ')}>
      <For each={all()}>{(tag) => <Tag>{tag}</Tag>}</For>
    </span>
  );
}

function PersonFace(props: FaceProps): JSX.Element {
  return (
    <span class="entity">
      <MemberAvatar memberId={props.value} decorative />
      <span class="truncate">
        <MemberName memberId={props.value} short={props.place === 'cell'} />
      </span>
    </span>
  );
}

function RefFace(props: FaceProps): JSX.Element {
  const workspace = useWorkspace();
  const target = () => followReference(workspace, props.value);
  return (
    <span class="entity" title={target().title}>
      <Switch>
        <Match when={props.field.target === 'company'}>
          <CompanyMark companyId={target().record?.id ?? props.value} />
        </Match>
        <Match when={props.field.target === 'contact'}>
          <ContactAvatar contactId={target().record?.id ?? props.value} size={18} />
        </Match>
      </Switch>
      <span class="truncate" classList={{ 'fg-3': target().state !== 'here' }}>
        {target().title}
        {target().state === 'deleted' ? ' (deleted)' : ''}
      </span>
    </span>
  );
}

function ReachablesFace(props: FaceProps): JSX.Element {
  const all = () => props.value as readonly Reachable[];
  const label = (each: Reachable) => optionLabel(props.field.options ?? {}, each.label);
  return (
    <Show
      when={props.place === 'page'}
      fallback={
        <>
          <span
            class="truncate fg-2"
            title={all()
              .map((each) => each.value)
              .join(', ')}
          >
            {all()[0]?.value}
          </span>
          <Show when={all().length > 1}>
            <span class="meta">+{all().length - 1}</span>
          </Show>
        </>
      }
    >
      <span class="valuelist">
        <For each={all()}>
          {(each) => (
            <span class="valuelist__row">
              <span class="truncate num" title={each.value}>
                {each.value}
              </span>
              <Show when={all().length > 1 || (each.label !== 'work' && each.label !== '')}>
                <span class="meta">{label(each)}</span>
              </Show>
            </span>
          )}
        </For>
      </span>
    </Show>
  );
}

function LinksFace(props: FaceProps): JSX.Element {
  const workspace = useWorkspace();
  const all = () => props.value as readonly string[];
  const text = () => fieldText(props.field, props.value, textContext(workspace));
  return (
    <Show
      when={props.place === 'page'}
      fallback={
        <span class="truncate" title={text()}>
          {text()}
        </span>
      }
    >
      <span class="valuelist">
        <For each={all()}>
          {(id) => (
            <span class="valuelist__row">
              <span class="truncate">{followReference(workspace, id).title}</span>
            </span>
          )}
        </For>
      </span>
    </Show>
  );
}

function AddressFace(props: FaceProps): JSX.Element {
  return (
    <span class={props.place === 'cell' ? 'truncate' : ''} title={addressLine(props.value)}>
      {addressLine(props.value)}
    </span>
  );
}

function AddressesFace(props: FaceProps): JSX.Element {
  const all = () => props.value as readonly Address[];
  return (
    <Show
      when={props.place === 'page'}
      fallback={
        <span class="truncate fg-2" title={all().map(addressLine).join('; ')}>
          {cityOf(all()[0])}
        </span>
      }
    >
      <span class="valuelist">
        <For each={all()}>
          {(each) => (
            <span class="valuelist__row">
              <span>{addressLine(each)}</span>
              <span class="meta">{optionLabel(props.field.options ?? {}, each.label)}</span>
            </span>
          )}
        </For>
      </span>
    </Show>
  );
}

/** Where somebody is, for a column: the town and country, the street when nothing else is known. */
function cityOf(address: Address | undefined): string {
  if (address === undefined) return '';
  return [address.city, address.country].filter(Boolean).join(', ') || addressLine(address);
}

function PeopleFace(props: FaceProps): JSX.Element {
  const workspace = useWorkspace();
  const all = () => props.value as readonly Participant[];
  const name = (each: Participant | undefined) => (each ? followReference(workspace, each.contact).title : '');
  return (
    <Show
      when={props.place === 'page'}
      fallback={
        <>
          <span class="truncate" title={all().map(name).join(', ')}>
            {name(all()[0])}
          </span>
          <Show when={all().length > 1}>
            <span class="meta">+{all().length - 1}</span>
          </Show>
        </>
      }
    >
      <span class="valuelist">
        <For each={all()}>
          {(each) => (
            <span class="valuelist__row">
              <ContactAvatar contactId={each.contact} size={18} />
              <span class="truncate">{name(each)}</span>
              <span class="meta">{optionLabel(props.field.options ?? {}, each.role)}</span>
            </span>
          )}
        </For>
      </span>
    </Show>
  );
}

/** A line per element on a page; in a cell the words for all of them. */
function Lines(props: FaceProps & { readonly children: JSX.Element }): JSX.Element {
  const workspace = useWorkspace();
  const text = () => fieldText(props.field, props.value, textContext(workspace));
  return (
    <Show
      when={props.place === 'page'}
      fallback={
        <span class="truncate fg-2" title={text()}>
          {text()}
        </span>
      }
    >
      <span class="valuelist">{props.children}</span>
    </Show>
  );
}

/** Companies one is with; those that ended say so. */
function PositionsFace(props: FaceProps): JSX.Element {
  const workspace = useWorkspace();
  return (
    <Lines {...props}>
      <For each={props.value as readonly Position[]}>
        {(each) => (
          <span class="valuelist__row">
            <CompanyMark companyId={each.company} />
            <span class="truncate" classList={{ 'fg-3': each.ended }}>
              {followReference(workspace, each.company).title}
            </span>
            <span class="meta">{[each.title, each.ended ? 'ended' : ''].filter(Boolean).join(', ')}</span>
          </span>
        )}
      </For>
    </Lines>
  );
}

function YearlyDatesFace(props: FaceProps): JSX.Element {
  return (
    <Lines {...props}>
      <For each={props.value as readonly ImportantDate[]}>
        {(each) => (
          <span class="valuelist__row">
            <span class="num">{formatYearly(each.on)}</span>
            <span class="meta truncate" title={each.label}>
              {each.label}
            </span>
          </span>
        )}
      </For>
    </Lines>
  );
}

/** A stage with its moon phase. */
function PlaceFace(props: FaceProps): JSX.Element {
  return <StageName stageId={(props.value as Place)[1]} />;
}

/** A stage by id: glyph and name. */
export function StageName(props: { readonly stageId: string }): JSX.Element {
  const workspace = useWorkspace();
  const stage = () => workspace.collection('stage').byIdInTrash(props.stageId);
  return (
    <span class="entity">
      <StageSign stageId={props.stageId} />
      <span class="truncate">{stage()?.name ?? 'No stage'}</span>
    </span>
  );
}

/** Only the glyph of a stage; `label` names it where no word stands beside it. */
export function StageSign(props: {
  readonly stageId: string;
  readonly label?: string;
  readonly size?: 14 | 16 | 20;
}): JSX.Element {
  const workspace = useWorkspace();
  const stage = () => workspace.collection('stage').byIdInTrash(props.stageId);
  const open = () =>
    stagesOf(workspace.collection('stage').all(), stage()?.pipeline ?? '').filter((each) => statusOf(each) === 'open');
  return (
    <StageGlyph
      type={statusOf(stage())}
      position={Math.max(
        open().findIndex((each) => each.id === props.stageId),
        0,
      )}
      count={open().length}
      hue={(stage()?.hue ?? 'slate') as StageHue}
      label={props.label}
      size={props.size ?? 16}
    />
  );
}

const FACES = {
  text: TextFace,
  longText: LongTextFace,
  email: QuietFace,
  phone: QuietFace,
  url: QuietFace,
  number: FigureFace,
  money: FigureFace,
  day: FigureFace,
  instant: FigureFace,
  when: FigureFace,
  links: LinksFace,
  choice: ChoiceFace,
  multiChoice: TextFace,
  tags: TagsFace,
  person: PersonFace,
  ref: RefFace,
  address: AddressFace,
  checkbox: TextFace,
  emails: ReachablesFace,
  phones: ReachablesFace,
  addresses: AddressesFace,
  people: PeopleFace,
  positions: PositionsFace,
  yearlyDates: YearlyDatesFace,
  place: PlaceFace,
  stageHistory: TextFace,
} satisfies Record<FieldKind, Component<FaceProps>>;

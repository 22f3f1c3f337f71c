/** An activity in the feed: who did what with whom, its text, and what can be done with it. */
import Pin from 'lucide-solid/icons/pin';
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { restoreRecords } from '../../../shared/commands/record-commands.ts';
import {
  type Activity,
  type ActivityKind,
  activity,
  activityKind,
  CALL_OUTCOMES,
} from '../../../shared/entities/activity.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { entityNameOf } from '../../../shared/model/id.ts';
import { beginningOf, filesIn } from '../../../shared/model/rich-parts.ts';
import type { RichDoc } from '../../../shared/model/rich-text.ts';
import { optionLabel } from '../../../shared/model/scalar-fields.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import { MemberName, RecordLink } from '../../fields/person.tsx';
import { attempt } from '../../fields/record-edit.ts';
import { EntryPart } from '../../fields/record-middle.tsx';
import { RichView } from '../../fields/rich-text/rich-view.tsx';
import { SecondFrame } from '../../fields/second-frame.tsx';
import { Button } from '../../ui/button.tsx';
import { lateComponent } from '../../ui/late.tsx';
import { Tag } from '../../ui/tag.tsx';
import { ActivityEditor } from './activity-editor.tsx';
import { ActivityMenu } from './activity-menu.tsx';
import { durationText } from './composer-model.ts';
import { KIND_ICONS } from './kinds.ts';
import { SharedText } from './shared-text.tsx';

const EntryFiles = lateComponent(() =>
  import('../../fields/files/entry-files.tsx').then((module) => module.EntryFiles),
);

export interface ActivityLineProps {
  readonly activity: Activity;
  readonly when: string;
  readonly isLast: boolean;
  readonly record: AnyRecord;
  readonly isEditing: boolean;
  readonly onEdit: (id: string | undefined) => void;
}

export function ActivityLine(props: ActivityLineProps): JSX.Element {
  const workspace = useWorkspace();
  const kind = (): ActivityKind => activityKind(props.activity);
  const doc = createMemo(() => workspace.texts.read(props.activity.id));
  const writers = () => workspace.texts.writers(props.activity.id);
  /** Those that are shown in the text are not listed under it a second time. */
  const inText = createMemo(() => new Set(filesIn(doc() ?? { type: 'doc' })));
  const files = () => workspace.about.files(props.activity.id).filter((id) => !inText().has(id));
  /** Who is named in the line itself is not listed under it. */
  const named = () => (kind() === 'note' ? undefined : withWhom(workspace, props.activity, props.record));
  const others = () => aboutOf(workspace, props.activity).filter((id) => id !== props.record.id && id !== named());
  const close = () => props.onEdit(undefined);
  function restore(): void {
    const ids = [props.activity.id];
    attempt(() => workspace.run('Entry restored', (tx) => restoreRecords(tx, { entity: activity, ids })));
  }
  return (
    <article
      class="tl__item tl__activity"
      classList={{ 'is-last': props.isLast, 'is-pinned': props.activity.pinned }}
      aria-label={`${props.when}`}
    >
      <span class="tl__icon">
        <Dynamic component={KIND_ICONS[kind()]} class="lucide--sm" />
      </span>
      <div class="tl__content">
        <div class="tl__head">
          <span class="tl__text">
            <Show
              when={writers()[0]}
              fallback={<WhatHappened activity={props.activity} kind={kind()} record={props.record} />}
            >
              {(writer) => (
                <>
                  <strong>
                    <MemberName memberId={writer().memberId} short />
                  </strong>
                  is writing in{' '}
                  <strong>
                    <Show when={props.activity.by} fallback="this note">
                      {(by) => (
                        <>
                          <MemberName memberId={by()} short />
                          ’s note
                        </>
                      )}
                    </Show>
                  </strong>
                </>
              )}
            </Show>
            <Outcome activity={props.activity} />
            <Show when={props.activity.pinned}>
              <Pin class="lucide--sm" aria-label="Pinned" />
            </Show>
          </span>
          <Show when={!props.activity.deleted}>
            <SecondFrame>
              <ActivityMenu activity={props.activity} doc={doc()} onEdit={() => props.onEdit(props.activity.id)} />
            </SecondFrame>
          </Show>
          <time>{props.when}</time>
        </div>
        <Show when={props.activity.deleted}>
          <p class="row row--6 tl__gone">
            <span>This entry was deleted while you were in it. Your words are kept.</span>
            <Button size="sm" onClick={restore}>
              Restore
            </Button>
            <Button size="sm" variant="quiet" onClick={close}>
              Close
            </Button>
          </p>
        </Show>
        <Switch fallback={<Body activity={props.activity} kind={kind()} doc={doc()} />}>
          <Match when={props.isEditing && kind() === 'note'}>
            <div class="tl__card">
              <SharedText
                recordId={props.activity.id}
                plain={props.activity.body}
                label="Note"
                placeholder="Write a note"
                onClose={close}
              />
            </div>
          </Match>
          <Match when={props.isEditing}>
            <ActivityEditor activity={props.activity} record={props.record} onClose={close} />
          </Match>
        </Switch>
        <Show when={files().length > 0}>
          <EntryFiles ids={files()} />
        </Show>
        <Show when={others().length > 0}>
          <p class="tl__also meta">
            <span>With</span>
            <For each={others()}>{(id) => <RecordLink id={id} class="tl__link" />}</For>
          </p>
        </Show>
        <Show when={!props.activity.deleted}>
          <EntryPart record={props.record} entryId={props.activity.id} />
        </Show>
      </div>
    </article>
  );
}

/** What an entry is about; of what was merged the record that stands for it. */
function aboutOf(workspace: Workspace, { about }: Activity): readonly string[] {
  const { survivorOf } = workspace.merges();
  return [...new Set(about.map(survivorOf))];
}

/** Whom it was with: the person of the page, else the first person, else whatever it is about. */
function withWhom(workspace: Workspace, activity: Activity, record: AnyRecord): string | undefined {
  const about = aboutOf(workspace, activity);
  const sender = senderOf(workspace, activity);
  if (sender) return sender;
  if (record.entity === 'contact' && about.includes(record.id)) return record.id;
  return about.find((id) => entityNameOf(id) === 'contact') ?? about.find((id) => id !== record.id);
}

/** Of an e-mail that came in: the one of the people it is with who has the address it came from. */
function senderOf(workspace: Workspace, activity: Activity): string | undefined {
  const from = activity.direction === 'in' ? activity.from.toLowerCase() : '';
  if (from === '') return undefined;
  return aboutOf(workspace, activity).find((id) =>
    workspace
      .collection('contact')
      .byId(id)
      ?.emails.some(({ value }) => value !== '' && from.includes(value.toLowerCase())),
  );
}

/** Who wrote an e-mail that came in from nobody it is with, as its head says: the name, else the address. */
function strangerIn(workspace: Workspace, activity: Activity): string | undefined {
  if (activity.kind !== 'email' || activity.direction !== 'in' || senderOf(workspace, activity)) return undefined;
  return activity.from.replace(/<[^>]*>/g, '').trim() || activity.from || undefined;
}

/** `Tomás called Ingrid`, `Ingrid wrote “Revised quote”`, `Tomás took a call about Heat pump 2027`. */
function WhatHappened(props: {
  readonly activity: Activity;
  readonly kind: ActivityKind;
  readonly record: AnyRecord;
}): JSX.Element {
  const workspace = useWorkspace();
  const other = () => withWhom(workspace, props.activity, props.record);
  const by = () => (
    <Show when={props.activity.by} fallback={<strong>Somebody</strong>}>
      {(id) => (
        <strong>
          <MemberName memberId={id()} short />
        </strong>
      )}
    </Show>
  );
  const isSomebody = () => ['contact', 'company'].includes(entityNameOf(other() ?? ''));
  const them = () => <Show when={other()}>{(id) => <ShortName id={id()} />}</Show>;
  const subject = () => <Show when={props.activity.subject}>{(words) => <span class="fg">“{words()}”</span>}</Show>;
  const isIn = () => props.activity.direction === 'in';
  /** With somebody, from somebody; and where it is not said with whom: by us, and by them. */
  const verbs: Readonly<Record<Exclude<ActivityKind, 'note'>, readonly [string, string, string, string]>> = {
    call: ['called', 'called', 'made a call', 'took a call'],
    email: ['wrote to', 'wrote', 'wrote an email', 'got an email'],
    meeting: ['met', 'met', 'had a meeting', 'had a meeting'],
    message: ['sent a message to', 'sent a message', 'sent a message', 'got a message'],
  };
  const verb = () => verbs[props.kind as 'call'][(isSomebody() ? 0 : 2) + (isIn() ? 1 : 0)];
  return (
    <Switch
      fallback={
        <>
          {by()} {verb()} <Show when={other()}>about {them()}</Show> {subject()}
        </>
      }
    >
      <Match when={props.kind === 'note'}>{by()} wrote a note</Match>
      <Match when={props.kind === 'email' && strangerIn(workspace, props.activity)}>
        {(name) => (
          <>
            <strong>{name()}</strong> wrote {subject()}
          </>
        )}
      </Match>
      <Match when={isSomebody() && isIn()}>
        <strong>{them()}</strong> {verb()} {subject()}
      </Match>
      <Match when={isSomebody()}>
        {by()} {verb()} {them()} {subject()}
      </Match>
    </Switch>
  );
}

/** A person by the first name, everything else by its title. */
function ShortName(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  const first = () => workspace.collection('contact').byId(props.id)?.firstName;
  return (
    <Show when={first()} fallback={<RecordLink id={props.id} class="tl__link" />}>
      {(name) => (
        <RecordLink id={props.id} class="tl__link">
          {name()}
        </RecordLink>
      )}
    </Show>
  );
}

const GOOD_OUTCOMES: ReadonlySet<string> = new Set(['reached']);

function Outcome(props: { readonly activity: Activity }): JSX.Element {
  return (
    <>
      <Show when={props.activity.outcome}>
        {(outcome) => (
          <Tag tone={GOOD_OUTCOMES.has(outcome()) ? 'success' : 'neutral'}>{optionLabel(CALL_OUTCOMES, outcome())}</Tag>
        )}
      </Show>
      <Show when={durationText(props.activity.duration)}>{(words) => <span class="meta">{words()}</span>}</Show>
    </>
  );
}

/** Of a long text the beginning is shown until somebody asks for all: a note may be a book. */
const FIRST_CHARACTERS = 1_200;
const FIRST_BLOCKS = 14;

function Body(props: {
  readonly activity: Activity;
  readonly kind: ActivityKind;
  readonly doc: RichDoc | null;
}): JSX.Element {
  const [all, setAll] = createSignal(false);
  const begun = createMemo(
    () => props.doc && beginningOf(props.doc, { blocks: FIRST_BLOCKS, characters: 3 * FIRST_CHARACTERS }),
  );
  const isLong = createMemo(() =>
    props.doc === null
      ? props.activity.body.length > FIRST_CHARACTERS ||
        props.activity.body.split('\n', FIRST_BLOCKS + 1).length > FIRST_BLOCKS
      : begun() !== props.doc,
  );
  const text = () =>
    all() || !isLong()
      ? props.activity.body
      : props.activity.body.slice(0, FIRST_CHARACTERS).split('\n').slice(0, FIRST_BLOCKS).join('\n');
  const shown = (doc: RichDoc): RichDoc => (all() ? doc : (begun() ?? doc));
  const hasText = () => props.doc !== null || props.activity.body !== '';
  return (
    <Show when={hasText()}>
      <div classList={{ tl__card: props.kind === 'note', 'tl__card--plain': props.kind !== 'note' }}>
        <Show when={props.doc} fallback={<p class="tl__body">{text()}</p>}>
          {(doc) => <RichView doc={shown(doc())} />}
        </Show>
        <Show when={isLong()}>
          <button type="button" class="link tl__more" aria-expanded={all()} onClick={() => setAll(!all())}>
            {all() ? 'Show less' : 'Show all of it'}
          </button>
        </Show>
      </div>
    </Show>
  );
}

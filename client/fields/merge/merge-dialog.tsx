/** Merging records: which one stays, what it says where they differ, and what moves along. Nothing is written before "Merge". */
import './merge.css';
import { createMemo, createSignal, createUniqueId, For, type JSX, Match, Show, Switch } from 'solid-js';
import { keepSeparate, mergeRecords, proposeAgain } from '../../../shared/commands/merge-commands.ts';
import { isMergeable, type MergeableName } from '../../../shared/entities/mergeable.ts';
import { entities, recordTitle } from '../../../shared/entities/registry.ts';
import { dayOfInstant } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import type { Reachable } from '../../../shared/model/set-fields.ts';
import { areSeparate } from '../../../shared/query/duplicates.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { formatFullDay, formatPlural } from '../format.ts';
import { attempt, describeRecords } from '../record-edit.ts';
import { RecordSign } from '../record-picker.tsx';
import { followReference, textContext } from '../reference.ts';
import {
  ALL_TEXTS,
  bestPrimary,
  type Choice,
  chosenValues,
  type MergeQuestion,
  mergePreview,
  mergeQuestions,
  usualChoice,
} from './merge-model.ts';
import { OtherPicker } from './other-picker.tsx';

export interface MergeDialogProps {
  readonly entity: string;
  /** Two or more; with one, the other is asked for first, and that one is proposed to stay. */
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onMerged?: () => void;
}

export function MergeDialog(props: MergeDialogProps): JSX.Element {
  return <Show when={isMergeable(props.entity) && props.entity}>{(name) => <Steps {...props} entity={name()} />}</Show>;
}

function Steps(props: MergeDialogProps & { readonly entity: MergeableName }): JSX.Element {
  const workspace = useWorkspace();
  const [other, setOther] = createSignal<string>();
  const ids = createMemo(() => [...props.ids, ...[other()].flatMap((id) => id ?? [])]);
  const title = () => describeRecords(workspace, props.entity, props.ids);
  return (
    <Switch>
      <Match when={ids().length < 2}>
        <Dialog
          open
          onOpenChange={(open) => !open && props.onClose()}
          title={`Merge ${title()} with…`}
          description="Those that look like the same come first."
        >
          <OtherPicker entity={props.entity} id={ids()[0] ?? ''} onPick={setOther} />
        </Dialog>
      </Match>
      <Match when={true}>
        <Comparison
          entity={props.entity}
          ids={ids()}
          proposed={other() === undefined ? undefined : props.ids[0]}
          onClose={props.onClose}
          onMerged={props.onMerged}
        />
      </Match>
    </Switch>
  );
}

function Comparison(props: {
  readonly entity: MergeableName;
  readonly ids: readonly string[];
  readonly proposed: string | undefined;
  readonly onClose: () => void;
  readonly onMerged?: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const [chosenPrimary, setPrimary] = createSignal<string>();
  const [choices, setChoices] = createSignal<ReadonlyMap<string, Choice>>(new Map());
  const [refused, setRefused] = createSignal<string>();
  const plural = () => entities[props.entity].plural.toLowerCase();
  const context = textContext(workspace);
  /** Those that can be merged: a teammate may merge or delete one while the dialog is open. */
  const records = createMemo(() =>
    props.ids.flatMap((id) => {
      const record = workspace.collection(props.entity).byId(id) as AnyRecord | undefined;
      return record?.id === id ? [record] : [];
    }),
  );
  const shownIds = createMemo(() => records().map(({ id }) => id), undefined, { equals: sameIds });
  const primaryId = () => chosenPrimary() ?? props.proposed ?? bestPrimary(props.entity, records());
  const primary = () => records().find(({ id }) => id === primaryId());
  const others = () => records().filter(({ id }) => id !== primaryId());
  const questions = createMemo(() => mergeQuestions(props.entity, records(), context));
  const questionFields = createMemo(() => questions().map(({ field }) => field), undefined, { equals: sameIds });
  const questionOf = (field: string) => questions().find((each) => each.field === field);
  const choiceOf = (field: string): Choice => {
    const question = questionOf(field);
    return choices().get(field) ?? (question ? usualChoice(question, records(), primaryId()) : primaryId());
  };
  const chosen = () => chosenValues(questions(), records(), choiceOf);
  const preview = createMemo(() => {
    const stays = primary();
    return stays ? mergePreview(props.entity, { primary: stays, others: others(), chosen: chosen(), context }) : [];
  });
  const isApart = () => new Set(props.ids.map((id) => workspace.spaces.of(id))).size > 1;
  const isGone = () => records().length < props.ids.length;
  const problem = () =>
    isApart()
      ? `These ${plural()} are in different spaces, seen by different people. Move them to one space first.`
      : isGone()
        ? 'One of them was merged or deleted meanwhile. Nothing was changed.'
        : refused();

  function merge(): void {
    const stays = primary();
    if (!stays || isApart() || isGone()) return;
    const label = `${namesOf(others())} merged into ${titleOf(stays)}`;
    const merging = {
      entity: props.entity,
      primary: stays.id,
      others: others().map(({ id }) => id),
      chosen: chosen(),
    };
    const sentence = attempt(() => workspace.run(label, (tx) => mergeRecords(tx, merging)));
    setRefused(sentence);
    if (sentence !== undefined) return;
    props.onMerged?.();
    props.onClose();
  }

  /** Of more than two that only some are kept apart is no decision about all of them. */
  const isSeparate = createMemo(() => {
    const standsFor = (id: string) => workspace.merges().survivorOf(id);
    const all = records();
    return all.every((left, at) => all.slice(at + 1).every((right) => areSeparate(left, right, standsFor)));
  });
  const whoTheyAre = () => (props.ids.length > 2 ? `${props.ids.length} ${plural()}` : namesOf(records()));

  function decide(label: string, how: typeof keepSeparate): void {
    const deciding = { entity: props.entity, ids: props.ids };
    const sentence = attempt(() => workspace.run(label, (tx) => how(tx, deciding)));
    setRefused(sentence);
    if (sentence === undefined) props.onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={`Merge ${formatPlural(props.ids.length, entities[props.entity].label.toLowerCase(), plural())}`}
      description="Choose the one that stays. The others are found there from then on, and can be taken out again at any time."
      width={Math.min(1040, 320 + 200 * props.ids.length)}
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Show
            when={isSeparate()}
            fallback={
              <Button
                aria-disabled={isGone() || undefined}
                onClick={() => !isGone() && decide(`${whoTheyAre()} kept separate`, keepSeparate)}
              >
                Keep separate
              </Button>
            }
          >
            <Button onClick={() => decide(`${whoTheyAre()} may be the same`, proposeAgain)}>Propose again</Button>
          </Show>
          <Button variant="primary" aria-disabled={isApart() || isGone() || undefined} onClick={merge}>
            Merge
          </Button>
        </>
      }
    >
      <Refusal text={problem()} />
      <Show when={isSeparate() && !isGone()}>
        <p class="fg-2">Somebody keeps them separate, so they are not proposed to each other.</p>
      </Show>
      <div class="merge" style={{ '--merge-count': String(shownIds().length) }}>
        <Row label="Stays">
          {(name) => (
            <For each={shownIds()}>
              {(id) => (
                <Cell name={name} isOn={primaryId() === id} onChoose={() => setPrimary(id)}>
                  <Who entity={props.entity} record={records().find((each) => each.id === id)} />
                </Cell>
              )}
            </For>
          )}
        </Row>
        <For each={questionFields()}>
          {(field) => (
            <Show when={questionOf(field)}>
              {(question) => (
                <QuestionRow
                  question={question()}
                  ids={shownIds()}
                  choice={choiceOf(field)}
                  onChoose={(choice) => setChoices((before) => new Map(before).set(field, choice))}
                />
              )}
            </Show>
          )}
        </For>
      </div>
      <Show when={primary()}>
        {(stays) => (
          <section class="merge__after" aria-label="After merging">
            <h3>After merging, {titleOf(stays())} also has</h3>
            <dl class="merge__facts">
              <For each={preview()}>
                {(row) => (
                  <>
                    <dt>{row.label}</dt>
                    <dd>{row.text}</dd>
                  </>
                )}
              </For>
              <dt>Moves along</dt>
              <dd>{movesAlong(workspace, others()) || 'Nothing else belongs to the others.'}</dd>
            </dl>
          </section>
        )}
      </Show>
    </Dialog>
  );
}

function QuestionRow(props: {
  readonly question: MergeQuestion;
  readonly ids: readonly string[];
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}): JSX.Element {
  return (
    <Row label={props.question.label}>
      {(name) => (
        <>
          <For each={props.ids}>
            {(id, index) => (
              <Show when={props.question.texts[index()]} fallback={<span class="merge__cell fg-3">Nothing</span>}>
                {(text) => (
                  <Cell name={name} isOn={props.choice === id} onChoose={() => props.onChoose(id)}>
                    <span class="merge__text">{text()}</span>
                  </Cell>
                )}
              </Show>
            )}
          </For>
          <Show when={props.question.canKeepAll}>
            <span class="merge__all">
              <Cell name={name} isOn={props.choice === ALL_TEXTS} onChoose={() => props.onChoose(ALL_TEXTS)}>
                All of it, one after the other
              </Cell>
            </span>
          </Show>
        </>
      )}
    </Row>
  );
}

/** Native radios of one name: arrows move and select. */
function Row(props: { readonly label: string; readonly children: (name: string) => JSX.Element }): JSX.Element {
  const id = createUniqueId();
  return (
    <div class="merge__row" role="radiogroup" aria-labelledby={id}>
      <span class="merge__label" id={id}>
        {props.label}
      </span>
      <div class="merge__cells">{props.children(`merge-${id}`)}</div>
    </div>
  );
}

function Cell(props: {
  readonly name: string;
  readonly isOn: boolean;
  readonly onChoose: () => void;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <label class="merge__cell choice" classList={{ 'is-on': props.isOn }}>
      <input type="radio" class="radio" name={props.name} checked={props.isOn} onChange={() => props.onChoose()} />
      <span class="choice__text">{props.children}</span>
    </label>
  );
}

/** What tells two records of one name apart. */
function Who(props: { readonly entity: MergeableName; readonly record: AnyRecord | undefined }): JSX.Element {
  const workspace = useWorkspace();
  const sign = (record: AnyRecord) => {
    const { company, emails, domain } = record as { company?: string; emails?: readonly Reachable[]; domain?: string };
    const place = company ? followReference(workspace, company).title : (domain ?? '') || (emails?.[0]?.value ?? '');
    const added = `added ${formatFullDay(dayOfInstant(record.createdAt))}`;
    return place === '' ? `A${added.slice(1)}` : `${place}, ${added}`;
  };
  return (
    <Show when={props.record}>
      {(record) => (
        <>
          <span class="merge__who">
            <RecordSign id={record().id} target={props.entity} />
            <span class="fw-6">{titleOf(record())}</span>
          </span>
          <span class="choice__hint">{sign(record())}</span>
        </>
      )}
    </Show>
  );
}

const titleOf = (record: AnyRecord): string => recordTitle(entities, record);

function namesOf(records: readonly AnyRecord[]): string {
  const [first] = records;
  if (records.length > 2 && first) return `${titleOf(first)} and ${records.length - 1} more`;
  return records.map(titleOf).join(' and ');
}

const MOVING = [
  ['deals', 'deal', 'deals'],
  ['people', 'person', 'people'],
  ['activities', 'entry', 'entries'],
  ['tasks', 'task', 'tasks'],
  ['appointments', 'appointment', 'appointments'],
  ['files', 'file', 'files'],
  ['comments', 'comment', 'comments'],
] as const;

/** `3 deals, 12 entries, 1 task`; '' for nothing. Tracks. */
function movesAlong(workspace: Workspace, records: readonly AnyRecord[]): string {
  return MOVING.flatMap(([list, one, many]) => {
    const count = new Set(records.flatMap(({ id }) => workspace.about[list](id))).size;
    return count === 0 ? [] : [formatPlural(count, one, many)];
  }).join(', ');
}

function sameIds(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((id, index) => id === right[index]);
}

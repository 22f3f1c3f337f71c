/** The composer's draft as signals: kept in this browser while somebody writes, turned into an activity or a task when saved. */
import { createSignal, onCleanup } from 'solid-js';
import { logActivity } from '../../../shared/commands/activity-commands.ts';
import { CommandRefused } from '../../../shared/commands/command.ts';
import { attachFiles } from '../../../shared/commands/file-commands.ts';
import { noteMentions } from '../../../shared/commands/notice-commands.ts';
import { addTask } from '../../../shared/commands/task-commands.ts';
import { ACTIVITY_KINDS, activityKind } from '../../../shared/entities/activity.ts';
import { filesIn, membersIn } from '../../../shared/model/rich-parts.ts';
import { createDrafts } from '../../data/drafts.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { currentDay } from '../../fields/reference.ts';
import {
  type ActivityToLog,
  activityOf,
  type ComposerKind,
  type Draft,
  EMPTY_DRAFT,
  type FormIssue,
  isEmptyDraft,
  readDraft,
  taskOf,
  timerText,
  turnedInto,
} from './composer-model.ts';

export interface ComposerState {
  readonly draft: () => Draft;
  readonly patch: (part: Partial<Draft>) => void;
  readonly turnInto: (kind: ComposerKind) => void;
  /** What has to be mended before it can be saved. */
  readonly issue: () => FormIssue | undefined;
  /** Why it was not saved, as a sentence. */
  readonly refused: () => string | undefined;
  /** False when this browser has no room for the draft. */
  readonly isKept: () => boolean;
  readonly isEmpty: () => boolean;
  /** Starts or stops the call's timer; stopped, its time is the duration. */
  readonly toggleTimer: () => void;
  /** True when it was saved: then the draft is empty again, of the same kind. */
  readonly save: () => Promise<boolean>;
  /** Keeps the draft in this browser without waiting for a pause. */
  readonly keepNow: () => void;
  /** Counts the times the text was replaced from outside of the editor. */
  readonly version: () => number;
}

const KEEP_AFTER_MS = 300;

export function createComposerState(recordId: string, firstAlso: () => readonly string[]): ComposerState {
  const workspace = useWorkspace();
  const drafts = createDrafts(workspace.me().memberId);
  const [draft, setDraft] = createSignal(readDraft(drafts.read(recordId)) ?? { ...EMPTY_DRAFT, also: firstAlso() });
  const [issue, setIssue] = createSignal<FormIssue>();
  const [refused, setRefused] = createSignal<string>();
  const [isKept, setKept] = createSignal(true);
  const [version, setVersion] = createSignal(0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function keep(): void {
    clearTimeout(timer);
    timer = undefined;
    if (isEmptyDraft(draft())) drafts.clear(recordId);
    else setKept(drafts.write(recordId, draft()));
  }
  function patch(part: Partial<Draft>): void {
    setDraft({ ...draft(), ...part });
    setIssue(undefined);
    setRefused(undefined);
    timer ??= setTimeout(keep, KEEP_AFTER_MS);
  }
  function keepNow(): void {
    if (timer !== undefined) keep();
  }
  // oxlint-disable-next-line solid/reactivity -- it is called when the page goes.
  addEventListener('pagehide', keepNow);
  onCleanup(() => {
    removeEventListener('pagehide', keepNow);
    keepNow();
  });

  async function save(): Promise<boolean> {
    if (draft().timerFrom !== null) toggleTimer();
    const here = { today: currentDay(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    const isTask = draft().kind === 'task';
    const made = isTask ? taskOf(draft(), recordId, here) : activityOf(draft(), recordId, here);
    setIssue(made.ok ? undefined : made.issue);
    if (!made.ok) return false;
    const sentence = isTask
      ? attempt(() => workspace.run('Task added', (tx) => addTask(tx, made.value as never)))
      : await log(made.value as ActivityToLog);
    setRefused(sentence);
    if (sentence !== undefined) return false;
    setDraft({ ...EMPTY_DRAFT, kind: draft().kind, also: firstAlso() });
    setVersion(version() + 1);
    keep();
    return true;
  }

  async function log({ values, doc }: ActivityToLog): Promise<string | undefined> {
    const words = ACTIVITY_KINDS[activityKind(values)];
    const given = [...new Set([...draft().files, ...(doc === null ? [] : filesIn(doc))])];
    const files = given.filter((each) => workspace.collection('file').peek(each) !== undefined);
    const write = () =>
      attempt(() => {
        const id = workspace.run(`${words} saved`, (tx) => {
          const made = logActivity(tx, values);
          attachFiles(tx, { ids: files, activityId: made, about: values.about ?? [] });
          if (doc !== null) noteMentions(tx, { recordId: made, members: membersIn(doc) });
          return made;
        });
        if (doc !== null) workspace.texts.write(id, doc);
      });
    try {
      // What happened in an earlier year is written down in that year's timeline.
      if (typeof values.at === 'number') await workspace.openTimeline(new Date(values.at).getUTCFullYear());
    } catch (error) {
      if (error instanceof CommandRefused) return error.message;
      throw error;
    }
    return write();
  }

  function toggleTimer(): void {
    const { timerFrom } = draft();
    if (timerFrom === null) patch({ timerFrom: Date.now() });
    else patch({ timerFrom: null, duration: timerText(Date.now() - timerFrom) });
  }

  return {
    draft,
    patch,
    turnInto(kind) {
      if (kind === draft().kind) return;
      setDraft(turnedInto(draft(), kind));
      setVersion(version() + 1);
      setIssue(undefined);
    },
    issue,
    refused,
    isKept,
    isEmpty: () => isEmptyDraft(draft()),
    toggleTimer,
    save,
    keepNow,
    version,
  };
}

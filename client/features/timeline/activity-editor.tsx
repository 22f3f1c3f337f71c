/** Corrects a call, an e-mail, a meeting or a message where it stands. */
import Waypoints from 'lucide-solid/icons/waypoints';
import { createSignal, type JSX, untrack } from 'solid-js';
import { editActivity } from '../../../shared/commands/activity-commands.ts';
import { ACTIVITY_KINDS, type Activity, activityKind } from '../../../shared/entities/activity.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { whenOfInstant } from '../../../shared/model/when.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { currentDay } from '../../fields/reference.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { AlsoAbout, ComposerFields, LinkRecord } from './composer-fields.tsx';
import {
  activityOf,
  type Draft,
  durationText,
  EMPTY_DRAFT,
  type FormIssue,
  readDraft,
  timerText,
} from './composer-model.ts';
import type { ComposerState } from './composer-state.ts';

export function ActivityEditor(props: {
  readonly activity: Activity;
  readonly record: AnyRecord;
  readonly onClose: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const here = { today: currentDay(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  // Taken over once: from here on the form is what the person works on.
  const atFirst = untrack(() => draftOf(props.activity, here.zone));
  const [draft, setDraft] = createSignal(atFirst);
  const [issue, setIssue] = createSignal<FormIssue>();
  const [refused, setRefused] = createSignal<string>();
  const patch = (part: Partial<Draft>) => {
    setDraft({ ...draft(), ...part });
    setIssue(undefined);
  };
  function save(): void {
    const [subject = props.record.id] = props.activity.about;
    const made = activityOf(draft(), subject, here);
    setIssue(made.ok ? undefined : made.issue);
    if (!made.ok) return;
    const { at, ...values } = made.value.values;
    const changes = { ...values, about: draft().also, ...(draft().at === atFirst.at ? {} : { at }) };
    const { id } = props.activity;
    const label = `${ACTIVITY_KINDS[activityKind(props.activity)]} changed`;
    const sentence = attempt(() => workspace.run(label, (tx) => editActivity(tx, { id, changes })));
    setRefused(sentence);
    if (sentence === undefined) props.onClose();
  }
  const state: ComposerState = {
    draft,
    patch,
    turnInto: () => undefined,
    issue,
    refused,
    isKept: () => true,
    isEmpty: () => false,
    toggleTimer() {
      const { timerFrom } = draft();
      if (timerFrom === null) patch({ timerFrom: Date.now() });
      else patch({ timerFrom: null, duration: timerText(Date.now() - timerFrom) });
    },
    save: () => Promise.resolve(false),
    keepNow: () => undefined,
    version: () => 0,
  };
  return (
    <form
      class="tl__card tl__edit"
      aria-label="Edit"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          props.onClose();
        } else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
          event.preventDefault();
          save();
        }
      }}
    >
      <ComposerFields state={state} placeholder="What was said" />
      {/* No record of the page: each link, the page's own too, can be taken away here. */}
      <AlsoAbout state={state}>
        <LinkRecord
          state={state}
          record={{ ...props.record, id: '' }}
          trigger={(trigger) => (
            <button type="button" {...trigger} class="btn btn--sm btn--ghost">
              <Waypoints class="lucide--sm" />
              Link a record
            </button>
          )}
        />
      </AlsoAbout>
      <Refusal text={refused()} />
      <span class="row row--6">
        <Button type="submit" variant="primary" size="sm" keys="Mod+Enter">
          Save
        </Button>
        <Button size="sm" variant="quiet" onClick={() => props.onClose()}>
          Cancel
        </Button>
      </span>
    </form>
  );
}

function draftOf(activity: Activity, zone: string): Draft {
  const at = activity.at === null ? '' : whenOfInstant(activity.at, zone);
  const { body, subject, direction, outcome, about } = activity;
  const kept = { kind: activityKind(activity), body, subject, direction, outcome, also: about, note: null };
  return {
    ...(readDraft(kept) ?? EMPTY_DRAFT),
    duration: durationText(activity.duration),
    at: at.slice(0, 16).replace('T', ' '),
  };
}

/** How often a task or an appointment repeats, and when that ends: never, on a last day, or after so many times. */
import { type Accessor, createMemo, createSignal, type JSX, Show } from 'solid-js';
import { fullDayText, parseDay } from '../../../shared/model/day.ts';
import type { ParseHints } from '../../../shared/model/field.ts';
import { repeatIssue, repeatText } from '../../../shared/model/repeat.ts';
import { type RepeatEnd, repeatEnd, withoutRepeatEnd, withRepeatEnd } from '../../../shared/model/repeat-end.ts';
import type { When } from '../../../shared/model/when.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';

const REPEATS: readonly { readonly value: string; readonly label: string }[] = [
  { value: '', label: 'Once' },
  { value: 'FREQ=DAILY', label: 'Every day' },
  { value: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', label: 'Every working day' },
  { value: 'FREQ=WEEKLY', label: 'Every week' },
  { value: 'FREQ=WEEKLY;INTERVAL=2', label: 'Every 2 weeks' },
  { value: 'FREQ=MONTHLY', label: 'Every month' },
  { value: 'FREQ=MONTHLY;INTERVAL=3', label: 'Every quarter' },
  { value: 'FREQ=YEARLY', label: 'Every year' },
];

type EndKind = 'never' | 'until' | 'times';

const ENDS: readonly { readonly value: EndKind; readonly label: string }[] = [
  { value: 'never', label: 'Never' },
  { value: 'until', label: 'On a day' },
  { value: 'times', label: 'After a number of times' },
];

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** What is being chosen. `rule` is null while the end cannot be used; `issue` says why. */
export interface RepeatDraft {
  readonly rule: Accessor<string | null>;
  readonly issue: Accessor<string | undefined>;
  readonly often: Accessor<string>;
  readonly setOften: (often: string) => void;
  readonly kind: Accessor<EndKind>;
  readonly setKind: (kind: EndKind) => void;
  readonly text: Accessor<string>;
  readonly setText: (text: string) => void;
}

/**
 * Begins with a stored rule, which comes out exactly as it was unless something is chosen anew. `first` is the day it
 * counts from, as far as that is known.
 */
export function createRepeatDraft(
  stored: string,
  { first, hints }: { readonly first: Accessor<When | null>; readonly hints: () => ParseHints },
): RepeatDraft {
  const oftenAtFirst = withoutRepeatEnd(stored);
  const endAtFirst = repeatEnd(stored);
  const kindAtFirst: EndKind = endAtFirst === null ? 'never' : 'until' in endAtFirst ? 'until' : 'times';
  const [often, setOften] = createSignal(oftenAtFirst);
  const [kind, setKind] = createSignal<EndKind>(kindAtFirst);
  const [until, setUntil] = createSignal(endAtFirst && 'until' in endAtFirst ? fullDayText(endAtFirst.until) : '');
  const [times, setTimes] = createSignal(endAtFirst && 'times' in endAtFirst ? String(endAtFirst.times) : '');
  const isTouched = () => often() !== oftenAtFirst || kind() !== kindAtFirst || !isSameEnd(end(), endAtFirst);

  /** Undefined when what is typed is no end. */
  const end = createMemo<RepeatEnd | null | undefined>(() => {
    if (kind() === 'never') return null;
    if (kind() === 'times') return /^\s*0*[1-9]\d{0,5}\s*$/.test(times()) ? { times: Number(times()) } : undefined;
    const day = parseDay(until(), hints());
    return day === null ? undefined : { until: day };
  });
  const made = createMemo(() => {
    const chosen = end();
    if (often() === '' || !isTouched()) return often() === '' ? '' : stored;
    return chosen === undefined ? null : withRepeatEnd(often(), chosen);
  });
  const issue = createMemo(() => {
    const rule = made();
    if (rule === null) {
      return kind() === 'times'
        ? 'Type a whole number of times, 1 or more.'
        : 'Type the last day, like 31 Dec or 2027-06-30.';
    }
    const from = first();
    return (rule === stored || from === null ? null : repeatIssue(rule, from)) ?? undefined;
  });
  return {
    rule: () => (issue() === undefined ? made() : null),
    issue,
    often,
    setOften,
    kind,
    setKind,
    text: () => (kind() === 'times' ? times() : until()),
    setText: (text) => (kind() === 'times' ? setTimes(text) : setUntil(text)),
  };
}

function isSameEnd(left: RepeatEnd | null | undefined, right: RepeatEnd | null): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** The usual repetitions, and the one there is when it is none of them. */
export function RepeatChoice(props: { readonly draft: RepeatDraft }): JSX.Element {
  const options = createMemo(() => {
    const chosen = props.draft.often();
    if (REPEATS.some(({ value }) => value === chosen)) return REPEATS;
    return [...REPEATS, { value: chosen, label: sentence(repeatText(chosen) || chosen) }];
  });
  return <Select label="Repeats" options={options()} value={props.draft.often()} onChange={props.draft.setOften} />;
}

/** When a repetition ends, and all of it in words. Nothing for what happens once. */
export function RepeatEndChoice(props: { readonly draft: RepeatDraft; readonly tried: boolean }): JSX.Element {
  const words = () => {
    const rule = props.draft.rule();
    return rule === null || props.draft.kind() === 'never' ? undefined : `${sentence(repeatText(rule))}.`;
  };
  const error = () => (props.tried || props.draft.text().trim() !== '' ? props.draft.issue() : undefined);
  return (
    <Show when={props.draft.often()}>
      <div class="taskform__pair">
        <Select label="Ends" options={ENDS} value={props.draft.kind()} onChange={props.draft.setKind} />
        <Show when={props.draft.kind() !== 'never'}>
          <TextField
            label={props.draft.kind() === 'times' ? 'Times, with the first' : 'Last day'}
            inputmode={props.draft.kind() === 'times' ? 'numeric' : undefined}
            placeholder={props.draft.kind() === 'times' ? '10' : '31 Dec, or 2027-06-30'}
            autocomplete="off"
            value={props.draft.text()}
            onInput={props.draft.setText}
            error={error()}
            hint={words()}
          />
        </Show>
      </div>
    </Show>
  );
}

/** When somebody of the team was last in touch, and what comes next: for lists, cards and pages. The rules are in record-about.ts. */
import { type JSX, Show } from 'solid-js';
import { dayHere } from '../../shared/query/task-view.ts';
import { useWorkspace } from '../data/workspace.ts';
import { formatDay, formatInstant } from './format.ts';
import type { RecordPartProps } from './record-parts.ts';
import { currentDay } from './reference.ts';

/** `Today, 09:40`; an en dash where nobody ever was. */
export function LastContact(props: { readonly recordId: string }): JSX.Element {
  const workspace = useWorkspace();
  const at = () => workspace.about.lastContact(props.recordId)?.at;
  return (
    <Show when={at()} fallback={<span class="fg-3">–</span>}>
      {(instant) => <time class="num">{formatInstant(instant(), Date.now())}</time>}
    </Show>
  );
}

/** For `RecordParts.lastContact`. */
export function LastContactPart(props: RecordPartProps): JSX.Element {
  return <LastContact recordId={props.record.id} />;
}

/** `Walk through the quote, Fri 27 Nov`. */
export function NextStepText(props: { readonly recordId: string }): JSX.Element {
  const workspace = useWorkspace();
  const step = () => workspace.about.nextStep(props.recordId);
  const words = (): { readonly text: string; readonly day: string | null } | undefined => {
    const next = step();
    if (next === null) return undefined;
    if (next.kind === 'text') return { text: next.text, day: next.on };
    const task = workspace.collection('task').byId(next.taskId);
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
    return task && { text: task.title, day: task.due === null ? null : dayHere(task.due, zone) };
  };
  return (
    <Show when={words()} fallback={<span class="fg-3">–</span>}>
      {(next) => (
        <>
          <span class="truncate">{next().text}</span>
          <Show when={next().day}>
            {(day) => (
              <span class="meta" classList={{ 'fg-danger': day() < currentDay() }}>
                {formatDay(day(), currentDay())}
              </span>
            )}
          </Show>
        </>
      )}
    </Show>
  );
}

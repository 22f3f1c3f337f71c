/** When somebody of the team was last in touch, and what comes next: for lists, cards and pages. The rules are in record-about.ts. */
import { type JSX, Show } from 'solid-js';
import { useWorkspace } from '../data/workspace.ts';
import { rightNow } from '../platform/right-now.ts';
import { formatDay, formatInstant } from './format.ts';
import { nextStepWords } from './next-step.ts';
import type { RecordPartProps } from './record-parts.ts';
import { currentDay } from './reference.ts';

/** `Today, 09:40`; an en dash where nobody ever was. */
export function LastContact(props: { readonly recordId: string }): JSX.Element {
  const workspace = useWorkspace();
  const at = () => workspace.about.lastContact(props.recordId)?.at;
  return (
    <Show when={at()} fallback={<span class="fg-3">–</span>}>
      {(instant) => <time class="num">{formatInstant(instant(), rightNow())}</time>}
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
  const words = () => nextStepWords(workspace, props.recordId);
  return (
    <Show when={words()} fallback={<span class="fg-3">–</span>}>
      {(next) => (
        <>
          <span class="truncate" title={next().text}>
            {next().text}
          </span>
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

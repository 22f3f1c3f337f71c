import Check from 'lucide-solid/icons/check';
import { For, type JSX, Show } from 'solid-js';

export interface StepListProps {
  readonly label: string;
  readonly steps: readonly string[];
  /** Position of the step somebody is on, from 0; those before are done. */
  readonly current: number;
}

/** Where a wizard stands. */
export function StepList(props: StepListProps): JSX.Element {
  return (
    <ol class="steps" aria-label={props.label}>
      <For each={props.steps}>
        {(step, index) => (
          <li
            classList={{ 'is-done': index() < props.current, 'is-now': index() === props.current }}
            aria-current={index() === props.current ? 'step' : undefined}
          >
            <span class="steps__n">
              <Show when={index() < props.current} fallback={index() + 1}>
                <Check class="lucide--sm" />
                <span class="sr">Done:</span>
              </Show>
            </span>
            <span class="steps__name">{step}</span>
          </li>
        )}
      </For>
    </ol>
  );
}

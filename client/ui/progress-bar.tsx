import { type JSX, Show } from 'solid-js';

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; left out when nobody knows how much there is. */
  readonly value?: number;
  /** The same in words, beside the label: "3,200 of 8,800 rows". */
  readonly detail?: string;
  readonly hideLabel?: boolean;
}

/** Real progress of long work, in words and as a bar. */
export function ProgressBar(props: ProgressBarProps): JSX.Element {
  const percent = () =>
    props.value === undefined ? undefined : Math.round(Math.min(Math.max(props.value, 0), 1) * 100);
  return (
    <div class="progress">
      <div class="progress__top" classList={{ sr: props.hideLabel }}>
        <span class="fw-5">{props.label}</span>
        <Show when={props.detail}>
          <span class="meta">{props.detail}</span>
        </Show>
      </div>
      <div
        class="meter"
        classList={{ 'meter--unknown': props.value === undefined }}
        role="progressbar"
        aria-label={props.label}
        aria-valuenow={percent()}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={props.detail}
      >
        <i class="meter__fill" style={{ width: percent() === undefined ? undefined : `${percent()}%` }} />
      </div>
    </div>
  );
}

/** A day on a line that ends today. */
import './history.css';
import type { JSX } from 'solid-js';
import { addDays, type Day, daysBetween } from '../../../shared/model/day.ts';
import { formatFullDay } from '../../fields/format.ts';

export function DaySlider(props: {
  readonly label: string;
  readonly first: Day;
  readonly today: Day;
  readonly value: Day;
  readonly onChange: (day: Day) => void;
}): JSX.Element {
  const span = () => Math.max(1, daysBetween(props.first, props.today));
  return (
    <label class="history__slider">
      <span class="fw-5">{formatFullDay(props.value)}</span>
      <input
        type="range"
        min={0}
        max={span()}
        value={span() - daysBetween(props.value, props.today)}
        aria-label={props.label}
        aria-valuetext={formatFullDay(props.value)}
        onInput={(event) => props.onChange(addDays(props.today, Number(event.currentTarget.value) - span()))}
      />
    </label>
  );
}

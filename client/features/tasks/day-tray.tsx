/** While a task is carried: the coming days to drop it on, and what would happen where the pointer is. */
import { For, type JSX, Show } from 'solid-js';
import { addDays, type Day } from '../../../shared/model/day.ts';
import { formatDay } from '../../fields/format.ts';
import type { CarriedTask } from './task-drag.ts';

/** Today to the same day of next week: two rows of four on a phone. */
const DAYS = [0, 1, 2, 3, 4, 5, 6, 7] as const;

export function DayTray(props: {
  readonly carried: CarriedTask;
  readonly title: string;
  readonly today: Day;
}): JSX.Element {
  return (
    <div aria-hidden="true">
      <div class="daytray">
        <For each={DAYS}>
          {(ahead) => {
            const day = () => addDays(props.today, ahead);
            return (
              <span class="daytray__day" classList={{ 'is-over': props.carried.day === day() }} data-drop-day={day()}>
                {formatDay(day(), props.today)}
              </span>
            );
          }}
        </For>
      </div>
      <div class="taskghost" style={{ left: `${props.carried.x}px`, top: `${props.carried.y}px` }}>
        <span class="truncate">{props.title}</span>
        <Show when={props.carried.day}>{(day) => <b>{formatDay(day(), props.today)}</b>}</Show>
      </div>
    </div>
  );
}

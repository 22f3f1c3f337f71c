/** A month in weeks: what is on each day as a short list, moved to another day by dragging. */

import Plus from 'lucide-solid/icons/plus';
import { createMemo, For, type JSX, Show } from 'solid-js';
import type { Day } from '../../../shared/model/day.ts';
import { formatWeekday } from '../../fields/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCalendar } from './calendar-context.ts';
import { createDayMoves, DayItems } from './day-items.tsx';

/** Lines of a day; the rest is behind "and 3 more", which shows the day. On a phone the day itself does. */
const MOST_LINES = 4;
const MOST_LINES_NARROW = 3;

export function MonthGrid(props: { readonly month: string; readonly narrow: boolean }): JSX.Element {
  const calendar = useCalendar();
  const moves = createDayMoves();
  const byDay = createMemo(() => {
    const found = new Map<Day, ReturnType<typeof calendar.items>[number][]>();
    for (const day of calendar.days()) {
      found.set(
        day,
        calendar.items().filter((each) => each.firstDay <= day && each.lastDay >= day),
      );
    }
    return found;
  });
  const itemsOn = (day: Day) => byDay().get(day) ?? [];
  const shownOn = (day: Day) => {
    const most = props.narrow ? MOST_LINES_NARROW : MOST_LINES;
    return itemsOn(day).length > most ? itemsOn(day).slice(0, most - 1) : itemsOn(day);
  };
  return (
    <div class="calmonth" data-scroller="">
      <div class="calmonth__head" aria-hidden="true">
        <For each={calendar.days().slice(0, 7)}>{(day) => <span>{formatWeekday(day).slice(0, 3)}</span>}</For>
      </div>
      <ol class="calmonth__days" style={{ '--weeks': calendar.days().length / 7 }}>
        <For each={calendar.days()}>
          {(day) => (
            <li
              class="calmonth__day"
              classList={{
                'is-other': !day.startsWith(props.month),
                'is-today': day === calendar.today(),
                'is-target': moves.drag()?.day === day,
              }}
              data-day={day}
            >
              <div class="calmonth__top">
                <button
                  type="button"
                  class="calmonth__number"
                  aria-label={formatWeekday(day)}
                  aria-current={day === calendar.today() ? 'date' : undefined}
                  onClick={() => calendar.showDay(day)}
                >
                  {Number(day.slice(8))}
                </button>
                <Show when={calendar.canWrite()}>
                  <IconButton
                    size="xs"
                    icon={Plus}
                    class="calmonth__add"
                    label={`Add an appointment on ${formatWeekday(day)}`}
                    onClick={() => calendar.add(day)}
                  />
                </Show>
              </div>
              <DayItems items={shownOn(day)} day={day} shape="line" moves={moves} />
              <Show when={itemsOn(day).length > shownOn(day).length}>
                <button type="button" class="calmonth__more" onClick={() => calendar.showDay(day)}>
                  <span class={props.narrow ? 'sr' : undefined}>and </span>
                  <Show when={props.narrow}>+</Show>
                  {itemsOn(day).length - shownOn(day).length}
                  <span class={props.narrow ? 'sr' : undefined}> more</span>
                </button>
              </Show>
            </li>
          )}
        </For>
      </ol>
    </div>
  );
}

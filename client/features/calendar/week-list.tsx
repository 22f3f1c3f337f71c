/** A week on a phone, where seven columns are too narrow for words: the days below each other, each with what is on it. */
import Plus from 'lucide-solid/icons/plus';
import { For, type JSX, onMount, Show } from 'solid-js';
import { formatWeekday } from '../../fields/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCalendar } from './calendar-context.ts';
import { createDayMoves, DayItems } from './day-items.tsx';

export function WeekList(): JSX.Element {
  const calendar = useCalendar();
  let list!: HTMLOListElement;
  const moves = createDayMoves();
  onMount(() => {
    const today = list.querySelector<HTMLElement>('.is-today');
    if (today) list.scrollTop = today.offsetTop - list.offsetTop;
  });
  return (
    <ol class="calweek" data-scroller="" ref={list}>
      <For each={calendar.days()}>
        {(day) => {
          const found = () => calendar.items().filter((each) => each.firstDay <= day && each.lastDay >= day);
          return (
            <li
              class="calweek__day"
              classList={{ 'is-today': day === calendar.today(), 'is-target': moves.drag()?.day === day }}
              data-day={day}
            >
              <div class="calweek__head">
                <h2>
                  <button
                    type="button"
                    class="calweek__name"
                    aria-current={day === calendar.today() ? 'date' : undefined}
                    onClick={() => calendar.showDay(day)}
                  >
                    {formatWeekday(day)}
                  </button>
                </h2>
                <Show when={calendar.canWrite()}>
                  <IconButton
                    size="sm"
                    icon={Plus}
                    label={`Add an appointment on ${formatWeekday(day)}`}
                    onClick={() => calendar.add(day)}
                  />
                </Show>
              </div>
              <Show when={found().length > 0} fallback={<p class="calweek__none fg-3">Nothing</p>}>
                <DayItems items={found()} day={day} shape="row" moves={moves} />
              </Show>
            </li>
          );
        }}
      </For>
    </ol>
  );
}

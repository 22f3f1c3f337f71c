/** A week on a phone, where seven columns are too narrow for words: the days below each other, each with what is on it. */
import { Key } from '@solid-primitives/keyed';
import Plus from 'lucide-solid/icons/plus';
import { For, type JSX, onMount, Show } from 'solid-js';
import { movedToDay } from '../../../shared/query/calendar-moves.ts';
import { formatWeekday } from '../../fields/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCalendar } from './calendar-context.ts';
import { ItemButton } from './calendar-item.tsx';
import { createCalendarDrag } from './drag.ts';

export function WeekList(): JSX.Element {
  const calendar = useCalendar();
  let list!: HTMLOListElement;
  const { drag, begin } = createCalendarDrag({
    canDrag: calendar.canWrite,
    onDrop: ({ kind, item, day }) => {
      if (kind === 'move' && item) calendar.change(item, movedToDay(item, day));
    },
  });
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
              classList={{ 'is-today': day === calendar.today(), 'is-target': drag()?.day === day }}
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
                <ul>
                  <Key each={found()} by="key">
                    {(item) => (
                      <li>
                        <ItemButton
                          item={item()}
                          shape="row"
                          continued={item().firstDay < day}
                          isTarget={drag()?.item?.key === item().key}
                          onPointerDown={(event) => begin(event, { kind: 'move', item: item() })}
                        />
                      </li>
                    )}
                  </Key>
                </ul>
              </Show>
            </li>
          );
        }}
      </For>
    </ol>
  );
}

/** One or seven days side by side with their hours: whole days above, what overlaps beside each other, a line at now. */
import { Key } from '@solid-primitives/keyed';
import { createMemo, For, type JSX, onMount, Show } from 'solid-js';
import type { Day } from '../../../shared/model/day.ts';
import { instantAt, movedTo, movedToDay, resizedTo, whenAt } from '../../../shared/query/calendar-moves.ts';
import { minuteOfDay, placeBars, placeInDay } from '../../../shared/query/calendar-view.ts';
import { formatTime, formatWeekday } from '../../fields/format.ts';
import { createNow } from '../../platform/create-now.ts';
import { useCalendar } from './calendar-context.ts';
import { ItemButton } from './calendar-item.tsx';
import { createCalendarDrag, type Drag } from './drag.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const DAY_MINUTES = 1_440;
/** What is at the top of the screen at first: an hour before the day's work, or before now. */
const FIRST_HOUR = 7;
/** Half a line, so that the hour at the top can be read. */
const ROOM_ABOVE_PX = 10;

export function TimeGrid(): JSX.Element {
  const calendar = useCalendar();
  const now = createNow(30_000);
  let scroller!: HTMLDivElement;
  const bars = createMemo(() => placeBars(calendar.items(), calendar.days()));
  const lanes = () => bars().reduce((most, bar) => Math.max(most, bar.lane + 1), 0);
  const { drag, begin } = createCalendarDrag({ canDrag: calendar.canWrite, onDrop: drop });
  const nowMinute = () => minuteOfDay(now(), calendar.zone);

  function drop({ kind, item, day, span }: Drag): void {
    const { zone } = calendar;
    if (kind === 'create') {
      if (span) calendar.add(whenAt(day, span[0], zone), whenAt(day, span[1], zone));
      else calendar.add(day);
    } else if (item && kind === 'resize' && span)
      calendar.change(item, resizedTo(item, { day, minute: span[1] }, zone));
    else if (item && span) calendar.change(item, movedTo(item, { day, minute: span[0] }, zone));
    else if (item) calendar.change(item, movedToDay(item, day));
  }
  onMount(() => {
    const hour = Math.max(0, Math.min(FIRST_HOUR, Math.floor(nowMinute() / 60) - 1));
    const first = calendar.days().includes(calendar.today()) ? hour : FIRST_HOUR;
    scroller.scrollTop = (scroller.scrollHeight * first) / 24 - ROOM_ABOVE_PX;
  });

  return (
    <div class="calgrid" style={{ '--days': calendar.days().length }}>
      <div class="calgrid__head">
        <span class="calgrid__corner" />
        <For each={calendar.days()}>
          {(day) => (
            <button
              type="button"
              class="calgrid__day"
              classList={{ 'is-today': day === calendar.today() }}
              aria-label={formatWeekday(day)}
              aria-current={day === calendar.today() ? 'date' : undefined}
              onClick={() => calendar.showDay(day)}
            >
              {formatWeekday(day).slice(0, 3)} <b>{Number(day.slice(8))}</b>
            </button>
          )}
        </For>
      </div>
      <div class="calgrid__bars" style={{ '--lanes': Math.max(1, lanes()) }}>
        <span class="calgrid__corner meta">All day</span>
        <For each={calendar.days()}>
          {(day, index) => (
            <div
              class="calgrid__whole"
              classList={{ 'is-target': drag()?.span === null && drag()?.day === day }}
              style={{ 'grid-column': index() + 2 }}
              data-day={day}
              onPointerDown={(event) => begin(event, { kind: 'create', item: null })}
            />
          )}
        </For>
        <Key each={bars()} by={(bar) => bar.item.key}>
          {(bar) => (
            <ItemButton
              item={bar().item}
              shape="bar"
              isTarget={drag()?.item?.key === bar().item.key}
              style={{ 'grid-column': `${bar().column + 2} / span ${bar().span}`, 'grid-row': bar().lane + 1 }}
              onPointerDown={(event) => begin(event, { kind: 'move', item: bar().item })}
            />
          )}
        </Key>
      </div>
      <div class="calgrid__scroll" data-scroller="" ref={scroller}>
        <div class="calgrid__hours">
          <div class="calgrid__gutter" aria-hidden="true">
            <For each={HOURS.slice(1)}>
              {(hour) => (
                <span style={{ top: `${(hour / 24) * 100}%` }}>{hourText(calendar.days()[0] ?? '', hour)}</span>
              )}
            </For>
          </div>
          <For each={calendar.days()}>
            {(day) => (
              <div
                class="calgrid__column"
                data-day={day}
                data-hours=""
                onPointerDown={(event) => {
                  if (event.target === event.currentTarget || !isOnItem(event))
                    begin(event, { kind: 'create', item: null });
                }}
              >
                {/* Before the items: it runs behind them, so that no word is crossed out. */}
                <Show when={day === calendar.today()}>
                  <div class="calgrid__now" style={{ top: share(nowMinute()) }} aria-hidden="true" />
                </Show>
                <DayItems day={day} drag={drag()} begin={begin} />
                <Show when={spanOn(day)}>
                  {(span) => (
                    <div
                      class="calgrid__ghost"
                      style={{ top: share(span()[0]), height: share(Math.min(DAY_MINUTES, span()[1]) - span()[0]) }}
                    >
                      {spanText(day, span())}
                    </div>
                  )}
                </Show>
              </div>
            )}
          </For>
        </div>
      </div>
    </div>
  );

  function hourText(day: Day, hour: number): string {
    return formatTime(instantAt(day, hour * 60, calendar.zone));
  }
  function spanOn(day: Day): readonly [number, number] | undefined {
    const current = drag();
    if (!current?.span || current.day !== day) return undefined;
    if (current.kind !== 'resize' || !current.item) return current.span;
    const from = current.item.firstDay === day ? minuteOfDay(current.item.from, calendar.zone) : 0;
    return [from, Math.max(from + 15, current.span[1])];
  }
  function spanText(day: Day, [from, until]: readonly [number, number]): string {
    const text = (minute: number) => formatTime(instantAt(day, minute, calendar.zone));
    return `${text(from)} – ${text(until)}`;
  }
}

const share = (minutes: number) => `${(minutes / DAY_MINUTES) * 100}%`;

const isOnItem = (event: PointerEvent) => event.target instanceof Element && event.target.closest('.calitem') !== null;

function DayItems(props: {
  readonly day: Day;
  readonly drag: Drag | null;
  readonly begin: (event: PointerEvent, what: Pick<Drag, 'kind' | 'item'>) => void;
}): JSX.Element {
  const calendar = useCalendar();
  const placed = createMemo(() => placeInDay(calendar.items(), props.day, calendar.zone));
  return (
    <ol class="calgrid__items" aria-label={formatWeekday(props.day)}>
      <Key each={placed()} by={(each) => each.item.key}>
        {(each) => (
          <li
            style={{
              top: share(each().top),
              height: share(each().height),
              left: `${(each().column / each().columns) * 100}%`,
              width: `${100 / each().columns}%`,
            }}
          >
            <ItemButton
              item={each().item}
              shape="block"
              top={each().top}
              short={each().height < 45}
              isTarget={props.drag?.item?.key === each().item.key}
              onPointerDown={(event) => props.begin(event, { kind: 'move', item: each().item })}
              onResizeDown={
                calendar.canWrite() && each().item.kind === 'appointment' && each().item.lastDay === props.day
                  ? (event) => props.begin(event, { kind: 'resize', item: each().item })
                  : undefined
              }
            />
          </li>
        )}
      </Key>
    </ol>
  );
}

/** The calendar by keyboard: arrows go from item to item, Alt moves the one with the focus, Alt and Shift make it longer. */
import { addDays, type Day } from '../../../shared/model/day.ts';
import { lengthened, shiftedDays, shiftedMinutes } from '../../../shared/query/calendar-moves.ts';
import { byTime, type CalendarItem } from '../../../shared/query/calendar-view.ts';
import type { CalendarContext } from './calendar-context.ts';
import { STEP_MINUTES } from './drag.ts';

type View = 'day' | 'week' | 'month';

/** Handles a key on an item; true when it did something. */
export function onItemKey(event: KeyboardEvent, calendar: CalendarContext, view: View): boolean {
  const key =
    event.target instanceof Element ? event.target.closest<HTMLElement>('[data-item]')?.dataset.item : undefined;
  const item = calendar.items().find((each) => each.key === key);
  if (!item || event.metaKey || event.ctrlKey || !/^Arrow(Up|Down|Left|Right)$/.test(event.key)) return false;
  if (event.altKey) {
    if (calendar.canWrite()) change(event, item, calendar, view);
    return true;
  }
  if (event.shiftKey) return false;
  const next = neighbour(event.key, item, calendar);
  if (next) {
    calendar.setFocused(next.key);
    focusItem(next.key, 0);
  }
  return true;
}

/** Once it is shown: what was moved out of the days shown comes with the days it was moved to, a few frames later. */
export function focusItem(key: string, frames = 20): void {
  const element = elementOf(key);
  if (element) element.focus();
  else if (frames > 0) requestAnimationFrame(() => focusItem(key, frames - 1));
}

/** Null for what a full day of a month has no room for: "and 3 more" leads to it. */
function elementOf(key: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-item="${CSS.escape(key)}"]`);
}

function change(event: KeyboardEvent, item: CalendarItem, calendar: CalendarContext, view: View): void {
  const { zone } = calendar;
  const isAcross = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
  const sign = event.key === 'ArrowUp' || event.key === 'ArrowLeft' ? -1 : 1;
  if (event.shiftKey) {
    if (item.kind !== 'appointment') return;
    const days = item.isWholeDay || isAcross ? sign : 0;
    calendar.change(item, lengthened(item, { minutes: days === 0 ? sign * STEP_MINUTES : 0, days }, zone));
  } else if (isAcross) calendar.change(item, shiftedDays(item, sign));
  else if (view === 'month' || item.isWholeDay) calendar.change(item, shiftedDays(item, sign * 7));
  else calendar.change(item, shiftedMinutes(item, sign * STEP_MINUTES, zone));
}

/** Up and down: the one before or after on the same day. Left and right: the one nearest in time on the next day that has any. */
function neighbour(key: string, item: CalendarItem, { items, days }: CalendarContext): CalendarItem | undefined {
  const onDay = (day: Day) =>
    items()
      .filter((each) => each.firstDay <= day && each.lastDay >= day && elementOf(each.key) !== null)
      .sort(byTime);
  const shown = days();
  const own = item.firstDay < (shown[0] ?? '') ? (shown[0] ?? item.firstDay) : item.firstDay;
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const list = onDay(own);
    return list[list.findIndex((each) => each.key === item.key) + (key === 'ArrowUp' ? -1 : 1)];
  }
  const step = key === 'ArrowLeft' ? -1 : 1;
  for (let day = addDays(own, step); shown.includes(day); day = addDays(day, step)) {
    const [nearest] = onDay(day).sort((left, right) => distance(left, item) - distance(right, item));
    if (nearest && nearest.key !== item.key) return nearest;
  }
  return undefined;
}

/** By the time of day; whole days are near whole days. */
function distance(left: CalendarItem, right: CalendarItem): number {
  const kinds = left.isWholeDay === right.isWholeDay ? 0 : 1e9;
  return kinds + Math.abs((left.from % 86_400_000) - (right.from % 86_400_000));
}

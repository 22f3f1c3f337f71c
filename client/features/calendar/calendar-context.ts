/** What the views of the calendar share: the items, who has the focus, and what can be done with one. */
import { createContext, useContext } from 'solid-js';
import type { Day } from '../../../shared/model/day.ts';
import type { When } from '../../../shared/model/when.ts';
import type { Times } from '../../../shared/query/calendar-moves.ts';
import type { CalendarItem } from '../../../shared/query/calendar-view.ts';

export interface CalendarContext {
  readonly zone: string;
  readonly today: () => Day;
  /** The days shown, in order. */
  readonly days: () => readonly Day[];
  readonly items: () => readonly CalendarItem[];
  readonly canWrite: () => boolean;
  /** The key of the one item the Tab key stops at. */
  readonly focused: () => string | undefined;
  readonly setFocused: (key: string) => void;
  readonly open: (item: CalendarItem) => void;
  readonly add: (start: When, end?: When) => void;
  /** Writes new times, after asking which ones are meant when the item repeats. */
  readonly change: (item: CalendarItem, times: Times) => void;
  readonly showDay: (day: Day) => void;
}

const Context = createContext<CalendarContext>();

export const CalendarProvider = Context.Provider;

export function useCalendar(): CalendarContext {
  const calendar = useContext(Context);
  if (!calendar) throw new Error('useCalendar needs the calendar page above it');
  return calendar;
}

/** What is on one day, where days are boxes: in a month and in the week of a phone. It is moved by dragging to another day. */
import { Key } from '@solid-primitives/keyed';
import type { JSX } from 'solid-js';
import type { Day } from '../../../shared/model/day.ts';
import { movedToDay } from '../../../shared/query/calendar-moves.ts';
import type { CalendarItem } from '../../../shared/query/calendar-view.ts';
import { useCalendar } from './calendar-context.ts';
import { ItemButton } from './calendar-item.tsx';
import { createCalendarDrag } from './drag.ts';

/** For all days of a view. */
export function createDayMoves(): ReturnType<typeof createCalendarDrag> {
  const calendar = useCalendar();
  return createCalendarDrag({
    canDrag: calendar.canWrite,
    onDrop: ({ kind, item, day }) => {
      if (kind === 'move' && item) calendar.change(item, movedToDay(item, day));
    },
  });
}

export function DayItems(props: {
  readonly items: readonly CalendarItem[];
  readonly day: Day;
  readonly shape: 'line' | 'row';
  readonly moves: ReturnType<typeof createDayMoves>;
}): JSX.Element {
  return (
    <ul>
      <Key each={props.items} by="key">
        {(item) => (
          <li>
            <ItemButton
              item={item()}
              shape={props.shape}
              continued={item().firstDay < props.day}
              isTarget={props.moves.drag()?.item?.key === item().key}
              onPointerDown={(event) => props.moves.begin(event, { kind: 'move', item: item() })}
            />
          </li>
        )}
      </Key>
    </ul>
  );
}

/** One thing in the calendar, as a button: in the hours, as a bar above them, as a line of a month's day, or as a row of a list. */
import CalendarDays from 'lucide-solid/icons/calendar-days';
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import Repeat from 'lucide-solid/icons/repeat';
import { type JSX, Match, Show, Switch } from 'solid-js';
import type { CalendarItem } from '../../../shared/query/calendar-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { StageSign } from '../../fields/field-value.tsx';
import { formatTime } from '../../fields/format.ts';
import { itemName } from './calendar-actions.ts';
import { useCalendar } from './calendar-context.ts';

export function ItemButton(props: {
  readonly item: CalendarItem;
  readonly shape: 'block' | 'bar' | 'line' | 'row';
  readonly style?: JSX.CSSProperties;
  /** Minutes of the day it begins at in its column. */
  readonly top?: number;
  readonly isTarget?: boolean;
  /** It began on a day before. */
  readonly continued?: boolean;
  /** Too low for two lines. */
  readonly short?: boolean;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onResizeDown?: (event: PointerEvent) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const calendar = useCalendar();
  const isCancelled = () => workspace.collection('appointment').byId(props.item.id)?.cancelled === true;
  const place = () => workspace.collection('appointment').byId(props.item.id)?.place ?? '';
  return (
    <button
      type="button"
      class={`calitem calitem--${props.shape} calitem--${props.item.kind}`}
      classList={{
        'calitem--short': props.short === true,
        'is-cancelled': isCancelled(),
        'is-lifted': props.isTarget === true,
      }}
      style={props.style}
      data-item={props.item.key}
      data-top={props.top}
      tabIndex={calendar.focused() === props.item.key ? 0 : -1}
      aria-label={itemName(props.item, isCancelled())}
      title={itemName(props.item, isCancelled())}
      onFocus={() => calendar.setFocused(props.item.key)}
      onClick={() => calendar.open(props.item)}
      onPointerDown={(event) => props.onPointerDown(event)}
    >
      <Switch fallback={<CalendarDays class="lucide--sm" />}>
        <Match when={props.item.kind === 'task'}>
          <CircleCheck class="lucide--sm" />
        </Match>
        <Match when={props.item.kind === 'close' && workspace.collection('deal').byId(props.item.id)}>
          {(deal) => <StageSign stageId={deal().place[1]} size={14} />}
        </Match>
        <Match when={props.shape === 'block'}>{null}</Match>
      </Switch>
      <Show
        when={props.shape !== 'bar' && !props.item.isWholeDay && props.continued !== true}
        fallback={
          <Show when={props.shape === 'row'}>
            <span class="calitem__time">
              {props.item.isWholeDay ? 'All day' : `until ${formatTime(props.item.until)}`}
            </span>
          </Show>
        }
      >
        <time class="calitem__time">{formatTime(props.item.from)}</time>
      </Show>
      <span class="calitem__title">{props.item.title}</span>
      <Show when={(props.shape === 'block' || props.shape === 'row') && place()}>
        <span class="calitem__place">{place()}</span>
      </Show>
      <Show when={props.item.occurrence !== null && props.shape !== 'line'}>
        <Repeat class="lucide--sm calitem__repeat" />
      </Show>
      <Show when={props.onResizeDown}>
        <span
          class="calitem__edge"
          onPointerDown={(event) => {
            event.stopPropagation();
            props.onResizeDown?.(event);
          }}
        />
      </Show>
    </button>
  );
}

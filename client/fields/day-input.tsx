/** A day as typed text ("fri", "27 Nov") with the device's own calendar one key or click away. */
import CalendarDays from 'lucide-solid/icons/calendar-days';
import type { JSX } from 'solid-js';
import { parseDay } from '../../shared/model/day.ts';
import { useWorkspace } from '../data/workspace.ts';
import { parseHints } from './parse-hints.ts';

export interface DayInputProps {
  readonly label: string;
  readonly text: string;
  readonly error: string | undefined;
  readonly errorId: string;
  readonly onInput: (text: string) => void;
  /** A day picked in the calendar, `YYYY-MM-DD`. */
  readonly onPick: (day: string) => void;
  readonly ref?: (input: HTMLInputElement) => void;
}

export function DayInput(props: DayInputProps): JSX.Element {
  const workspace = useWorkspace();
  let calendar!: HTMLInputElement;
  function openCalendar(): void {
    calendar.value = parseDay(props.text, parseHints(workspace)) ?? '';
    calendar.showPicker();
  }
  return (
    <>
      <input
        ref={(element) => props.ref?.(element)}
        type="text"
        autocomplete="off"
        aria-label={props.label}
        aria-invalid={props.error !== undefined}
        aria-describedby={props.error === undefined ? undefined : props.errorId}
        placeholder="fri, 27 Nov, 2026-11-27"
        value={props.text}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || !event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          openCalendar();
        }}
      />
      <button
        type="button"
        class="iconbtn iconbtn--xs dayinput__open"
        aria-label="Choose a day in the calendar"
        title="Calendar (Alt ↓)"
        tabIndex={-1}
        onClick={openCalendar}
      >
        <CalendarDays class="lucide--sm" />
      </button>
      <input
        ref={calendar}
        type="date"
        class="dayinput__native"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => event.currentTarget.value && props.onPick(event.currentTarget.value)}
      />
    </>
  );
}

/** The small editor of days that come back every year: a name and a day each, the year only where it is known. */
import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { createUniqueId, For, Index, type JSX } from 'solid-js';
import { type ImportantDate, isYearlyDay } from '../../shared/model/yearly-day.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { formatYearly } from './format.ts';
import { focusLastRow, type RowsProps } from './list-rows.tsx';

/** As typed until it is committed; the field reads `on`. */
interface DateRow extends ImportantDate {
  readonly typed?: string;
}

const SUGGESTIONS = ['Anniversary', 'Wedding', 'First order', 'Contract renewal', 'Joined the company'];

export function YearlyDateRows(props: RowsProps<readonly DateRow[]>): JSX.Element {
  const listId = createUniqueId();
  const blank = (label: string): DateRow => ({ label, on: '' });
  /** An empty list still has a row to type in. */
  const rows = () => (props.value.length > 0 ? props.value : [blank(props.typed ?? '')]);
  const change = (index: number, part: Partial<DateRow>) =>
    props.onChange(rows().map((row, at) => (at === index ? { ...row, ...part } : row)));
  const dayText = (row: DateRow) => row.typed ?? (isYearlyDay(row.on) ? formatYearly(row.on) : row.on);
  return (
    <div class="rowsedit">
      <Index each={rows()}>
        {(row, index) => (
          <div class="rowsedit__row">
            <input
              class="input input--sm rowsedit__value"
              type="text"
              autocomplete="off"
              list={listId}
              placeholder="Anniversary"
              aria-label={`Name of date ${index + 1}`}
              value={row().label}
              onInput={(event) => change(index, { label: event.currentTarget.value })}
            />
            <input
              class="input input--sm rowsedit__day"
              type="text"
              autocomplete="off"
              placeholder="19 Nov 1986"
              aria-label={`Day of ${row().label || `date ${index + 1}`}, the year may be left out`}
              value={dayText(row())}
              onInput={(event) => change(index, { on: event.currentTarget.value, typed: event.currentTarget.value })}
            />
            <IconButton
              size="xs"
              icon={X}
              label={`Remove ${row().label || `date ${index + 1}`}`}
              onClick={() => props.onChange(rows().filter((_, at) => at !== index))}
            />
          </div>
        )}
      </Index>
      <datalist id={listId}>
        <For each={SUGGESTIONS}>{(label) => <option value={label} />}</For>
      </datalist>
      <div>
        <Button
          variant="quiet"
          size="sm"
          icon={Plus}
          onClick={(event) => {
            props.onChange([...rows(), blank('')]);
            focusLastRow(event.currentTarget.closest('.rowsedit'));
          }}
        >
          Add date
        </Button>
      </div>
    </div>
  );
}

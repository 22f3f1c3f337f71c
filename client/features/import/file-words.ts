/** Files, columns and results of matching in words. */
import type { FileSummary } from '../../../shared/csv/import-engine.ts';
import { parseTarget } from '../../../shared/csv/import-targets.ts';
import { DELIMITERS } from '../../../shared/csv/read-csv.ts';
import { entities, type Registry } from '../../../shared/entities/registry.ts';
import { formatCount, formatPlural } from '../../fields/format.ts';

/** `11 columns, semicolons, UTF-8`. */
export function fileFacts(summary: FileSummary): string {
  return [
    formatPlural(summary.columns.length, 'column', 'columns'),
    DELIMITERS[summary.delimiter].toLowerCase(),
    summary.encoding,
  ].join(', ');
}

/** The target of a column somebody has decided not to import; '' is one that nobody has looked at. */
export const LEFT_OUT = '-';

export interface MatchWord {
  readonly tone: 'success' | 'warning' | 'plain';
  readonly text: string;
}

/** What becomes of a column, in two or three words. `problems`: values that do not fit. */
export function matchWord(summary: FileSummary, column: number, target: string, problems: number): MatchWord {
  const profile = summary.columns[column];
  if (!profile || target === LEFT_OUT || (target === '' && profile.filled === 0))
    return { tone: 'plain', text: 'Skipped' };
  if (target === '') return { tone: 'warning', text: 'Not matched' };
  if (problems > 0) return { tone: 'warning', text: `${formatCount(problems)} to check` };
  const parsed = parseTarget(target);
  const kind = parsed ? (entities as Registry)[parsed.entity]?.fields[parsed.field]?.kind : undefined;
  if (target.endsWith('.fullName')) return { tone: 'success', text: 'Split in two' };
  if (kind === 'day' || parsed?.field === 'wonOn' || parsed?.field === 'lostOn') return dayWord(profile.dates);
  if (kind === 'money' || kind === 'number')
    return profile.decimal === 'ambiguous'
      ? { tone: 'warning', text: 'Comma or point' }
      : { tone: 'success', text: 'Matched' };
  if (parsed?.part === 'country')
    return { tone: 'success', text: formatPlural(profile.distinct, 'country', 'countries') };
  if (parsed?.part === 'id' || parsed?.field === 'id') return { tone: 'success', text: 'Finds the record' };
  if (kind === 'person') return { tone: 'success', text: formatPlural(profile.distinct, 'person', 'people') };
  if (kind === 'ref' || kind === 'people' || kind === 'positions') return { tone: 'success', text: 'Finds or creates' };
  if (parsed?.field === 'stage') return { tone: 'success', text: formatPlural(profile.distinct, 'stage', 'stages') };
  return { tone: 'success', text: 'Matched' };
}

function dayWord(dates: FileSummary['columns'][number]['dates']): MatchWord {
  switch (dates) {
    case 'dmy':
      return { tone: 'success', text: 'Day.Month.Year' };
    case 'mdy':
      return { tone: 'success', text: 'Month/Day/Year' };
    case 'ymd':
      return { tone: 'success', text: 'Year-Month-Day' };
    case 'ambiguous':
      return { tone: 'warning', text: 'Day or month first' };
    default:
      return { tone: 'success', text: 'Matched' };
  }
}

/** `98%`; a column that is nearly empty says so rather than 0%. */
export function filledWord(filled: number, rows: number): string {
  if (filled === 0) return '0%';
  const percent = (filled / Math.max(rows, 1)) * 100;
  return percent < 1 ? '<1%' : `${Math.floor(percent)}%`;
}

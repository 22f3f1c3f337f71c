/** The companies somebody works or worked for, beside the main one: a set with the part they play in each. */
import type { Field } from './field.ts';
import { ok } from './result.ts';
import { invalid, isIdOf, rawText } from './scalar-fields.ts';
import { setField, withoutMarks } from './set-fields.ts';

/** A company somebody works or worked for. */
export interface Position {
  /** Company id. */
  readonly company: string;
  /** What they are there: "Board member". */
  readonly title: string;
  /** They are there no longer. */
  readonly ended: boolean;
}

function isPosition(stored: unknown): stored is Position {
  if (typeof stored !== 'object' || stored === null) return false;
  const { company, title, ended } = stored as Partial<Position>;
  return typeof company === 'string' && typeof title === 'string' && typeof ended === 'boolean';
}

const ENDED = /(\s*\(ended\))+\s*$/i;

/** Companies with the part somebody plays in each, one part per company; those that ended come last. */
export function positions(label: string): Field<readonly Position[], 'positions'> {
  return setField<Position, 'positions'>({
    kind: 'positions',
    label,
    target: 'company',
    shape: { key: ({ company }) => company, accepts: isPosition, sortKey: ({ ended }) => (ended ? 1 : 0) },
    elementText: ({ company, title, ended }) => {
      const words = [title, ended ? '(ended)' : ''].filter((word) => word !== '').join(' ');
      return words === '' ? company : `${words}: ${company}`;
    },
    readElement: (raw) => {
      const given = isPosition(raw) ? raw : null;
      const labelled = /^([^:]*):\s*(.+)$/s.exec(rawText(raw).trim());
      const company = (given?.company ?? labelled?.[2] ?? rawText(raw)).trim();
      const words = withoutMarks(given?.title ?? labelled?.[1] ?? '', /[;:]/g);
      const title = words.replace(ENDED, '').slice(0, 200).replace(ENDED, '').trim();
      if (!isIdOf('company', company)) return invalid(`${label} must name companies by their ids.`);
      return ok({ company, title, ended: given?.ended ?? ENDED.test(words) });
    },
  });
}

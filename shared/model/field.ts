/**
 * What a field is: one object per kind that knows how to read, write, check and order its values. Tables, forms,
 * CSV, search, REST and the law tests are loops over these objects; nothing else in the product knows a kind's insides.
 *
 * Laws, checked for every field of every entity (`field-laws.test.ts`):
 * 1. `parse` never throws, whatever it is given.
 * 2. `parse(toText(v))` is `v` for every value that `parse` can produce.
 * 3. `accepts(v)` holds for every value that `parse` can produce, also after JSON.
 * 4. `compare` is a total order with empty values last.
 */
import type { DayOrder } from './day.ts';
import type { DecimalMark } from './money.ts';
import type { Result } from './result.ts';
import { compareSortKeys, type SortKey } from './text-order.ts';

export type FieldKind =
  | 'text'
  | 'longText'
  | 'email'
  | 'phone'
  | 'url'
  | 'number'
  | 'money'
  | 'day'
  | 'instant'
  | 'choice'
  | 'multiChoice'
  | 'tags'
  | 'person'
  | 'ref'
  | 'address'
  | 'checkbox'
  | 'emails'
  | 'phones'
  | 'addresses'
  | 'people'
  | 'positions'
  | 'yearlyDates'
  | 'when'
  | 'links'
  | 'place'
  | 'stageHistory';

/** Why a text is no value of this field. `message` is a sentence that says how to mend it. */
export interface FieldIssue {
  readonly code: 'required' | 'invalid' | 'out-of-range' | 'not-an-option' | 'too-long';
  readonly message: string;
}

/** What the reader of a text knows beyond the text: the file's or the person's habits. */
export interface ParseHints {
  readonly dayOrder?: DayOrder;
  readonly decimal?: DecimalMark;
  /** ISO 4217 code for amounts that name none; EUR when left out. */
  readonly currency?: string;
  /** `YYYY-MM-DD`, makes `today`, `fri` and `27 Nov` readable. */
  readonly today?: string;
  /** IANA zone of a time that names none; UTC when left out. */
  readonly zone?: string;
}

/**
 * Set-like fields are stored one element at a time (path `field:key`), so that two people who add
 * different elements both keep theirs.
 */
export interface ElementShape<E> {
  /** Stable and unique within the field; any text. */
  readonly key: (element: E) => string;
  readonly accepts: (stored: unknown) => stored is E;
  /** Order inside the field, after which equal elements are ordered by key. */
  readonly sortKey: (element: E) => SortKey;
}

export interface Field<T, K extends FieldKind = FieldKind> {
  readonly kind: K;
  readonly label: string;
  /** The value of a record that says nothing. */
  readonly initial: T;
  /** Whether a stored value can be shown as it is. Tolerant: an option from a newer build is accepted, a number in a text is not. */
  readonly accepts: (stored: unknown) => stored is T;
  /** Reads what a person or a file gives. Strict; never throws. */
  readonly parse: (raw: unknown, hints?: ParseHints) => Result<T, FieldIssue>;
  /** The canonical text: CSV cells, clipboard, search. Not for display (that goes through Intl). */
  readonly toText: (value: T) => string;
  /** Compared with `compareSortKeys`; computed once per row by live queries. */
  readonly sortKey: (value: T) => SortKey;
  readonly compare: (left: T, right: T) => number;
  readonly required: boolean;
  /** Not offered as a column, in forms or in files: bookkeeping. */
  readonly hidden: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: an element shape is only ever used with values of its own field.
  readonly elements?: ElementShape<any>;
  /** Choice fields: stored key → label, in order. */
  readonly options?: Readonly<Record<string, string>>;
  /** Reference fields: the entity they point to. */
  readonly target?: string;
  /** Link fields: the entities their records may belong to. */
  readonly targets?: readonly string[];
  /** Number fields: what it counts, shown behind the figure: `['week', 'weeks']`. */
  readonly unit?: readonly [one: string, many: string];
  /** Other names this column has in other programs' files, see `shared/csv/aliases.ts`. */
  readonly aliases?: readonly string[];
}

/** Any field, where only its value's type does not matter. */
// biome-ignore lint/suspicious/noExplicitAny: variance; `Field<unknown>` would accept no field.
export type AnyField = Field<any>;

export type ValueOf<F> = F extends Field<infer T> ? T : never;

type FieldParts<T, K extends FieldKind> = Omit<Field<T, K>, 'compare' | 'required' | 'hidden'> &
  Partial<Pick<Field<T, K>, 'required' | 'hidden'>>;

/** Completes a field from what its kind decides. */
export function makeField<T, K extends FieldKind>(parts: FieldParts<T, K>): Field<T, K> {
  return Object.freeze({
    required: false,
    hidden: false,
    ...parts,
    compare: (left: T, right: T) => compareSortKeys(parts.sortKey(left), parts.sortKey(right)),
  });
}

/** The same field, but a record cannot be made without it. */
export function required<T, K extends FieldKind>(field: Field<T, K>): Field<T, K> {
  return Object.freeze({
    ...field,
    required: true,
    parse: (raw: unknown, hints?: ParseHints): Result<T, FieldIssue> => {
      const result = field.parse(raw, hints);
      if (result.ok && field.sortKey(result.value) === null) {
        return { ok: false, issue: { code: 'required', message: `${field.label} cannot be empty.` } };
      }
      return result;
    },
  });
}

/** The same field, kept out of columns, forms and files. */
export function hidden<T, K extends FieldKind>(field: Field<T, K>): Field<T, K> {
  return Object.freeze({ ...field, hidden: true });
}

/** The same field, found in files under these names too. */
export function alsoNamed<T, K extends FieldKind>(field: Field<T, K>, ...aliases: string[]): Field<T, K> {
  return Object.freeze({ ...field, aliases: [...(field.aliases ?? []), ...aliases] });
}

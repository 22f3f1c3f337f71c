/**
 * One row of a file as values of fields and texts of links. A value that does not fit leaves its field empty and is
 * listed with its reason; it never stops the row.
 */
import { entities, type Registry } from '../entities/registry.ts';
import type { DayOrder } from '../model/day.ts';
import type { AnyField, ParseHints } from '../model/field.ts';
import type { DecimalMark } from '../model/money.ts';
import { day, findOption, isIdOf } from '../model/scalar-fields.ts';
import type { Address, Reachable } from '../model/set-fields.ts';
import { type ImportTarget, parseTarget } from './import-targets.ts';
import { type Answer, type ImportFile, questionOf } from './import-values.ts';

export interface ImportIssue {
  readonly fileId: string;
  /** As a spreadsheet numbers rows. */
  readonly row: number;
  /** Header of the column; '' when it is about the row. */
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  /** `skipped`: nothing of the row was taken. `empty`: the field stays empty. `note`: taken, but worth a look. */
  readonly severity: 'skipped' | 'empty' | 'note';
}

/** How the texts of a column are read. */
export interface ColumnFormat {
  readonly dayOrder?: DayOrder;
  readonly decimal?: DecimalMark;
}

export interface RowValues {
  /** Fields by entity: what a cell gave. Empty cells are not there. */
  readonly values: Map<string, Record<string, unknown>>;
  /** Specials and links by target: `deal.stage`, `deal.company`, `contact.fullName`. */
  readonly texts: Map<string, string>;
}

export interface RowReader {
  read(
    row: readonly string[],
    report: (column: number, reason: string, severity: ImportIssue['severity']) => void,
  ): RowValues;
}

/** Specials whose cells are checked like a field's. */
const SPECIAL_FIELDS: Readonly<Record<string, AnyField>> = {
  'deal.wonOn': day('Won on'),
  'deal.lostOn': day('Lost on'),
};
const LINK_KINDS: ReadonlySet<string> = new Set(['ref', 'person', 'people', 'positions']);
const SEVERAL = /\s*(?:[;\n]|:::|,(?=\s*[^\s,;]*@)|,(?=\s*\+?\d[\d\s().-]{4,}))\s*/;

export function createRowReader(
  file: ImportFile,
  formats: readonly ColumnFormat[],
  answers: ReadonlyMap<string, ReadonlyMap<string, Answer>>,
  { currency, registry = entities }: { currency: string; registry?: Registry },
): RowReader {
  const columns = file.targets.flatMap((key, index) => {
    const target = parseTarget(key);
    const field =
      target === null
        ? undefined
        : (registry[target.entity]?.fields[target.field] ?? SPECIAL_FIELDS[`${target.entity}.${target.field}`]);
    return target ? [{ target, index, field }] : [];
  });
  const currencyColumns = new Map(
    columns
      .filter(({ target }) => target.part === 'currency')
      .map(({ target, index }) => [`${target.entity}.${target.field}`, index]),
  );
  const idColumn = file.targets.indexOf(`${file.role}.id`);
  const answered = columns.map(({ target }) => answers.get(questionOf(target.key, registry) ?? ''));

  return {
    read(row, report) {
      const values = new Map<string, Record<string, unknown>>();
      const texts = new Map<string, string>();
      const sets = new Map<string, SetInRow>();
      // Our own export writes sets in their canonical text, which only their field reads without a guess.
      const isOwn = idColumn >= 0 && isIdOf(file.role, (row[idColumn] ?? '').trim());
      for (const [position, { target, index, field }] of columns.entries()) {
        const text = (row[index] ?? '').trim();
        if (text === '') continue;
        if (isText(target, field)) {
          texts.set(target.key, text);
        } else if (isOwn && field?.elements && target.element === '') {
          put(target, field, text, index, row);
        } else if (field?.elements) {
          addToSet(sets, target, field, text, index);
        } else if (field && target.part === '') {
          const answer = answered[position]?.get(text);
          if (answer === '-') report(index, `${field.label} does not know this value. The field stays empty.`, 'empty');
          else put(target, field, answer?.startsWith('=') ? answer.slice(1) : text, index, row);
        }
      }
      for (const set of sets.values()) finishSet(set);
      return { values, texts };

      function put(target: ImportTarget, field: AnyField, text: string, index: number, cells: readonly string[]): void {
        const result = field.parse(text, hintsFor(target, index, cells));
        if (!result.ok) report(index, result.issue.message, 'empty');
        else if (field.sortKey(result.value) !== null) assign(target, joined(target, field, result.value));
      }

      function joined(target: ImportTarget, field: AnyField, value: unknown): unknown {
        const former = values.get(target.entity)?.[target.field];
        return field.kind === 'longText' && typeof former === 'string' ? `${former}\n${value}` : value;
      }

      function assign({ entity, field }: ImportTarget, value: unknown): void {
        const record = values.get(entity) ?? {};
        values.set(entity, record);
        record[field] = value;
      }

      function hintsFor(target: ImportTarget, index: number, cells: readonly string[]): ParseHints {
        const named = currencyColumns.get(`${target.entity}.${target.field}`);
        const code = named === undefined ? '' : (cells[named] ?? '').trim().toUpperCase();
        return { ...formats[index], currency: /^[A-Z]{3}$/.test(code) ? code : currency };
      }

      function finishSet({ target, field, pieces, addressParts, index }: SetInRow): void {
        const elements: unknown[] = [];
        for (const piece of pieces) {
          const result = field.parse([piece.element]);
          if (result.ok) elements.push(...result.value);
          else report(piece.index, `${result.issue.message} This one was left out.`, 'empty');
        }
        for (const address of addressParts.values()) {
          const result = field.parse([address]);
          if (result.ok) elements.push(...result.value);
          else if (Object.values(address).some((part, at) => at > 0 && part !== ''))
            report(index, result.issue.message, 'empty');
        }
        const all = field.parse(withoutSecondPrimary(elements));
        if (all.ok && all.value.length > 0) assign(target, all.value);
      }
    },
  };
}

/** Specials, ids and links are kept as texts: the plan resolves them. */
function isText(target: ImportTarget, field: AnyField | undefined): boolean {
  return field === undefined || target.part === 'id' || LINK_KINDS.has(field.kind);
}

interface SetInRow {
  readonly target: ImportTarget;
  readonly field: AnyField;
  readonly pieces: { element: unknown; index: number; group: string }[];
  readonly addressParts: Map<string, Record<string, string>>;
  readonly index: number;
}

function addToSet(
  sets: Map<string, SetInRow>,
  target: ImportTarget,
  field: AnyField,
  text: string,
  index: number,
): void {
  const key = `${target.entity}.${target.field}`;
  const set = sets.get(key) ?? {
    target,
    field,
    pieces: [],
    addressParts: new Map<string, Record<string, string>>(),
    index,
  };
  sets.set(key, set);
  const fixed = target.element.startsWith(':') ? target.element.slice(1) : '';
  if (field.kind === 'addresses' && target.part !== '') addAddressPart(set, target, text);
  else if (target.part === 'label') relabel(set, target.element, plainLabel(text));
  else if (field.kind === 'emails' || field.kind === 'phones') {
    for (const piece of text.split(SEVERAL))
      if (piece !== '')
        set.pieces.push({
          element: reachable(piece, fixed || labelOf(set, target.element), field),
          index,
          group: target.element,
        });
  } else if (field.kind === 'addresses') {
    for (const element of wholeAddresses(text)) set.pieces.push({ element, index, group: target.element });
  } else {
    for (const piece of text.split(field.kind === 'tags' ? /[;,\n]|:::/ : /[;,\n]/)) {
      const plain = field.kind === 'tags' ? piece.trim().replace(/^\*\s*/, '') : piece.trim();
      if (plain !== '') set.pieces.push({ element: plain, index, group: '' });
    }
  }
}

/** Google stars the label of the main address: `* Work`. */
const plainLabel = (text: string): string => text.replace(/^\*\s*/, '').trim();

function reachable(piece: string, label: string, field: AnyField): unknown {
  if (label === '') return piece;
  const read = field.parse([piece]);
  const value = read.ok ? (read.value[0] as Reachable | undefined)?.value : undefined;
  return { value: value ?? piece, label, primary: false };
}

const labels = new WeakMap<SetInRow, Map<string, string>>();

function labelOf(set: SetInRow, group: string): string {
  return group === '' ? '' : (labels.get(set)?.get(group) ?? '');
}

/** A label may stand before or behind its value. */
function relabel(set: SetInRow, group: string, label: string): void {
  const known = labels.get(set) ?? new Map<string, string>();
  labels.set(set, known.set(group, label));
  const address = set.addressParts.get(group);
  if (address) address.label = label;
  for (const piece of set.pieces)
    if (piece.group === group)
      piece.element = reachable(String((piece.element as Reachable).value ?? piece.element), label, set.field);
}

function addAddressPart(set: SetInRow, { element, part }: ImportTarget, text: string): void {
  const address = set.addressParts.get(element) ?? {
    label: element.startsWith(':') ? element.slice(1) : '',
    street: '',
    postalCode: '',
    city: '',
    region: '',
    country: '',
  };
  set.addressParts.set(element, address);
  if (part === 'label') {
    const label = plainLabel(text);
    address.label = findOption(set.field.options ?? {}, label) ?? label;
  } else if (Object.hasOwn(address, part)) {
    const plain = text.replace(/\s*\n\s*/g, ', ');
    address[part] = address[part] ? `${address[part]}, ${plain}` : plain;
  }
}

/** Our own text has bars between the parts; anything else is one address, however many lines it has. */
function wholeAddresses(text: string): readonly (string | Partial<Address>)[] {
  if (text.includes('|')) return text.split(/[;\n]/).filter((piece) => piece.trim() !== '');
  const labelled = /^([\p{L} ]{1,20}):\s+(.+)$/su.exec(text);
  const options = { work: 'Work', home: 'Home', billing: 'Billing', shipping: 'Shipping', other: 'Other' };
  const label = labelled?.[1] ? findOption(options, labelled[1]) : null;
  if (label !== null) return text.split(';').filter((piece) => piece.trim() !== '');
  return [{ label: 'work', street: text.replace(/\s*[\n;]\s*/g, ', ').replace(/,\s*,/g, ',') }];
}

/** Elements were read one by one, so each thinks it is the first. */
function withoutSecondPrimary(elements: readonly unknown[]): readonly unknown[] {
  return elements.map((element) =>
    typeof element === 'object' && element !== null && 'primary' in element ? { ...element, primary: false } : element,
  );
}

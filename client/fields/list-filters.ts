/**
 * The filters of a table as data: words, and for some fields the values that may be there. Kept in the address, so
 * that a filtered list can be sent to somebody and "back" brings it back.
 */
import { useSearchParams } from '@solidjs/router';
import { createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import { type EntityName, entities } from '../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../shared/model/entity.ts';
import type { AnyField } from '../../shared/model/field.ts';
import { foldText } from '../../shared/model/text-order.ts';
import type { Icon } from '../ui/icon.ts';

/** Stands for "has none" among the values of a filter; no id and no word looks like it. */
export const NO_VALUE = '-';

/** A filter by what is computed and no field: who is due to hear from us. */
export interface DerivedFilter {
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  /** Value → what people call it, in the order offered. */
  readonly options: Readonly<Record<string, string>>;
  /** What records without a value are called. */
  readonly none: string;
  /** Makes what gives a record's value, null for none. Tracks what the values depend on, and reads records untracked. */
  readonly values: () => (record: AnyRecord) => string | null;
}

export interface ListFilters {
  readonly entity: EntityName;
  readonly words: () => string;
  readonly setWords: (words: string) => void;
  /** Fields that can be filtered by, derived ones last. */
  readonly fields: readonly string[];
  /** A filter that is no field; undefined for fields. */
  readonly derived: (name: string) => DerivedFilter | undefined;
  /** Values asked for per field; a field that is not filtered by has no entry. */
  readonly chosen: () => ReadonlyMap<string, readonly string[]>;
  /** Empty values keep the filter open and let everything through; null takes it away. */
  readonly choose: (field: string, values: readonly string[] | null) => void;
  readonly clear: () => void;
  readonly isActive: () => boolean;
  /** What the values ask for; undefined for nothing. The words are asked by the list itself. */
  readonly where: () => ((record: AnyRecord) => boolean) | undefined;
}

/** The address follows typing after this many ms. */
const ADDRESS_DELAY = 300;

export function createListFilters(
  name: EntityName,
  ownFields: readonly string[],
  derivedFilters: readonly DerivedFilter[] = [],
): ListFilters {
  const fields = [...ownFields, ...derivedFilters.map(({ id }) => id)];
  const derived = (id: string) => derivedFilters.find((each) => each.id === id);
  const entity: Entity = entities[name];
  const [params, setParams] = useSearchParams();
  const param = (key: string): string => untrack(() => String(params[key] ?? ''));
  const [words, setWords] = createSignal(param('q'));
  const [chosen, setChosen] = createSignal<ReadonlyMap<string, readonly string[]>>(
    new Map(fields.flatMap((field) => (param(field) === '' ? [] : [[field, param(field).split('|')] as const]))),
  );

  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(
      [words, chosen],
      () => {
        clearTimeout(timer);
        timer = setTimeout(writeAddress, ADDRESS_DELAY);
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(timer));
  function writeAddress(): void {
    const next: Record<string, string | null> = { q: words().trim() || null };
    for (const field of fields) next[field] = chosen().get(field)?.join('|') || null;
    setParams(next, { replace: true });
  }

  const where = createMemo(() => {
    const tests = [...chosen()].flatMap(([field, values]) => {
      const computed = derived(field);
      if (computed && values.length > 0) {
        const read = computed.values();
        return [(record: AnyRecord) => values.includes(read(record) ?? NO_VALUE)];
      }
      const known = entity.fields[field];
      return known && values.length > 0 ? [valueTest(field, known, values)] : [];
    });
    return tests.length === 0 ? undefined : (record: AnyRecord) => tests.every((test) => test(record));
  });

  return {
    entity: name,
    words,
    setWords,
    fields,
    derived,
    chosen,
    choose(field, values) {
      const next = new Map(chosen());
      if (values === null) next.delete(field);
      else next.set(field, values);
      setChosen(next);
    },
    clear() {
      setWords('');
      setChosen(new Map());
    },
    isActive: () => words().trim() !== '' || [...chosen().values()].some((values) => values.length > 0),
    where,
  };
}

/** Whether a record has one of the values; a list field matches when any of its elements does. Exported for its test. */
export function valueTest(name: string, field: AnyField, values: readonly string[]): (record: AnyRecord) => boolean {
  const wanted = new Set(values.map(foldText));
  const none = values.includes(NO_VALUE);
  return (record) => {
    const value = record[name];
    if (!field.accepts(value) || field.sortKey(value) === null) return none;
    if (Array.isArray(value)) return value.some((element) => wanted.has(foldText(String(element))));
    return wanted.has(foldText(String(value)));
  };
}

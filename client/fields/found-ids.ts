/**
 * Which records of a list match words and values, as somebody types: one linear scan over texts that are there
 * already, and a longer word only looks through what the shorter one found. The first key
 * of a session costs one look-up of all records.
 */
import { createMemo, createSignal } from 'solid-js';
import type { EntityName } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { foldText } from '../../shared/model/text-order.ts';
import type { Workspace } from '../data/workspace.ts';
import { createRecordFilter } from './record-filter.ts';

export interface FoundIds {
  /** The ids of a list whose records match, in the list's order; the list itself when nothing is asked. Tracks. */
  readonly found: () => readonly string[];
  /** Gets ready for typing; to be called when somebody goes to the field. */
  readonly prepare: () => void;
}

export interface FoundIdsOptions {
  readonly workspace: Workspace;
  readonly entity: EntityName;
  readonly ids: () => readonly string[];
  readonly words: () => string;
  readonly where: () => ((record: AnyRecord) => boolean) | undefined;
}

interface Row {
  readonly id: string;
  readonly record: AnyRecord;
  /** Folded, with the company's name; '' until first needed. */
  text: string;
}

interface Found {
  readonly rows: readonly Row[];
  readonly where: unknown;
  readonly terms: readonly string[];
  readonly matches: readonly Row[];
}

export function createFoundIds(options: FoundIdsOptions): FoundIds {
  const { workspace, entity } = options;
  const collection = workspace.collection(entity);
  const companies = workspace.collection('company');
  const { textOf, warmUp } = createRecordFilter(workspace, entity);
  // Folding 50,000 texts takes longer than a frame: it is done before somebody types, when nothing else is to do.
  warmUp();
  const [isReady, setReady] = createSignal(false);
  const terms = createMemo(() => foldText(options.words()).split(/\s+/).filter(Boolean));
  const isAsked = createMemo(() => terms().length > 0 || options.where() !== undefined);

  /** The records in the list's order, looked up once per change of the data and not once per key press. */
  const rows = createMemo<readonly Row[]>(() => {
    if (!isReady() && !isAsked()) return [];
    collection.count();
    companies.count();
    return options.ids().flatMap((id) => {
      const record = collection.peek(id) as AnyRecord | undefined;
      return record ? [{ id, record, text: '' }] : [];
    });
  });
  const found = createMemo<Found>(
    (before) => {
      const where = options.where();
      const asked = { rows: rows(), where, terms: terms() };
      const isNarrower = before.rows === asked.rows && before.where === where && narrows(before.terms, asked.terms);
      const candidates = isNarrower ? before.matches : asked.rows;
      const matches = isAsked()
        ? candidates.filter((row) => {
            if (!isNarrower && where && !where(row.record)) return false;
            if (asked.terms.length > 0 && row.text === '') row.text = textOf(row.record);
            return asked.terms.every((term) => row.text.includes(term));
          })
        : [];
      return { ...asked, matches };
    },
    { rows: [], where: undefined, terms: [], matches: [] },
  );
  const ids = createMemo(() => found().matches.map((row) => row.id));
  return { found: () => (isAsked() ? ids() : options.ids()), prepare: () => setReady(true) };
}

/** Whether everything that matches `after` matched `before`: each word begins with one that was there. */
export function narrows(before: readonly string[], after: readonly string[]): boolean {
  return before.length > 0 && before.every((old) => after.some((word) => word.includes(old)));
}

/**
 * Which records of a list match words and values, as somebody types: one linear scan over texts that are there
 * already (client/data/search.ts), and a longer word only looks through what the shorter one found. Where the scan takes
 * longer than a frame leaves room for, the first matches are there at once and the others a few frames later.
 */
import { createMemo, createSignal, onCleanup } from 'solid-js';
import type { EntityName } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { foldText } from '../../shared/model/text-order.ts';
import type { SearchEntry } from '../data/search.ts';
import type { Workspace } from '../data/workspace.ts';
import { createScan, type Scan } from './scan.ts';

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

type Test = (record: AnyRecord) => boolean;

interface Asked {
  readonly entries: readonly SearchEntry[];
  readonly where: Test | undefined;
  readonly terms: readonly string[];
  readonly scan: Scan<SearchEntry>;
}

export function createFoundIds(options: FoundIdsOptions): FoundIds {
  const { workspace, entity } = options;
  const collection = workspace.collection(entity);
  const companies = workspace.collection('company');
  const index = workspace.search.index(entity);
  const [isReady, setReady] = createSignal(false);
  const terms = createMemo(() => foldText(options.words()).split(/\s+/).filter(Boolean));
  const isAsked = createMemo(() => terms().length > 0 || options.where() !== undefined);

  /** What is known of the records, in the list's order: looked up once per change of the data and not once per key press. */
  const entries = createMemo<readonly SearchEntry[]>(() => {
    if (!isReady() && !isAsked()) return [];
    collection.count();
    companies.count();
    return options.ids().flatMap((id) => index.entry(id) ?? []);
  });
  const asked = createMemo<Asked>(
    (before) => {
      const now = { entries: entries(), where: options.where(), terms: terms() };
      const isNarrower =
        before.entries === now.entries && before.where === now.where && narrows(before.terms, now.terms);
      const hasWords = index.matching(now.terms.join(' '));
      const { where } = now;
      const matches = (entry: SearchEntry) => (!where || where(entry.record)) && (!hasWords || hasWords(entry));
      const candidates = isNarrower ? before.scan.candidatesLeft() : isAsked() ? now.entries : [];
      const scan = createScan(candidates, matches);
      onCleanup(scan.stop);
      return { ...now, scan };
    },
    { entries: [], where: undefined, terms: [], scan: createScan<SearchEntry>([], () => false) },
  );
  const ids = createMemo(() =>
    asked()
      .scan.found()
      .map(({ record }) => record.id),
  );
  return { found: () => (isAsked() ? ids() : options.ids()), prepare: () => setReady(true) };
}

/** Whether everything that matches `after` matched `before`: each word begins with one that was there. */
export function narrows(before: readonly string[], after: readonly string[]): boolean {
  return before.length > 0 && before.every((old) => after.some((word) => word.includes(old)));
}

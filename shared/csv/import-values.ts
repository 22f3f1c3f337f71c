/**
 * Values of a file that only a person can place for sure: stages, owners, options of a list, spellings of products and
 * companies. Each gets a suggestion, so that agreeing is one click and nothing has to be answered to go on.
 */
import { entities, type Registry } from '../entities/registry.ts';
import { findOption } from '../model/scalar-fields.ts';
import { foldText } from '../model/text-order.ts';
import { squash } from './aliases.ts';
import { createNearNames, type Existing, nameKey } from './import-lookup.ts';
import type { FileRole } from './import-targets.ts';
import { parseTarget, targetLabel } from './import-targets.ts';
import type { Table } from './read-csv.ts';

/** One file of an import, with what its columns were matched to. */
export interface ImportFile {
  readonly id: string;
  readonly table: Table;
  readonly role: FileRole;
  /** A target per column; '' is not imported. */
  readonly targets: readonly string[];
}

/** `=<id, key or text>` takes that; `+` makes a new one; `-` leaves the field empty. */
export type Answer = `=${string}` | '+' | '-';

/** Question key → value as in the file → answer. Values that are missing get their suggestion. */
export type Answers = Readonly<Record<string, Readonly<Record<string, Answer>>>>;

export interface AskedValue {
  readonly text: string;
  /** Rows with this value. */
  readonly count: number;
  readonly suggestion: Answer;
  /** Whether the suggestion is plain (same name), so that nobody needs to look at it. */
  readonly certain: boolean;
}

export interface ValueQuestion {
  /** `stage`, `owner`, `product`, `company`, or the target of a choice field. */
  readonly key: string;
  readonly label: string;
  readonly values: readonly AskedValue[];
  /** Offered answers beside new and empty: value → words. Spellings to choose from for products and companies. */
  readonly options: readonly { readonly value: Answer; readonly label: string }[];
  readonly canCreate: boolean;
  readonly canSkip: boolean;
}

const VALUE_LIMIT = 300;

export function valueQuestions(
  files: readonly ImportFile[],
  existing: Existing,
  pipelineId: string,
  registry: Registry = entities,
): readonly ValueQuestion[] {
  const texts = collectTexts(files, registry);
  const questions: ValueQuestion[] = [];
  for (const [key, counts] of texts) {
    if (key === 'stage') questions.push(stageQuestion(counts, existing, pipelineId));
    else if (key === 'owner') questions.push(ownerQuestion(counts, existing, files));
    else if (key === 'product') questions.push(nearQuestion(key, 'Product', counts, knownProducts(files, existing)));
    else if (key === 'company') questions.push(nearQuestion(key, 'Company', counts, knownCompanies(files, existing)));
    else questions.push(choiceQuestion(key, counts, registry));
  }
  return questions.filter((question) => question.values.length > 0);
}

type Counts = ReadonlyMap<string, number>;

/** Different texts per question, in the order of the file. */
function collectTexts(files: readonly ImportFile[], registry: Registry): ReadonlyMap<string, Counts> {
  const texts = new Map<string, Map<string, number>>();
  for (const { table, targets } of files) {
    for (const [column, target] of targets.entries()) {
      const key = questionOf(target, registry);
      if (key === null) continue;
      const counts = texts.get(key) ?? new Map<string, number>();
      texts.set(key, counts);
      for (const row of table.rows) {
        const text = (row[column] ?? '').trim();
        if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
      }
    }
  }
  return texts;
}

/** Which question a column's values belong to; null for free values. */
export function questionOf(target: string, registry: Registry = entities): string | null {
  if (target === 'deal.stage') return 'stage';
  if (target === 'deal.product') return 'product';
  if (target === 'deal.company' || target === 'contact.company') return 'company';
  const parsed = parseTarget(target);
  if (parsed?.part !== '' || parsed.element !== '') return null;
  const kind = registry[parsed.entity]?.fields[parsed.field]?.kind;
  if (kind === 'person') return 'owner';
  return kind === 'choice' ? target : null;
}

const WON = ['won', 'closedwon', 'gewonnen', 'win', 'sold', 'verkauft'];
const LOST = ['lost', 'closedlost', 'verloren', 'loss'];

/** `Closed Won` is the won stage whatever it is called here; an unknown open stage is made. */
function stageQuestion(counts: Counts, existing: Existing, pipelineId: string): ValueQuestion {
  const stages = existing.stages.filter((stage) => stage.pipeline === pipelineId);
  const values = [...counts].slice(0, VALUE_LIMIT).map(([text, count]): AskedValue => {
    const plain = text.replace(/\s*\([^)]*\)\s*$/, '');
    const named = stages.find((stage) => [text, plain].some((name) => squash(name) === squash(stage.name)));
    const type = WON.includes(squash(plain)) ? 'won' : LOST.includes(squash(plain)) ? 'lost' : null;
    const found = named ?? stages.find((stage) => stage.type === type);
    return found
      ? { text, count, suggestion: `=${found.id}`, certain: true }
      : { text, count, suggestion: '+', certain: false };
  });
  return {
    key: 'stage',
    label: 'Stage',
    values,
    options: stages.map(({ id, name }) => ({ value: `=${id}`, label: name })),
    canCreate: true,
    canSkip: false,
  };
}

function ownerQuestion(counts: Counts, existing: Existing, files: readonly ImportFile[]): ValueQuestion {
  const fromFile = memberNames(files);
  const values = [...counts].slice(0, VALUE_LIMIT).map(([text, count]): AskedValue => {
    const found = findMember(text, existing.members);
    if (found) return { text, count, suggestion: `=${found.id}`, certain: found.certain };
    const looksLikeId = /\d/.test(text) && !text.includes(' ') && !text.includes('@');
    return { text, count, suggestion: looksLikeId ? '-' : '+', certain: fromFile.has(nameKey(text)) };
  });
  return {
    key: 'owner',
    label: 'Owner',
    values,
    options: existing.members.map(({ id, name, email }) => ({ value: `=${id}`, label: name || email })),
    canCreate: true,
    canSkip: true,
  };
}

function memberNames(files: readonly ImportFile[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { table, targets, role } of files) {
    const column = role === 'member' ? targets.indexOf('member.name') : -1;
    if (column >= 0) for (const row of table.rows) names.add(nameKey(row[column] ?? ''));
  }
  return names;
}

/** By name or e-mail for sure; by first name or `M. Lindqvist` when only one person fits. */
function findMember(text: string, members: Existing['members']): { id: string; certain: boolean } | null {
  const key = nameKey(text);
  const exact = members.find(
    ({ id, name, email }) => id === text || nameKey(name) === key || email.toLowerCase() === key,
  );
  if (exact) return { id: exact.id, certain: true };
  const initial = /^(\p{L})\p{L}*\.?\s+(.+)$/u.exec(key);
  const alike = members.filter(({ name }) => {
    const [first = '', ...rest] = nameKey(name).split(' ');
    return (
      first === key ||
      (initial && key.includes('.') && first.startsWith(initial[1] ?? '') && rest.join(' ') === initial[2])
    );
  });
  return alike.length === 1 && alike[0] ? { id: alike[0].id, certain: false } : null;
}

function choiceQuestion(key: string, counts: Counts, registry: Registry): ValueQuestion {
  const target = parseTarget(key);
  const options = registry[target?.entity ?? '']?.fields[target?.field ?? '']?.options ?? {};
  const values = [...counts].slice(0, VALUE_LIMIT).map(([text, count]): AskedValue => {
    const option = findOption(options, text);
    return option === null
      ? { text, count, suggestion: '-', certain: false }
      : { text, count, suggestion: `=${option}`, certain: true };
  });
  return {
    key,
    label: targetLabel(key, registry),
    values,
    options: Object.entries(options).map(([value, label]) => ({ value: `=${value}`, label })),
    canCreate: false,
    canSkip: true,
  };
}

/** Only the values that are nearly, but not quite, a known name. */
function nearQuestion(key: string, label: string, counts: Counts, known: ReadonlySet<string>): ValueQuestion {
  const folded = new Set([...known].map(nameKey));
  const near = createNearNames(known);
  // Without a list to check against, the most frequent spelling is the right one.
  for (const [text] of [...counts].sort((left, right) => right[1] - left[1])) near.add(text);
  const values: AskedValue[] = [];
  for (const [text, count] of counts) {
    const other = folded.has(nameKey(text)) ? null : near.find(text);
    if (other !== null && nameKey(other) !== nameKey(text) && values.length < VALUE_LIMIT)
      values.push({ text, count, suggestion: `=${other}`, certain: false });
  }
  const spellings = [...new Set(values.map(({ suggestion }) => suggestion))];
  return {
    key,
    label,
    values,
    options: spellings.map((value) => ({ value, label: value.slice(1) })),
    canCreate: true,
    canSkip: false,
  };
}

function knownProducts(files: readonly ImportFile[], existing: Existing): ReadonlySet<string> {
  return new Set([...columnTexts(files, 'product.name'), ...existing.products]);
}

function knownCompanies(files: readonly ImportFile[], existing: Existing): ReadonlySet<string> {
  const companies = existing.records.filter(({ entity }) => entity === 'company').map(({ name }) => name);
  return new Set([...companies, ...columnTexts(files, 'company.name')]);
}

function* columnTexts(files: readonly ImportFile[], target: string): Generator<string> {
  for (const { table, targets } of files) {
    const column = targets.indexOf(target);
    if (column < 0) continue;
    for (const row of table.rows) if ((row[column] ?? '').trim() !== '') yield (row[column] ?? '').trim();
  }
}

/** The answers to go on with: what the person chose over what was suggested. */
export function answersOver(
  questions: readonly ValueQuestion[],
  chosen: Answers,
): ReadonlyMap<string, ReadonlyMap<string, Answer>> {
  return new Map(
    questions.map(({ key, values }) => [
      key,
      new Map(values.map(({ text, suggestion }) => [text, chosen[key]?.[text] ?? suggestion])),
    ]),
  );
}

/** Whether anything needs to be looked at before the import. */
export function isOpenQuestion(question: ValueQuestion): boolean {
  return question.values.some(({ certain }) => !certain);
}

/** `Won`, `gewonnen`, `Closed Lost`, `offen`: what a status column says. Null when it says nothing known. */
export function readStatus(text: string): 'open' | 'won' | 'lost' | null {
  const key = squash(text);
  if (WON.includes(key)) return 'won';
  if (LOST.includes(key)) return 'lost';
  return ['open', 'offen', 'active', 'aktiv', 'inprogress', 'new'].includes(foldText(key)) ? 'open' : null;
}

/**
 * What an import will do, worked out before anything is written: which records are made, completed or left alone and
 * how they are linked, and every row that has a problem. Pure: the same files, settings and records give the same plan,
 * with the same ids, so that running it twice makes nothing twice.
 */
import { entities, type Registry } from '../entities/registry.ts';
import { idFromCause } from '../model/id.ts';
import type { Reachable } from '../model/set-fields.ts';
import { createStagePlanner, placeDeals, type StagePlanner } from './import-deals.ts';
import {
  contactNameOf,
  emailsOf,
  idsOf,
  isUnset,
  missingPart,
  nameFromIds,
  splitName,
  textOf,
} from './import-identity.ts';
import { createLinker, type Wanted } from './import-links.ts';
import { createLookup, type Existing, type ExistingRecord, type Lookup } from './import-lookup.ts';
import { type ColumnFormat, createRowReader, type ImportIssue, type RowValues } from './import-row.ts';
import { type Answers, answersOver, type ImportFile, type ValueQuestion, valueQuestions } from './import-values.ts';
import { createDialler, isNational } from './phone-country.ts';

/** What is done with a row that is there already. */
export type DuplicateMode = 'fill' | 'update' | 'skip';

export interface PlanSettings {
  readonly files: readonly ImportFile[];
  /** Per file, per column. */
  readonly formats: Readonly<Record<string, readonly ColumnFormat[]>>;
  /** Per file: texts for fields whose cell is empty, by target (`contact.lifecycle` → `lead`). */
  readonly defaults: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly answers: Answers;
  /** Names this import; every record it makes carries it. */
  readonly batch: string;
  readonly pipelineId: string;
  /** For amounts that name none. */
  readonly currency: string;
  /** Whose code national phone numbers get: `NL`; '' leaves them as they are. */
  readonly country?: string;
  readonly duplicates: DuplicateMode;
}

export interface PlannedRecord {
  readonly entity: string;
  readonly id: string;
  readonly action: 'create' | 'update';
  readonly values: Record<string, unknown>;
  /** File and row it came from; a linked record's row is the first that named it. */
  readonly fileId: string;
  readonly row: number;
  /** Made because another record names it. */
  readonly linked: boolean;
}

export interface Duplicate {
  readonly entity: string;
  readonly id: string;
  readonly fileId: string;
  readonly row: number;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface ImportPlan {
  readonly batch: string;
  readonly duplicateMode: DuplicateMode;
  readonly stages: readonly { readonly id: string; readonly name: string; readonly pipeline: string }[];
  /** Members first, then companies, contacts, deals: what is linked to comes before what links. */
  readonly records: readonly PlannedRecord[];
  readonly issues: readonly ImportIssue[];
  readonly questions: readonly ValueQuestion[];
  readonly counts: PlanCounts;
  readonly duplicates: readonly Duplicate[];
  /** Numbers that came without a country code, whatever was made of them; each number once. */
  readonly nationalPhones: readonly string[];
  /** `file/row` → id of the record the row became. */
  readonly rowRecords: ReadonlyMap<string, string>;
}

export interface PlanCounts {
  /** Made, by entity, linked ones included. */
  readonly created: Readonly<Record<string, number>>;
  /** Rows that are there already, whatever is done with them. */
  readonly duplicates: number;
  readonly skippedRows: number;
  readonly rows: number;
}

const ORDER = ['member', 'company', 'contact', 'deal'];

export function makePlan(settings: PlanSettings, existing: Existing, registry: Registry = entities): ImportPlan {
  const questions = valueQuestions(settings.files, existing, settings.pipelineId, registry);
  const planner = createPlanner(settings, existing, registry, questions);
  const ordered = [...settings.files]
    .filter(({ role }) => role !== 'none' && role !== 'product')
    .sort((left, right) => ORDER.indexOf(left.role) - ORDER.indexOf(right.role));
  for (const file of ordered) planner.readFile(file);
  return planner.finish();
}

type Planner = { readFile(file: ImportFile): void; finish(): ImportPlan };

function createPlanner(
  settings: PlanSettings,
  existing: Existing,
  registry: Registry,
  questions: readonly ValueQuestion[],
): Planner {
  const { batch } = settings;
  const answers = answersOver(questions, settings.answers);
  const members: ExistingRecord[] = existing.members.map((member) => ({
    ...member,
    entity: 'member',
    sourceId: '',
    emails: member.email ? [member.email] : [],
    domain: '',
    company: '',
  }));
  const lookup: Lookup = createLookup([...existing.records, ...members]);
  const planned = new Map<string, PlannedRecord>();
  const stages: StagePlanner = createStagePlanner(existing, settings.pipelineId, batch, answers.get('stage'));
  const issues: ImportIssue[] = [];
  const duplicates: Duplicate[] = [];
  const rowRecords = new Map<string, string>();
  const counts = { duplicates: 0, skippedRows: 0, rows: 0 };
  const nationalPhones = new Set<string>();
  const dial = createDialler(settings.country ?? '');
  const links = createLinker({ settings, registry, answers, lookup, planned, rowRecords, issues, write });

  return { readFile, finish };

  function readFile(file: ImportFile): void {
    const formats = settings.formats[file.id] ?? [];
    const reader = createRowReader(file, formats, answers, { currency: settings.currency, registry });
    for (const [index, row] of file.table.rows.entries()) {
      const rowNumber = file.table.rowNumbers[index] ?? index + 1;
      const report = (column: number, reason: string, severity: ImportIssue['severity']) =>
        issues.push({
          fileId: file.id,
          row: rowNumber,
          column: column < 0 ? '' : (file.table.headers[column] ?? ''),
          value: column < 0 ? '' : (row[column] ?? ''),
          reason,
          severity,
        });
      const odd = file.table.oddRows.get(rowNumber);
      if (odd) report(-1, odd, 'note');
      counts.rows++;
      planRow(file, rowNumber, reader.read(row, report), (reason, severity) => report(-1, reason, severity));
    }
  }

  function planRow(file: ImportFile, row: number, read: RowValues, report: RowReport): void {
    applyDefaults(file, read);
    addCountryCodes(read);
    const entity = registry[file.role];
    if (!entity) return;
    const at = { fileId: file.id, row };
    const values = read.values.get(file.role) ?? {};
    if (file.role === 'contact') splitName(values, read.texts);
    const { id: givenId, sourceId } = idsOf(file.role, read.texts);
    nameFromIds(file.role, values, read.texts, sourceId);
    // Before anything is linked: of a row that is left out, no company and no contact is made either.
    const hasTitle = file.role !== 'deal' || file.targets.some(isTitleTarget);
    const missing = hasTitle ? missingPart(file.role, entity.fields, values) : null;
    if (missing !== null && findKnown(file.role, givenId, sourceId) === null) {
      leaveOut(missing, report);
      return;
    }
    const company = file.role === 'deal' || file.role === 'contact' ? links.company(file.role, read, at, report) : null;
    if (company !== null) values.company = company;
    links.others(file, read, values, at, report);
    if (file.role === 'deal') {
      links.contacts(file, read, values, sourceId, at);
      if (!hasTitle) values.title = fallbackTitle(values, lookup);
    }
    const found = findMain(file.role, values, givenId, sourceId);
    if (found === null && missingPart(file.role, entity.fields, values) !== null) {
      leaveOut('Title is missing, and nothing else in the row names the deal.', report);
      return;
    }
    const id = found ?? (givenId !== '' ? givenId : idFromCause(file.role, `${batch}:${file.id}:${row}`));
    if (file.role === 'deal') {
      const saysClosing = file.targets.some((target) => CLOSING.has(target));
      stages.stageFor({ id, read, values, isNew: found === null, saysClosing }, report);
    }
    rowRecords.set(`${file.id}/${row}`, id);
    write({ entity: file.role, id, values, sourceId, at, linked: false, isMain: true });
  }

  function applyDefaults(file: ImportFile, read: RowValues): void {
    for (const [key, text] of Object.entries(settings.defaults[file.id] ?? {})) {
      const [entity = '', name = ''] = key.split('.');
      const field = registry[entity]?.fields[name];
      if (!field || text === '') continue;
      if (field.kind === 'person' || field.kind === 'ref') {
        if (!read.texts.has(key) && !read.texts.has(`${key}.id`)) read.texts.set(`${key}.id`, text);
      } else if (read.values.get(entity)?.[name] === undefined) {
        const result = field.parse(text, { currency: settings.currency });
        if (result.ok) read.values.set(entity, { ...read.values.get(entity), [name]: result.value });
      }
    }
  }

  function addCountryCodes(read: RowValues): void {
    for (const [name, values] of read.values)
      for (const [key, field] of Object.entries(registry[name]?.fields ?? {})) {
        if (field.kind !== 'phones' || values[key] === undefined) continue;
        const numbers = values[key] as readonly Reachable[];
        for (const { value } of numbers) if (isNational(value)) nationalPhones.add(value);
        const dialled = field.parse(numbers.map((each) => ({ ...each, value: dial(each.value) })));
        if (dialled.ok) values[key] = dialled.value;
      }
  }

  function leaveOut(reason: string, report: RowReport): void {
    counts.skippedRows++;
    report(reason, 'skipped');
  }

  function findKnown(role: string, givenId: string, sourceId: string): string | null {
    return givenId !== '' && lookup.has(role, givenId) ? givenId : lookup.bySourceId(role, sourceId);
  }

  /** The record a row is about, when it is there already or an earlier row has made it. */
  function findMain(role: string, values: Record<string, unknown>, givenId: string, sourceId: string): string | null {
    const known = findKnown(role, givenId, sourceId);
    if (known !== null || role === 'deal') return known;
    if (role === 'contact')
      return lookup.contact({
        name: contactNameOf(values),
        emails: emailsOf(values),
        company: textOf(values.company),
      });
    if (role === 'company') {
      const byName = lookup.byName('company', textOf(values.name));
      // Two names at one domain in one file are two companies; against what is here the domain decides.
      const byDomain = values.domain ? lookup.byDomain(textOf(values.domain)) : null;
      return byName ?? (byDomain !== null && !planned.has(byDomain) ? byDomain : null);
    }
    // Of any other kind two may well be called the same.
    return role === 'member' ? lookup.byName(role, textOf(values.name)) : null;
  }

  /** Takes a record into the plan: made, completed, or noted as there already. Later rows complete earlier ones. */
  function write({ entity, id, values, sourceId, at, linked, isMain }: Wanted): void {
    const before = planned.get(id);
    if (before) {
      for (const [name, value] of Object.entries(values))
        if (isMain && before.fileId !== at.fileId ? true : isUnset(before.values[name])) before.values[name] = value;
      if (
        isMain &&
        before.action === 'create' &&
        before.fileId === at.fileId &&
        before.row !== at.row &&
        !before.linked
      )
        counts.duplicates++;
      return;
    }
    const known = lookup.has(entity, id);
    if (known && isMain) {
      counts.duplicates++;
      duplicates.push({ entity, id, ...at, values });
      if (settings.duplicates === 'skip') return;
    }
    if (known && Object.keys(values).length === 0) return;
    if (known && !isMain && settings.duplicates === 'skip') return;
    const meta = { ...(known ? {} : { batch }), ...(sourceId === '' ? {} : { sourceId }) };
    planned.set(id, { entity, id, action: known ? 'update' : 'create', values: { ...values, ...meta }, ...at, linked });
    if (known) return;
    const name = entity === 'contact' ? contactNameOf(values) : textOf(values.name ?? values.title);
    lookup.add({
      id,
      entity,
      name,
      sourceId,
      emails: emailsOf(values),
      domain: textOf(values.domain),
      company: textOf(values.company),
    });
  }

  function finish(): ImportPlan {
    links.finish();
    placeDeals(planned.values(), stages);
    const records = [...planned.values()].sort((left, right) => orderOf(left.entity) - orderOf(right.entity));
    const created: Record<string, number> = {};
    for (const { entity, action } of records) if (action === 'create') created[entity] = (created[entity] ?? 0) + 1;
    return {
      batch,
      duplicateMode: settings.duplicates,
      stages: stages.newStages(),
      records,
      issues: issues.sort((left, right) => left.row - right.row),
      questions,
      counts: { created, ...counts },
      duplicates,
      nationalPhones: [...nationalPhones],
      rowRecords,
    };
  }
}

export type RowReport = (reason: string, severity: ImportIssue['severity']) => void;

const CLOSING: ReadonlySet<string> = new Set(['deal.closedOn', 'deal.wonOn', 'deal.lostOn']);
const orderOf = (entity: string): number => (ORDER.includes(entity) ? ORDER.indexOf(entity) : ORDER.length);
const isTitleTarget = (target: string) => target === 'deal.title' || target === 'deal.titleAndSourceId';

/** For files of deals without a column of titles. */
function fallbackTitle(values: Readonly<Record<string, unknown>>, lookup: Lookup): string {
  return [lookup.nameOf(textOf(values.company)), textOf(values.product)].filter((part) => part !== '').join(', ');
}

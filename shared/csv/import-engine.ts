/**
 * An import from the first byte to the finished plan, without a screen: holds the files, answers in plain data.
 * The browser runs it in a worker (`client/features/import/import-worker.ts`), tests run it as it is.
 */
import { entities, type Registry } from '../entities/registry.ts';
import type { DayOrder } from '../model/day.ts';
import type { DecimalMark } from '../model/money.ts';
import { ok, type Result } from '../model/result.ts';
import { guessRole, matchHeaders } from './aliases.ts';
import { isCountryColumn } from './countries.ts';
import { csvFile, guardCell } from './csv-text.ts';
import type { FileProblem } from './decode.ts';
import { type ColumnProfile, profileColumn } from './detect.ts';
import type { Existing } from './import-lookup.ts';
import {
  type Duplicate,
  type DuplicateMode,
  type ImportPlan,
  makePlan,
  type PlanCounts,
  type PlannedRecord,
} from './import-plan.ts';
import type { ColumnFormat, ImportIssue } from './import-row.ts';
import type { FileRole } from './import-targets.ts';
import type { Answers, ImportFile, ValueQuestion } from './import-values.ts';
import { type ReadOptions, readCsv, type Table } from './read-csv.ts';

export interface FileSummary {
  readonly id: string;
  readonly name: string;
  readonly encoding: Table['encoding'];
  readonly delimiter: Table['delimiter'];
  readonly hasHeader: boolean;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** What the file looks like; the person may say otherwise. */
  readonly role: FileRole;
  readonly targets: readonly string[];
}

/** How one file is to be imported. */
export interface FileSetup {
  readonly id: string;
  readonly role: FileRole;
  readonly targets: readonly string[];
  readonly dayOrder: DayOrder | 'auto';
  readonly decimal: DecimalMark | 'auto';
  /** Texts for empty cells, by target. */
  readonly defaults: Readonly<Record<string, string>>;
}

export interface PlanRequest {
  readonly files: readonly FileSetup[];
  readonly answers: Answers;
  readonly batch: string;
  readonly pipelineId: string;
  readonly currency: string;
  /** Whose code national phone numbers get; '' for as they are. */
  readonly country: string;
  readonly duplicates: DuplicateMode;
}

export interface PlanSummary {
  readonly counts: PlanCounts;
  readonly questions: readonly ValueQuestion[];
  readonly issueCount: number;
  /** The first `LISTED`. */
  readonly issues: readonly ImportIssue[];
  /** Problems per file and column: `file/column index` → count. */
  readonly columnProblems: Readonly<Record<string, number>>;
  /** Rows with a problem, by file. */
  readonly problemRows: Readonly<Record<string, number>>;
  readonly duplicates: readonly Duplicate[];
  /** Phone numbers without a country code, whether they got one or not. */
  readonly nationalPhones: { readonly count: number; readonly samples: readonly string[] };
  readonly stages: ImportPlan['stages'];
  readonly recordCount: number;
}

/** A record as a row of a file would make it. */
export interface RowPreview {
  readonly entity: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Names of the records it links to, and whether this import makes them. */
  readonly links: Readonly<Record<string, { readonly name: string; readonly isNew: boolean }>>;
  readonly issues: readonly ImportIssue[];
  readonly rowNumber: number;
  /** Null when the row is skipped. */
  readonly action: 'create' | 'update' | 'same' | null;
}

const LISTED = 200;

export interface ImportEngine {
  read(id: string, name: string, bytes: Uint8Array, options?: ReadOptions): Result<FileSummary, FileProblem>;
  /** Reads a file again with other settings, from the bytes kept. */
  reread(id: string, options: ReadOptions): Result<FileSummary, FileProblem>;
  /** Targets for another role, from the same headers. */
  match(id: string, role: FileRole): readonly string[];
  remove(id: string): void;
  setExisting(existing: Existing): void;
  plan(request: PlanRequest): PlanSummary;
  preview(fileId: string, rowIndex: number): RowPreview | null;
  /** The records of the last plan, in the order they are to be written. */
  records(): readonly PlannedRecord[];
  /** Rows of a file that have a problem, as they were, with the reason in front: to be mended and imported again. */
  problemRows(fileId: string): string;
}

interface OpenFile {
  readonly bytes: Uint8Array;
  readonly table: Table;
  readonly summary: FileSummary;
}

export function createImportEngine(registry: Registry = entities): ImportEngine {
  const files = new Map<string, OpenFile>();
  let existing: Existing = { records: [], pipelines: [], stages: [], members: [], products: [] };
  let current: { plan: ImportPlan; files: readonly ImportFile[] } | null = null;

  function read(
    id: string,
    name: string,
    bytes: Uint8Array,
    options: ReadOptions = {},
  ): Result<FileSummary, FileProblem> {
    const result = readCsv(name, bytes, options);
    if (!result.ok) return result;
    const table = result.value;
    const columns = table.headers.map((_, column) => profileColumn(table, column));
    const role = guessRole(table.headers, registry);
    const summary: FileSummary = {
      id,
      name,
      encoding: table.encoding,
      delimiter: table.delimiter,
      hasHeader: table.hasHeader,
      rows: table.rows.length,
      columns,
      role,
      targets: targetsOf(table, role),
    };
    files.set(id, { bytes, table, summary });
    return ok(summary);
  }

  function targetsOf(table: Table, role: FileRole): readonly string[] {
    const targets = table.hasHeader ? matchHeaders(table.headers, role, registry) : table.headers.map(() => '');
    // A column of addresses that are nothing but countries is a column of countries.
    return targets.map((target, column) =>
      /\.addresses$/.test(target) && isCountryColumn(table.rows.map((row) => row[column] ?? ''))
        ? `${target}:work.country`
        : target,
    );
  }

  function formatsOf(setup: FileSetup, summary: FileSummary): readonly ColumnFormat[] {
    return summary.columns.map(({ dates, decimal }) => ({
      dayOrder: setup.dayOrder !== 'auto' ? setup.dayOrder : dates === 'mdy' ? 'mdy' : 'dmy',
      ...(setup.decimal !== 'auto'
        ? { decimal: setup.decimal }
        : decimal === '.' || decimal === ','
          ? { decimal }
          : {}),
    }));
  }

  return {
    read,
    reread(id, options) {
      const file = files.get(id);
      if (!file)
        return { ok: false, issue: { code: 'empty', message: 'This file is no longer open. Choose it again.' } };
      return read(id, file.table.name, file.bytes, options);
    },
    match(id, role) {
      const file = files.get(id);
      return file ? targetsOf(file.table, role) : [];
    },
    remove(id) {
      files.delete(id);
    },
    setExisting(next) {
      existing = next;
    },
    plan(request) {
      const open = request.files.flatMap((setup) => {
        const file = files.get(setup.id);
        return file ? [{ setup, file }] : [];
      });
      const planFiles = open.map(
        ({ setup, file }): ImportFile => ({
          id: setup.id,
          table: file.table,
          role: setup.role,
          targets: setup.targets,
        }),
      );
      const plan = makePlan(
        {
          files: planFiles,
          formats: Object.fromEntries(open.map(({ setup, file }) => [setup.id, formatsOf(setup, file.summary)])),
          defaults: Object.fromEntries(open.map(({ setup }) => [setup.id, setup.defaults])),
          answers: request.answers,
          batch: request.batch,
          pipelineId: request.pipelineId,
          currency: request.currency,
          country: request.country,
          duplicates: request.duplicates,
        },
        existing,
        registry,
      );
      current = { plan, files: planFiles };
      return summarize(plan, planFiles);
    },
    preview(fileId, rowIndex) {
      const file = current?.files.find(({ id }) => id === fileId);
      return current && file ? previewRow(current.plan, file, rowIndex, existing, registry) : null;
    },
    records: () => current?.plan.records ?? [],
    problemRows(fileId) {
      const file = current?.files.find(({ id }) => id === fileId);
      return current && file ? problemRowsOf(current.plan, file) : '';
    },
  };
}

function summarize(plan: ImportPlan, files: readonly ImportFile[]): PlanSummary {
  const columnProblems: Record<string, number> = {};
  const rows = new Map<string, Set<number>>();
  for (const { fileId, row, column } of plan.issues) {
    const headers = files.find(({ id }) => id === fileId)?.table.headers ?? [];
    const key = `${fileId}/${headers.indexOf(column)}`;
    columnProblems[key] = (columnProblems[key] ?? 0) + 1;
    const seen = rows.get(fileId) ?? new Set<number>();
    rows.set(fileId, seen.add(row));
  }
  return {
    counts: plan.counts,
    questions: plan.questions,
    issueCount: plan.issues.length,
    issues: plan.issues.slice(0, LISTED),
    columnProblems,
    problemRows: Object.fromEntries([...rows].map(([id, seen]) => [id, seen.size])),
    duplicates: plan.duplicates.slice(0, LISTED),
    nationalPhones: { count: plan.nationalPhones.length, samples: plan.nationalPhones.slice(0, 2) },
    stages: plan.stages,
    recordCount: plan.records.length,
  };
}

function previewRow(
  plan: ImportPlan,
  file: ImportFile,
  rowIndex: number,
  existing: Existing,
  registry: Registry,
): RowPreview | null {
  const rowNumber = file.table.rowNumbers[rowIndex];
  if (rowNumber === undefined) return null;
  const id = plan.rowRecords.get(`${file.id}/${rowNumber}`);
  const record = plan.records.find((each) => each.id === id);
  const duplicate = plan.duplicates.find((each) => each.id === id);
  const values = record?.values ?? duplicate?.values ?? {};
  const links: Record<string, { name: string; isNew: boolean }> = {};
  const note = (target: unknown) => {
    if (typeof target !== 'string' || target in links) return;
    const made = plan.records.find((each) => each.id === target && each.action === 'create');
    const known =
      existing.records.find((each) => each.id === target) ?? existing.members.find((each) => each.id === target);
    if (made)
      links[target] = {
        name: registry[made.entity]?.title(emptyOf(registry, made.entity, made.values) as never) ?? '',
        isNew: true,
      };
    else if (known) links[target] = { name: known.name, isNew: false };
  };
  for (const value of Object.values(values)) {
    note(value);
    if (Array.isArray(value)) for (const each of value) note((each as { contact?: unknown } | null)?.contact);
  }
  const place = values.place as readonly string[] | undefined;
  const stage =
    place && (existing.stages.find((each) => each.id === place[1]) ?? plan.stages.find((each) => each.id === place[1]));
  if (place?.[1] && stage)
    links[place[1]] = { name: stage.name, isNew: plan.stages.some((each) => each.id === stage.id) };
  return {
    entity: file.role,
    values,
    links,
    issues: plan.issues.filter((issue) => issue.fileId === file.id && issue.row === rowNumber),
    rowNumber,
    action: id === undefined ? null : record ? record.action : 'same',
  };
}

/** A record of these values with the others at their beginnings, so that its title can be made. */
function emptyOf(registry: Registry, name: string, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = Object.entries(registry[name]?.fields ?? {});
  return { ...Object.fromEntries(fields.map(([key, field]) => [key, field.initial])), ...values };
}

function problemRowsOf(plan: ImportPlan, file: ImportFile): string {
  const reasons = new Map<number, string[]>();
  for (const { fileId, row, column, value, reason } of plan.issues) {
    if (fileId !== file.id) continue;
    const list = reasons.get(row) ?? [];
    reasons.set(row, list);
    list.push(column === '' ? reason : `${column} (${value}): ${reason}`);
  }
  const lines = file.table.rows.flatMap((cells, index) => {
    const row = file.table.rowNumbers[index] ?? 0;
    const found = reasons.get(row);
    return found ? [[String(row), found.join(' '), ...cells].map(guardCell)] : [];
  });
  return csvFile([['Row', 'Problem', ...file.table.headers].map(guardCell), ...lines]);
}

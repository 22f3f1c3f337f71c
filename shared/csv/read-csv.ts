/**
 * From a file to a table of texts: encoding, delimiter and header are found, and can be overruled. A row whose
 * quotation marks do not fit is read as it stands and listed; it does not swallow the rest of the file.
 */
import Papa from 'papaparse';
import { fail, ok, type Result } from '../model/result.ts';
import { unguardCell } from './csv-text.ts';
import { decodeFile, type Encoding, type FileProblem } from './decode.ts';

export type Delimiter = ',' | ';' | '\t' | '|';

export const DELIMITERS: Readonly<Record<Delimiter, string>> = {
  ',': 'Commas',
  ';': 'Semicolons',
  '\t': 'Tabs',
  '|': 'Bars',
};

export interface ReadOptions {
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  readonly hasHeader?: boolean;
}

export interface Table {
  readonly name: string;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly hasHeader: boolean;
  /** One name per column; `Column 3` where the file has none. */
  readonly headers: readonly string[];
  /** Without the header and without empty rows; each as wide as `headers`. */
  readonly rows: readonly (readonly string[])[];
  /** The row number a spreadsheet shows for each row, where it is not simply the position. */
  readonly rowNumbers: readonly number[];
  /** Row numbers whose quotation marks do not fit, with the sentence to list. */
  readonly oddRows: ReadonlyMap<number, string>;
}

export const COLUMN_LIMIT = 1_000;
const ROW_LIMIT = 200_000;
const ODD_ROW_LIMIT = 500;
const SAMPLE_CHARACTERS = 64 * 1024;

export function readCsv(name: string, bytes: Uint8Array, options: ReadOptions = {}): Result<Table, FileProblem> {
  const decoded = decodeFile(name, bytes, options.encoding);
  if (!decoded.ok) return decoded;
  const { encoding } = decoded.value;
  let { text } = decoded.value;
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  const declared = /^sep=(.)\n/.exec(text);
  if (declared) text = text.slice(declared[0].length);
  const delimiter =
    options.delimiter ?? (isDelimiter(declared?.[1]) ? declared[1] : detectDelimiter(text.slice(0, SAMPLE_CHARACTERS)));
  const parsed = parseRows(name, text, delimiter);
  if (!parsed.ok) return parsed;
  return toTable(name, parsed.value, { encoding, delimiter, hasHeader: options.hasHeader, skipped: declared ? 1 : 0 });
}

const isDelimiter = (mark: string | undefined): mark is Delimiter =>
  mark !== undefined && Object.hasOwn(DELIMITERS, mark);

interface ParsedRows {
  readonly rows: string[][];
  /** Positions in `rows`. */
  readonly odd: Map<number, string>;
}

/** Reads until a quotation mark does not fit, takes that one line literally and goes on behind it. */
function parseRows(name: string, text: string, delimiter: Delimiter): Result<ParsedRows, FileProblem> {
  const rows: string[][] = [];
  const odd = new Map<number, string>();
  let start = 0;
  while (start < text.length) {
    const stopped = parseFrom(text.slice(start), delimiter, rows);
    if (rows.length > ROW_LIMIT + 1) return fail(tooManyRows(name));
    if (stopped === null) break;
    if (odd.size >= ODD_ROW_LIMIT) return fail(brokenQuotes(name, rows.length + 1));
    const at = start + stopped;
    const lineStart = text.lastIndexOf('\n', at - 1) + 1;
    const lineEnd = text.indexOf('\n', at);
    const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
    odd.set(rows.length, 'A quotation mark in this row does not fit. The row was read as it stands: check its values.');
    rows.push(line.split(delimiter).map((cell) => cell.replace(/^\s*"(.*)"\s*$/, '$1')));
    if (lineEnd < 0) break;
    start = lineEnd + 1;
  }
  return ok({ rows, odd });
}

/** Appends rows; returns the position of the first quotation mark that does not fit, or null at the end. */
function parseFrom(text: string, delimiter: Delimiter, rows: string[][]): number | null {
  let stopped: number | null = null;
  const parser = new Papa.Parser({
    delimiter,
    newline: '\n',
    step: (result: { data: string[][]; errors: { type: string; index?: number }[] }) => {
      const broken = result.errors.find((error) => error.type === 'Quotes');
      if (broken) stopped = broken.index ?? 0;
      else for (const row of result.data) rows.push(row);
      if (broken || rows.length > ROW_LIMIT + 1) parser.abort();
    },
  } as Papa.ParseConfig);
  parser.parse(text, 0, false);
  return stopped;
}

function toTable(
  name: string,
  { rows, odd }: ParsedRows,
  found: { encoding: Encoding; delimiter: Delimiter; hasHeader: boolean | undefined; skipped: number },
): Result<Table, FileProblem> {
  const kept = rows
    .map((cells, index) => ({ cells, index }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const width = kept.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
  if (width > COLUMN_LIMIT) return fail(tooManyColumns(name, width));
  const first = kept[0]?.cells ?? [];
  const hasHeader =
    found.hasHeader ??
    looksLikeHeader(
      first,
      kept.slice(1, 20).map(({ cells }) => cells),
    );
  const body = hasHeader ? kept.slice(1) : kept;
  if (body.length === 0)
    return fail({
      code: 'empty',
      message: `${name} has a header row but no rows under it. Nothing was imported. Choose another file.`,
    });
  const headers = Array.from({ length: width }, (_, column) => {
    const header = hasHeader
      ? unguardCell(first[column] ?? '')
          .replace(/\s+/g, ' ')
          .trim()
      : '';
    return header === '' ? `Column ${column + 1}` : header;
  });
  const rowNumber = (index: number) => index + 1 + found.skipped;
  return ok({
    name,
    encoding: found.encoding,
    delimiter: found.delimiter,
    hasHeader,
    headers,
    rows: body.map(({ cells }) => headers.map((_, column) => unguardCell(cells[column] ?? ''))),
    rowNumbers: body.map(({ index }) => rowNumber(index)),
    oddRows: new Map([...odd].map(([index, reason]) => [rowNumber(index), reason])),
  });
}

/** A header row has a different text in every filled cell, and none of them is a number, a date or an e-mail address. */
function looksLikeHeader(first: readonly string[], others: readonly (readonly string[])[]): boolean {
  const names = first.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (names.length === 0 || new Set(names).size < names.length) return false;
  if (names.some((cell) => /^[\d.,\s/:-]+$|@.+\./.test(cell) || cell.length > 120)) return false;
  return others.length > 0 || names.length > 1;
}

/** The delimiter that cuts the first lines into the same number of cells, and into the most. */
function detectDelimiter(sample: string): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of Object.keys(DELIMITERS) as Delimiter[]) {
    const rows: string[][] = [];
    parseFrom(sample, delimiter, rows);
    const widths = rows.slice(0, 50).map((row) => row.length);
    if (widths.length > 2) widths.pop();
    const usual = mode(widths);
    const score =
      usual < 2 ? 0 : (widths.filter((width) => width === usual).length / widths.length) * (1 + usual / 1_000);
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

function mode(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const each of numbers) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1] || right[0] - left[0])[0]?.[0] ?? 0;
}

function tooManyColumns(name: string, width: number): FileProblem {
  return {
    code: 'too-many-columns',
    message: `${name} has a row with ${width.toLocaleString('en')} columns, and up to ${COLUMN_LIMIT.toLocaleString('en')} can be matched. Nothing was imported. Check the delimiter, or remove columns you do not need.`,
  };
}

function tooManyRows(name: string): FileProblem {
  return {
    code: 'too-many-rows',
    message: `${name} has more than ${ROW_LIMIT.toLocaleString('en')} rows, which is more than one import takes. Nothing was imported. Split it into smaller files, each with the header row.`,
  };
}

function brokenQuotes(name: string, row: number): FileProblem {
  return {
    code: 'broken-quotes',
    message: `${name} has quotation marks that do not fit in more than ${ODD_ROW_LIMIT} rows, the last one in row ${row}. Nothing was imported. Save it as CSV again, or choose another delimiter.`,
  };
}

/**
 * From the bytes of a file to its text. Programs write CSV in four encodings and hardly any says which; what is no
 * text at all is refused with a sentence that says how to get a CSV out of it, and what is no table with one that says
 * where it is taken.
 */
import { fail, ok, type Result } from '../model/result.ts';

export type Encoding = 'UTF-8' | 'UTF-16 LE' | 'UTF-16 BE' | 'Windows-1252';

export const ENCODINGS: readonly Encoding[] = ['UTF-8', 'Windows-1252', 'UTF-16 LE', 'UTF-16 BE'];

/** Why a file cannot be read. `message` says what happened, what is safe and what to do. */
export interface FileProblem {
  readonly code:
    | 'too-large'
    | 'not-text'
    | 'calendar'
    | 'mail'
    | 'vcard'
    | 'empty'
    | 'too-many-columns'
    | 'too-many-rows'
    | 'broken-quotes';
  readonly message: string;
}

/** A text of this size becomes about five times as much memory in rows: what a phone can still hold. */
export const FILE_LIMIT_BYTES = 50 * 1024 * 1024;

export interface DecodedFile {
  readonly text: string;
  readonly encoding: Encoding;
}

/** Refused by size alone, before a byte is read: 200 MB must not even be loaded. */
export function sizeProblem(name: string, bytes: number): FileProblem | null {
  if (bytes === 0) return { code: 'empty', message: `${name} is empty. Nothing was imported. Choose another file.` };
  if (bytes <= FILE_LIMIT_BYTES) return null;
  const size = Math.round(bytes / 1024 / 1024);
  return {
    code: 'too-large',
    message: `${name} is ${size} MB, and up to ${FILE_LIMIT_BYTES / 1024 / 1024} MB can be read at once. Nothing was imported. Split it into smaller files, each with the header row, and import them one after the other.`,
  };
}

/** `encoding` overrules the detection. */
export function decodeFile(name: string, bytes: Uint8Array, encoding?: Encoding): Result<DecodedFile, FileProblem> {
  const tooLarge = sizeProblem(name, bytes.length);
  if (tooLarge) return fail(tooLarge);
  const format = knownFormat(bytes);
  if (format) return fail(notText(`${name} is ${format}, not a CSV file.`));
  const named = knownText(name, '');
  if (named) return fail(named);
  const chosen = encoding ?? detectEncoding(bytes);
  if (chosen === null) return fail(notText(`${name} holds data that is not text, so it is not a CSV file.`));
  const text = new TextDecoder(LABELS[chosen]).decode(bytes);
  if (text.trim() === '')
    return fail({ code: 'empty', message: `${name} has no text in it. Nothing was imported. Choose another file.` });
  const other = knownText(name, text);
  return other ? fail(other) : ok({ text, encoding: chosen });
}

const LABELS: Record<Encoding, string> = {
  'UTF-8': 'utf-8',
  'UTF-16 LE': 'utf-16le',
  'UTF-16 BE': 'utf-16be',
  'Windows-1252': 'windows-1252',
};

function notText(what: string): FileProblem {
  return {
    code: 'not-text',
    message: `${what} Nothing was imported. Open it in the program it came from and save it as CSV first.`,
  };
}

const FORMATS: readonly (readonly [magic: string, name: string])[] = [
  ['PK\u0003\u0004', 'a workbook or a ZIP archive'],
  ['PK\u0005\u0006', 'a ZIP archive'],
  ['%PDF', 'a PDF'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel or Word document'],
  ['\u001f\u008b', 'a compressed archive'],
  ['7z\u00bc\u00af', 'a 7-Zip archive'],
  ['Rar!', 'a RAR archive'],
  ['\u0089PNG', 'a picture'],
  ['\u00ff\u00d8\u00ff', 'a picture'],
  ['GIF8', 'a picture'],
  ['SQLite format 3', 'a database'],
];

function knownFormat(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  const found = FORMATS.find(([magic]) => start.startsWith(magic))?.[1] ?? null;
  if (found !== FORMATS[0]?.[1]) return found;
  const beginning = new TextDecoder('windows-1252').decode(bytes.subarray(0, 4_000));
  if (/xl\/|\[Content_Types\]/.test(beginning)) return 'an Excel workbook';
  if (beginning.includes('opendocument.spreadsheet')) return 'an OpenDocument spreadsheet';
  return found;
}

const HEAD_OF_MAIL = /^(?:From \S+@|(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|DKIM-Signature):)/im;

/** Texts that are no tables, by their name or how they begin: each with the place where it is taken. */
function knownText(name: string, text: string): FileProblem | null {
  const beginning = text
    .slice(0, 4_000)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^BEGIN:VCALENDAR/i.test(beginning) || /\.(ics|ical)$/i.test(name)) {
    return {
      code: 'calendar',
      message: `${name} is a calendar file, not a table. Nothing was imported from it. Add what it holds to the calendar, or drop it on the page of the person, company or deal it is with.`,
    };
  }
  if (/^BEGIN:VCARD/i.test(beginning) || /\.vcf$/i.test(name)) {
    return {
      code: 'vcard',
      message: `${name} holds vCards, not a table. Nothing was imported from it. Open it in an address book such as Google Contacts or Outlook and export it as CSV from there.`,
    };
  }
  const [firstLine = ''] = beginning.split(/\r?\n/);
  if (/\.eml$/i.test(name) || (HEAD_OF_MAIL.test(firstLine) && /^(?:From|Subject|Date):/im.test(beginning))) {
    return {
      code: 'mail',
      message: `${name} is an e-mail, not a table. Nothing was imported from it. Drop it on the page of the person, company or deal it is about: it is logged there with its attachments.`,
    };
  }
  return null;
}

/** A byte order mark decides; then zero bytes tell UTF-16; then whatever is no valid UTF-8 is Windows-1252. Null = no text. */
function detectEncoding(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 LE';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 BE';
  const sample = bytes.subarray(0, 64 * 1024);
  const [evenZeros, oddZeros, controls] = countOddBytes(sample);
  const half = sample.length / 2;
  if (oddZeros > half * 0.4 && evenZeros < half * 0.05) return 'UTF-16 LE';
  if (evenZeros > half * 0.4 && oddZeros < half * 0.05) return 'UTF-16 BE';
  if (evenZeros + oddZeros > 0 || controls > sample.length * 0.02) return null;
  return isUtf8(bytes) ? 'UTF-8' : 'Windows-1252';
}

function countOddBytes(sample: Uint8Array): [evenZeros: number, oddZeros: number, controls: number] {
  let [even, odd, controls] = [0, 0, 0];
  for (const [index, byte] of sample.entries()) {
    if (byte === 0) index % 2 === 0 ? even++ : odd++;
    else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) controls++;
  }
  return [even, odd, controls];
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvFile, guardCell, unguardCell } from './csv-text.ts';
import { decodeFile, FILE_LIMIT_BYTES, sizeProblem } from './decode.ts';
import { COLUMN_LIMIT, readCsv, type Table } from './read-csv.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function tableOf(text: string): Table {
  const result = readCsv('file.csv', bytesOf(text));
  if (!result.ok) throw new Error(result.issue.message);
  return result.value;
}

function problemOf(bytes: Uint8Array): string {
  const result = readCsv('file.csv', bytes);
  return result.ok ? '' : result.issue.message;
}

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
  const all = mark ? `\ufeff${text}` : text;
  const view = new DataView(new ArrayBuffer(all.length * 2));
  for (const [index, unit] of [...all].entries()) view.setUint16(index * 2, unit.charCodeAt(0), littleEndian);
  return new Uint8Array(view.buffer);
}

test.each([
  ['UTF-8', bytesOf('Name;Ort\nJürgen;Köln\n')],
  ['UTF-8', bytesOf('\ufeffName;Ort\nJürgen;Köln\n')],
  ['UTF-16 LE', utf16('Name;Ort\nJürgen;Köln\n', true, true)],
  ['UTF-16 BE', utf16('Name;Ort\nJürgen;Köln\n', false, true)],
  ['UTF-16 LE', utf16('Name;Ort\nJürgen;Köln\n', true, false)],
  ['Windows-1252', Uint8Array.from([...'Name;Ort\nJ\u00fcrgen;K\u00f6ln\n'].map((letter) => letter.charCodeAt(0)))],
] as const)('reads %s', (encoding, bytes) => {
  const result = readCsv('file.csv', bytes);
  expect(result).toMatchObject({
    ok: true,
    value: { encoding, delimiter: ';', headers: ['Name', 'Ort'], rows: [['Jürgen', 'Köln']] },
  });
});

test('the encoding can be overruled', () => {
  const result = decodeFile('file.csv', bytesOf('Köln'), 'Windows-1252');
  expect(result.ok && result.value.text).toBe('KÃ¶ln');
});

test.each([
  [',', 'a,b,c\n1,"x;y;z",3\n4,5,6\n'],
  [';', 'a;b;c\n1,5;2,5;3\n4,1;5;6,2\n'],
  ['\t', 'a\tb\n1,2\t3\n'],
  ['|', 'a|b|c\n1|2|3\n'],
])('finds the delimiter %j', (delimiter, text) => {
  expect(tableOf(text).delimiter).toBe(delimiter);
});

test('a file without a header row gets numbered columns', () => {
  const table = tableOf('Marta,marta@havnfisk.no,12\nPiet,piet@vosvers.nl,13\n');
  expect(table).toMatchObject({ hasHeader: false, headers: ['Column 1', 'Column 2', 'Column 3'] });
  expect(table.rows).toHaveLength(2);
});

test('rows keep the number a spreadsheet shows, also behind empty rows', () => {
  const table = tableOf('Name,City\nAna,Lisbon\n\n,\nPiet,Delft\n');
  expect(table.rows).toEqual([
    ['Ana', 'Lisbon'],
    ['Piet', 'Delft'],
  ]);
  expect(table.rowNumbers).toEqual([2, 5]);
});

test('a quotation mark that is never closed spoils its own row and no other', () => {
  const table = tableOf('Name,City\nAna,Lisbon\n"Piet,Delft\nOla,"Oslo, Norway"\nMia,Bonn\n');
  expect(table.rows.map(([name]) => name)).toEqual(['Ana', '"Piet', 'Ola', 'Mia']);
  expect(table.rows[2]).toEqual(['Ola', 'Oslo, Norway']);
  expect([...table.oddRows.keys()]).toEqual([3]);
});

test('a quotation mark inside a quoted cell spoils its own row and no other', () => {
  const table = tableOf('Name,City\n"Acme" Inc,Lisbon\nPiet,Delft\n');
  expect(table.rows).toEqual([
    ['"Acme" Inc', 'Lisbon'],
    ['Piet', 'Delft'],
  ]);
  expect([...table.oddRows.keys()]).toEqual([2]);
});

test('hundreds of rows with broken quotation marks are refused in one sentence', () => {
  const text = `Name,City\n${'"x" y,z\n'.repeat(700)}`;
  expect(problemOf(bytesOf(text))).toMatch(/quotation marks .* more than 500 rows/);
});

test('500 columns are read; more than the limit are refused with the number', () => {
  const row = (width: number) => Array.from({ length: width }, (_, index) => `c${index}`).join(',');
  expect(tableOf(`${row(500)}\n${row(500)}\n`).headers).toHaveLength(500);
  expect(problemOf(bytesOf(`${row(COLUMN_LIMIT + 1)}\nx\n`))).toMatch(/1,001 columns/);
});

test.each([
  ['an Excel workbook', [...'PK\u0003\u0004....[Content_Types].xml'].map((letter) => letter.charCodeAt(0))],
  ['a PDF', [...'%PDF-1.7 ...'].map((letter) => letter.charCodeAt(0))],
  ['data that is not text', Array.from({ length: 400 }, (_, index) => (index * 37) % 256)],
])('%s is refused and the sentence says to save it as CSV first', (what, bytes) => {
  expect(problemOf(Uint8Array.from(bytes))).toMatch(new RegExp(`${what}.*save it as CSV first`));
});

test.each([
  [
    'calendar',
    'invitation.ics',
    '\ufeffBEGIN:VCALENDAR\r\nEND:VCALENDAR',
    /a calendar file, not a table.*drop it on the page/,
  ],
  ['calendar', 'download', 'BEGIN:VCALENDAR\nEND:VCALENDAR', /Add what it holds to the calendar/],
  ['calendar', 'broken.ics', '\0\0', /a calendar file/],
  ['mail', 'letter.eml', 'Hello,there', /an e-mail, not a table.*Drop it on the page of the person/],
  ['mail', 'letter.txt', 'Return-Path: <a@b.se>\nFrom: Ada, Berg\nSubject: Hi\n\nHello', /an e-mail, not a table/],
  ['mail', 'mbox', 'From a@b.se Sun May  8 19:07:09 2005\nSubject: Hi\n\nHello', /an e-mail, not a table/],
  ['vcard', 'people.vcf', 'BEGIN:VCARD\nEND:VCARD', /export it as CSV from there/],
])('a %s named %s is no table, and where it belongs is said', (code, name, text, words) => {
  expect(readCsv(name, bytesOf(text))).toMatchObject({
    ok: false,
    issue: { code, message: expect.stringMatching(words) },
  });
});

test('a table whose columns are called as in the head of an e-mail is a table', () => {
  expect(tableOf('From,To,Subject,Date\na@b.se,c@d.se,Hi,today\n').headers).toEqual(['From', 'To', 'Subject', 'Date']);
  expect(tableOf('Received: when,Subject\ntoday,Hi\n').rows).toHaveLength(1);
});

test('an empty file, and one with nothing but a header, say so', () => {
  expect(problemOf(new Uint8Array())).toMatch(/is empty/);
  expect(problemOf(bytesOf('Name,E-mail,City\n'))).toMatch(/no rows under it/);
});

test('200 MB are refused by size before anything is read', () => {
  expect(sizeProblem('big.csv', 200 * 1024 * 1024)?.message).toMatch(/big.csv is 200 MB, and up to 50 MB .* Split it/);
  expect(sizeProblem('fits.csv', FILE_LIMIT_BYTES)).toBeNull();
});

test('any bytes give a table or one sentence', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const result = readCsv('file.csv', bytes);
      if (!result.ok) expect(result.issue.message).toMatch(/^file\.csv .*\.$/);
    }),
  );
});

test('guarding a cell against formulas is taken back exactly', () => {
  const risky = fc
    .tuple(fc.constantFrom('', "'", '=', '+', '-', '@', '\t', "''="), fc.string())
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(risky, (text) => {
      expect(unguardCell(guardCell(text))).toBe(text);
      expect(guardCell(text)).not.toMatch(/^[=@\t\r]/);
    }),
  );
  expect(guardCell('-12.50')).toBe('-12.50');
  expect(guardCell('=1+1')).toBe("'=1+1");
});

test('what is written is read again, whatever is in the cells', () => {
  // Line ends become one kind, and white space around a cell is no value: the fields take both away.
  const cell = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .map((text) => text.replace(/\r\n?/g, '\n').replace(/[\0\ufeff]/g, ''));
  const row = fc.tuple(fc.constant('x'), cell, cell);
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
      const text = csvFile([['A', 'B', 'C'], ...rows.map((cells) => cells.map(guardCell))]);
      const result = readCsv('file.csv', bytesOf(text), { delimiter: ',', hasHeader: true });
      expect(result.ok && result.value.rows).toEqual(rows);
    }),
  );
});

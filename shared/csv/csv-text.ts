/**
 * Cells and lines of CSV as we write them. A spreadsheet runs a cell that begins with = + - or @ as a formula, so such
 * a text gets an apostrophe in front, as people do by hand; reading takes exactly one away again. Numbers stay numbers.
 */

/** The wide forms count too: a spreadsheet with an East Asian keyboard takes them for the narrow ones. */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** Law: `unguardCell(guardCell(text))` is `text` for every text. */
export function guardCell(text: string): string {
  return FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}

export function unguardCell(cell: string): string {
  return cell.charCodeAt(0) === 39 && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** One line of cells, quoted where needed. An alone empty cell is quoted, so that its row is not taken for an empty line. */
function csvLine(cells: readonly string[]): string {
  if (cells.length === 1 && cells[0] === '') return '""';
  return cells.map(quoted).join(',');
}

function quoted(cell: string): string {
  return /[",;\t|\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A file as Excel, Numbers, LibreOffice and we read it: byte order mark, commas, CR LF. */
export function csvFile(lines: Iterable<readonly string[]>): string {
  let text = '\ufeff';
  for (const cells of lines) text += `${csvLine(cells)}\r\n`;
  return text;
}

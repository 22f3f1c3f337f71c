/**
 * The pictures of an RTF. Word puts one on the clipboard beside the HTML, with the bytes of pictures whose address in the
 * HTML is a file of its own.
 */

export interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

interface Group {
  /** Inside of a group whose pictures are not of the text. */
  readonly isAside: boolean;
  isPicture: boolean;
  type?: string;
  /** Behind the word that says its type. */
  from: number;
}

const TOKEN = /\\(pict|nonshppict|listpicture|pngblip|jpegblip)(?![a-z])|\\[\\{}]|[{}]/g;
const TYPES: Readonly<Record<string, string>> = { pngblip: 'image/png', jpegblip: 'image/jpeg' };

/**
 * Each picture of the text in its order; undefined for one that is neither PNG nor JPEG, so that the others keep their
 * places. A picture is a group: `{\pict …\pngblip … hex}`, with words and groups between. The same once more for programs
 * from before (`\nonshppict`) and the pictures that are bullets (`\listpicture`) are not of the text.
 */
export function* picturesInRtf(rtf: string): Generator<Picture | undefined> {
  const groups: Group[] = [];
  for (const { 0: token, 1: word, index } of rtf.matchAll(TOKEN)) {
    const group = groups.at(-1);
    if (token === '{') {
      groups.push({ isAside: group?.isAside === true, isPicture: false, from: 0 });
    } else if (token === '}') {
      groups.pop();
      if (group?.isPicture && !group.isAside) yield pictureOf(rtf, group, index);
    } else if (group && word === 'pict') {
      group.isPicture = true;
    } else if (group && (word === 'nonshppict' || word === 'listpicture')) {
      groups[groups.length - 1] = { ...group, isAside: true };
    } else if (group && word !== undefined) {
      group.type = TYPES[word];
      group.from = index + token.length;
    }
  }
}

function pictureOf(rtf: string, { type, from }: Group, end: number): Picture | undefined {
  if (type === undefined) return undefined;
  const bytes = bytesOfHex(rtf.slice(afterWords(rtf, from), end).replace(/\s+/g, ''));
  return bytes && { bytes, type };
}

/** Where the hex digits begin: behind control words and groups in braces. */
function afterWords(rtf: string, from: number): number {
  const words = /\s+|\\[a-z]+-?\d* ?|\{[^{}]*\}/gy;
  let at = from;
  for (;;) {
    words.lastIndex = at;
    if (words.exec(rtf) === null) return at;
    at = words.lastIndex;
  }
}

function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> | undefined {
  if (hex === '' || hex.length % 2 === 1 || !/^[\da-f]+$/i.test(hex)) return undefined;
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

/**
 * The pictures of what another program put on the clipboard. A text of ours shows files of the record, so each picture
 * becomes one, as far as its bytes came along: in the address itself, or, from Word, in the RTF beside the HTML, which only
 * names a file of the other program. What is only an address on the web or a disk was never on the clipboard.
 */
import { parsePastedHtml } from './paste-html.ts';

export interface PastedPictures {
  readonly files: readonly File[];
  /** How many are in the text and not on the clipboard. */
  readonly lost: number;
}

const NO_PICTURES: PastedPictures = { files: [], lost: 0 };

/** Smaller ones, in px, are signs and spacers of a page and no picture of the text. */
const SMALLEST = 32;

/** `data`: from a paste or a drop. */
export function pastedPictures(data: Pick<DataTransfer, 'getData'> | null): PastedPictures {
  const html = data?.getData('text/html') ?? '';
  // What an editor of ours put there brings its files as they are.
  if (!/<img\b/i.test(html) || html.includes('data-pm-slice')) return NO_PICTURES;
  const addresses = [...parsePastedHtml(html).querySelectorAll('img')]
    .filter((image) => !isSign(image))
    .map((image) => image.getAttribute('src') ?? '');
  const fromDisk = addresses.some((each) => !each.startsWith('data:'))
    ? picturesInRtf(data?.getData('text/rtf') ?? '')[Symbol.iterator]()
    : undefined;
  const found = addresses.map((address) =>
    address.startsWith('data:') ? pictureOfAddress(address) : (fromDisk?.next().value as Picture | undefined),
  );
  const pictures = found.filter((each) => each !== undefined);
  const files = pictures.map(({ bytes, type }, index) => {
    const number = pictures.length === 1 ? '' : ` ${index + 1}`;
    return new File([bytes], `Pasted picture${number}.${ENDINGS[type] ?? 'img'}`, { type });
  });
  return { files, lost: addresses.length - files.length };
}

/** What to say of pictures that did not come along. */
export function picturesLost(count: number): string {
  const them = count === 1 ? '1 picture' : `${count} pictures`;
  return `The text is here, but ${them} in it could not be taken along: the other program did not hand ${count === 1 ? 'it' : 'them'} over. Copy ${count === 1 ? 'it' : 'each'} alone, or save and drop ${count === 1 ? 'it' : 'them'} here.`;
}

function isSign(image: Element): boolean {
  const sides = ['width', 'height'].map((side) => Number.parseFloat(image.getAttribute(side) ?? ''));
  if (sides.some((side) => side < SMALLEST)) return true;
  return image.closest('li[role="checkbox"], li[aria-checked], [style*="mso-list:" i], [data-type="file"]') !== null;
}

interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
};

/** Only what is drawn from dots: an SVG can hold a script. */
function pictureOfAddress(address: string): Picture | undefined {
  const [head = '', ...rest] = address.slice('data:'.length).split(',');
  const [type = '', ...how] = head.toLowerCase().split(';');
  if (!Object.hasOwn(ENDINGS, type)) return undefined;
  try {
    const text = how.includes('base64') ? atob(rest.join(',').replace(/\s/g, '')) : decodeURIComponent(rest.join(','));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    return bytes.length === 0 ? undefined : { bytes, type };
  } catch {
    return undefined;
  }
}

const BLIP = /\\(png|jpeg)blip\b/g;

/**
 * PNG and JPEG pictures of an RTF, in their order. Each is `{\pict …\pngblip … hex}`, with words and groups between; the
 * same once more as a metafile (`\nonshppict`) is not among them.
 */
function* picturesInRtf(rtf: string): Generator<Picture> {
  for (const match of rtf.matchAll(BLIP)) {
    const start = afterWords(rtf, match.index + match[0].length);
    const end = rtf.indexOf('}', start);
    const hex = end < 0 ? '' : rtf.slice(start, end).replace(/\s+/g, '');
    const bytes = bytesOfHex(hex);
    if (bytes !== undefined) yield { bytes, type: match[1] === 'png' ? 'image/png' : 'image/jpeg' };
  }
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

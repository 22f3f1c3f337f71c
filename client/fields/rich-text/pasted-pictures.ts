/**
 * The pictures of what another program put on the clipboard. A text of ours shows files of the record, so each picture
 * becomes one, as far as its bytes came along: in the address itself, or, from Word, in the RTF beside the HTML, which only
 * names a file of the other program. What is only an address on the web or a disk was never on the clipboard.
 */
import { parsePastedHtml, picturesIn } from './paste-html.ts';
import { type Picture, picturesInRtf } from './rtf-pictures.ts';

/** In the order of the text, as `cleanPastedHtml` marks their places; null for one that did not come along. */
export type PastedPictures = readonly (File | null)[];

/** `data`: from a paste or a drop. */
export function pastedPictures(data: Pick<DataTransfer, 'getData'> | null): PastedPictures {
  const html = data?.getData('text/html') ?? '';
  if (!/<img\b/i.test(html)) return [];
  const addresses = picturesIn(parsePastedHtml(html)).map((image) => image.getAttribute('src') ?? '');
  const fromDisk = addresses.some((each) => !each.startsWith('data:'))
    ? picturesInRtf(data?.getData('text/rtf') ?? '')[Symbol.iterator]()
    : undefined;
  const found = addresses.map((address) =>
    address.startsWith('data:') ? pictureOfAddress(address) : (fromDisk?.next().value as Picture | undefined),
  );
  const isOnlyOne = found.filter(Boolean).length === 1;
  let count = 0;
  return found.map((picture) => {
    if (!picture) return null;
    count += 1;
    const name = `Pasted picture${isOnlyOne ? '' : ` ${count}`}.${ENDINGS[picture.type] ?? 'img'}`;
    return new File([picture.bytes], name, { type: picture.type });
  });
}

/** What to say of pictures that did not come along. */
export function picturesLost(count: number): string {
  const them = count === 1 ? '1 picture' : `${count} pictures`;
  return `The text is here, but ${them} in it could not be taken along: the other program did not hand ${count === 1 ? 'it' : 'them'} over. Copy ${count === 1 ? 'it' : 'each'} alone, or save and drop ${count === 1 ? 'it' : 'them'} here.`;
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

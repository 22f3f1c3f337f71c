/**
 * How a file that somebody uploaded is handed out, so that it can do nothing in anybody's browser: an HTML or SVG file is
 * a page with the rights of this server as soon as it is opened from here. Every such answer carries these headers.
 *
 * Laws: the type is never guessed by the browser; only pictures without a script in them are shown in the page, all else is
 * saved; whatever is opened after all runs in a sandbox with no origin, no script and no network.
 */

export interface HandedOutFile {
  /** As the person who uploaded it named it: anything. */
  readonly name: string;
  /** As the upload claimed it: anything. */
  readonly type: string;
}

/** Formats that cannot hold a script. SVG can, and so can PDF. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);

/** Types that tell the device which program opens the saved file. Everything else is just bytes. */
const SAVED = new Set([
  'application/pdf',
  'application/zip',
  'application/json',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'audio/mpeg',
  'video/mp4',
]);

export function safeFileHeaders(file: HandedOutFile): Readonly<Record<string, string>> {
  const claimed = file.type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isShown = SHOWN.has(claimed);
  return {
    'Content-Type': isShown || SAVED.has(claimed) ? claimed : 'application/octet-stream',
    'Content-Disposition': `${isShown ? 'inline' : 'attachment'}; ${fileNameParameters(file.name)}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
  };
}

const LONGEST_NAME = 150;

/** Both spellings of RFC 6266: plain ASCII for everybody, and the true name for browsers. */
function fileNameParameters(name: string): string {
  const plain = safeFileName(name);
  const ascii = plain.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(plain).replace(
    /['()*!]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/**
 * A name without folders, control characters and the marks that turn the direction of writing around (`gpj.exe` reads as
 * `exe.jpg` behind one).
 */
export function safeFileName(name: string): string {
  const cleaned = wellFormed(name)
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (cleaned === '') return 'file';
  if (cleaned.length <= LONGEST_NAME) return cleaned;
  const [ending = ''] = /\.[^.]{1,10}$/.exec(cleaned) ?? [];
  return wellFormed(cleaned.slice(0, LONGEST_NAME - ending.length)) + ending;
}

/** Half a character becomes the sign for an unreadable one: a URL cannot be made of it. */
const wellFormed = (text: string) => Buffer.from(text).toString();

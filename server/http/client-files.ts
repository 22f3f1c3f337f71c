/**
 * The built client. Files whose name carries a hash never change and are kept by browsers for a year; the page, the
 * service worker and the manifest are asked for again each time. Texts are compressed once, when first asked for.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
};

const COMPRESSIBLE = /^(text\/|application\/(json|manifest)|image\/svg)/;
const HASHED = /^\/assets\//;
const PAGE = '/index.html';

interface StoredFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer<ArrayBuffer>;
  br?: Promise<Buffer<ArrayBuffer>>;
  gzip?: Promise<Buffer<ArrayBuffer>>;
}

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Answers GET and HEAD from `folder`; a navigation to any other path gets the page. Everything else goes on. */
export function clientFiles(folder: string): MiddlewareHandler {
  const root = resolve(folder);
  const files = new Map<string, Promise<StoredFile | null>>();

  const fileAt = (path: string): Promise<StoredFile | null> => {
    let file = files.get(path);
    if (file === undefined) {
      file = readStored(root, path);
      files.set(path, file);
      // What is not there may be built later; it must not fill the memory either.
      void file.then((found) => found ?? files.delete(path));
    }
    return file;
  };

  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const path = decodedPath(c.req.path);
    if (path === null) return next();
    const isNavigation = c.req.header('accept')?.includes('text/html') ?? false;
    let file = path === '/' ? null : await fileAt(path);
    let isPage = path === PAGE;
    if (file === null && (path === '/' || (isNavigation && extname(path) === ''))) {
      file = await fileAt(PAGE);
      isPage = true;
    }
    if (file === null) return next();

    c.header('Cache-Control', !isPage && HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    c.header('Vary', 'Accept-Encoding');
    c.header('ETag', file.etag);
    if (c.req.header('if-none-match') === file.etag) return c.body(null, 304);
    c.header('Content-Type', file.type);
    const { body, encoding } = await encoded(file, c.req.header('accept-encoding') ?? '');
    if (encoding !== null) c.header('Content-Encoding', encoding);
    c.header('Content-Length', String(body.length));
    return c.req.method === 'HEAD' ? c.body(null) : c.body(body);
  };
}

async function readStored(root: string, path: string): Promise<StoredFile | null> {
  const place = join(root, path);
  if (!place.startsWith(root + sep)) return null;
  try {
    const plain = await readFile(place);
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 20)}"`;
    return { type: TYPES[extname(path)] ?? 'application/octet-stream', etag, plain };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    throw error;
  }
}

/** Null for paths that are no names: bad escapes, null bytes. */
function decodedPath(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes('\0') ? null : decoded;
  } catch {
    return null;
  }
}

async function encoded(
  file: StoredFile,
  accepted: string,
): Promise<{ body: Buffer<ArrayBuffer>; encoding: string | null }> {
  if (!COMPRESSIBLE.test(file.type) || file.plain.length < 1_024) return { body: file.plain, encoding: null };
  if (/\bbr\b/.test(accepted)) {
    file.br ??= toBrotli(file.plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    return { body: await file.br, encoding: 'br' };
  }
  if (/\bgzip\b/.test(accepted)) {
    file.gzip ??= toGzip(file.plain);
    return { body: await file.gzip, encoding: 'gzip' };
  }
  return { body: file.plain, encoding: null };
}

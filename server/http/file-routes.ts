/**
 * The bytes of files on records: sent once by the device that adds a file, handed out to everybody who sees a record that
 * holds it (file-access.ts); for all others it is not here. The
 * name and the type of a file are in its record; whoever asks for it says them, and neither is believed
 * (safe-file-headers.ts).
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { isFileHash } from '../../shared/entities/file.ts';
import { sizeInWords } from '../../shared/model/byte-size.ts';
import { may, READ_ONLY } from '../../shared/model/rights.ts';
import { type FileRefusal, FileRefused, type FileStore } from '../storage/file-store.ts';
import { readBody } from './body.ts';
import { ApiError } from './errors.ts';
import { createFileAccess } from './file-access.ts';
import { safeFileHeaders } from './safe-file-headers.ts';
import type { AppEnv, Services } from './services.ts';

/** Bodies of these requests are counted while they are stored, not by the limit of all others. */
export function isUpload(c: Context): boolean {
  return c.req.method === 'PUT' && /^\/api\/files\/[^/]+$/.test(c.req.path);
}

const MOST_ASKED_FOR = 5_000;

const missingBody = v.object({
  hashes: v.pipe(
    v.array(v.pipe(v.string(), v.check(isFileHash, 'This is no hash.'))),
    v.maxLength(MOST_ASKED_FOR, `At most ${MOST_ASKED_FOR} files can be asked for at once.`),
  ),
});

/** Behind `requireSession`. */
export function fileRoutes(services: Services, files: FileStore): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const { erasures } = services;
  const access = createFileAccess(services);

  app.get('/api/files', (c) =>
    c.json({ largest: files.limits.largest, quota: files.limits.quota, used: files.used() }),
  );

  /**
   * Which of these are not here: a device that has one sends it (again, after a restored backup). What the person cannot
   * see is not here for them, so that nobody learns what others have. `gone`: erased with the person it was about.
   */
  app.post('/api/files/missing', async (c) => {
    const { hashes } = await readBody(c, missingBody);
    const { userId } = c.get('me');
    const unseen = hashes.filter((hash) => !files.has(hash) || !access.maySee(userId, hash));
    const gone = unseen.filter((hash) => isGone(userId, hash));
    return c.json({ missing: unseen.filter((hash) => !gone.includes(hash)), gone });
  });

  app.put('/api/files/:hash', async (c) => {
    if (!may(c.get('me').role, 'records')) throw new ApiError(403, 'not-allowed', READ_ONLY);
    const hash = hashOf(c.req.param('hash'));
    const { userId } = c.get('me');
    const isHere = files.has(hash);
    if (isHere && access.maySee(userId, hash)) return c.json({ ok: true });
    if (isGone(userId, hash)) throw GONE;
    const { body } = c.req.raw;
    const bytes: AsyncIterable<Uint8Array> = body === null ? nothing() : Readable.fromWeb(body as never);
    try {
      // Whoever only knows the hash of what others have gets nothing for it.
      if (isHere) await check(hash, bytes, files.limits.largest);
      else await files.write(hash, bytes, lengthOf(c));
      access.sent(userId, hash);
      erasures.forgetFiles([hash]);
    } catch (error) {
      // What is left of the body must not be taken for the next request.
      c.header('Connection', 'close');
      if (error instanceof FileRefused) throw refusalOf(error.reason, files);
      throw error;
    }
    return c.json({ ok: true }, isHere ? 200 : 201);
  });

  app.get('/api/files/:hash', (c) => {
    const hash = hashOf(c.req.param('hash'));
    const size = files.sizeOf(hash);
    if (size === null || !access.maySee(c.get('me').userId, hash)) {
      throw new ApiError(
        404,
        'not-here-yet',
        'This file is not on the server yet. It comes when the device that added it is online.',
      );
    }
    const asked = { name: c.req.query('name') ?? 'file', type: c.req.query('type') ?? '' };
    for (const [name, value] of Object.entries(safeFileHeaders(asked))) c.header(name, value);
    c.header('Content-Length', String(size));
    return c.body(Readable.toWeb(Readable.from(files.read(hash))) as ReadableStream<Uint8Array>);
  });

  /** Erased, and no record that the person sees holds the same. */
  function isGone(userId: string, hash: string): boolean {
    return erasures.isFileErased(hash) && !access.isHeld(userId, hash);
  }

  return app;
}

const GONE = new ApiError(
  410,
  'erased',
  'The person this file was about was erased at their request, and the file with them. It was not stored again.',
);

/** @throws FileRefused unless these are the bytes of the hash. */
async function check(hash: string, bytes: AsyncIterable<Uint8Array>, largest: number): Promise<void> {
  const digest = createHash('sha256');
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > largest) throw new FileRefused('too-large');
    digest.update(chunk);
  }
  if (digest.digest('hex') !== hash) throw new FileRefused('wrong-hash');
}

function hashOf(text: string): string {
  if (isFileHash(text)) return text;
  throw new ApiError(422, 'no-hash', 'A file is asked for by the SHA-256 of its content, in 64 hexadecimal digits.');
}

function lengthOf(c: Context): number | null {
  const length = Number(c.req.header('content-length') ?? Number.NaN);
  return Number.isSafeInteger(length) && length >= 0 ? length : null;
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An empty file.
}

function refusalOf(reason: FileRefusal, { limits, used }: FileStore): ApiError {
  switch (reason) {
    case 'too-large':
      return new ApiError(
        413,
        reason,
        `A file can have ${sizeInWords(limits.largest)} at most on this server. It was not stored; it is still on the device that added it.`,
      );
    case 'quota':
      return new ApiError(
        507,
        reason,
        `The files of this workspace take ${sizeInWords(used())} of ${sizeInWords(limits.quota)}. This one was not stored; it is still on the device that added it. Whoever runs the server can raise FILES_QUOTA_MB.`,
      );
    case 'disk-full':
      return new ApiError(
        507,
        reason,
        'The server’s disk is full. This file was not stored; it is still on the device that added it and is sent again later.',
      );
    case 'wrong-hash':
      return new ApiError(422, reason, 'This file was damaged on its way and was not stored. It is sent again.');
  }
}

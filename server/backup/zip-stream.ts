/**
 * A zip made as a stream, in turns: between two pieces everything else the server does goes on. What goes wrong on the way
 * ends the stream with an error, so that no half file looks whole.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
// The browser's build: Node's brings a `createRequire` that clashes with the bundle's banner, for threads not used here.
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate/browser';

/** Text is packed; the bytes of pictures and documents are packed already, and stored as they are. */
export type ZipEntry =
  | { readonly name: string; readonly text: Iterable<string> }
  | { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> };

const utf8 = new TextEncoder();

/** @param at the time every entry carries, epoch ms. */
export async function* zipStream(entries: Iterable<ZipEntry>, at: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  const taken = () => {
    const made = chunks;
    chunks = [];
    return made;
  };
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk as Uint8Array<ArrayBuffer>);
  });
  for (const entry of entries) {
    const file = 'text' in entry ? new ZipDeflate(entry.name, { level: 6 }) : new ZipPassThrough(entry.name);
    file.mtime = at;
    zip.add(file);
    for await (const piece of 'text' in entry ? encoded(entry.text) : entry.bytes) {
      file.push(piece);
      yield* taken();
      await nextTurn();
    }
    file.push(new Uint8Array(), true);
  }
  zip.end();
  yield* taken();
}

function* encoded(pieces: Iterable<string>): Generator<Uint8Array> {
  for (const piece of pieces) yield utf8.encode(piece);
}

/**
 * Everything on this device as one file: the records as anybody can read them (unknown fields included) and, beside
 * them, each room's raw Yjs update, so that nothing is lost that a program could bring back.
 */
import * as Y from 'yjs';
import { entities } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import type { ClientRoom } from './client-room.ts';
import type { Files } from './files.ts';
import { waitingEdits } from './waiting.ts';
import type { Me } from './workspace.ts';

export interface DeviceCopy {
  readonly format: 'rapport-device-copy';
  readonly version: 1;
  readonly what: 'everything' | 'waiting';
  /** ISO 8601, UTC. */
  readonly savedAt: string;
  readonly serverId: string;
  readonly member: { readonly memberId: string; readonly name: string };
  /** By entity name; those in the trash included. */
  readonly records: Readonly<Record<string, readonly AnyRecord[]>>;
  /** By room: a Yjs update (version 1), base64. */
  readonly updates: Readonly<Record<string, string>>;
  /** Files that are not with the server, base64. */
  readonly files: readonly { readonly name: string; readonly hash: string; readonly content: string }[];
}

export async function exportLocalData(
  rooms: Iterable<ClientRoom>,
  {
    what,
    serverId,
    me,
    now,
    files,
  }: { what: DeviceCopy['what']; serverId: string; me: Me; now: number; files?: Files | undefined },
): Promise<Blob> {
  const records: Record<string, AnyRecord[]> = {};
  const updates: Record<string, string> = {};
  for (const room of rooms) {
    const ids = what === 'everything' ? allIds(room) : new Set(waitingEdits(room).map(({ id }) => id));
    for (const id of ids) {
      const record = room.records.get(id);
      if (!record) continue;
      records[record.entity] ??= [];
      records[record.entity]?.push(record);
    }
    const update = what === 'everything' ? Y.encodeStateAsUpdate(room.doc) : waitingUpdate(room);
    if (update !== null) updates[room.name] = toBase64(update);
  }
  const copy: Omit<DeviceCopy, 'files'> = {
    format: 'rapport-device-copy',
    version: 1,
    what,
    savedAt: new Date(now).toISOString(),
    serverId,
    member: { memberId: me.memberId, name: me.name },
    records,
    updates,
  };
  return new Blob([JSON.stringify(copy).slice(0, -1), ',"files":[', ...(await fileParts(files)), ']}'], {
    type: 'application/json',
  });
}

/** In parts, because one text cannot hold more than half a gigabyte. */
async function fileParts(files: Files | undefined): Promise<readonly BlobPart[]> {
  const parts: BlobPart[] = [];
  for (const { name, hash, content } of (await files?.unsentContent()) ?? []) {
    const bytes = new Uint8Array(await content.arrayBuffer());
    const head = JSON.stringify({ name, hash }).slice(0, -1);
    parts.push(`${parts.length > 0 ? ',' : ''}${head},"content":"`, new Blob([toBase64(bytes)]), '"}');
  }
  return parts;
}

function* allIds({ records }: ClientRoom): Generator<string> {
  for (const name of Object.keys(entities)) yield* records.ids(name);
}

/** What the server lacks of a room; null when it has everything. */
function waitingUpdate({ doc, ownClocks }: ClientRoom): Uint8Array | null {
  const waiting = ownClocks.waiting();
  if (waiting.size === 0) return null;
  const known = Y.decodeStateVector(Y.encodeStateVector(doc));
  for (const [client, clock] of waiting) known.set(client, clock);
  return Y.encodeStateAsUpdate(doc, Y.encodeStateVector(known));
}

/** In pieces: `String.fromCharCode` takes some 65,000 arguments. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

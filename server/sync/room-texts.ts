/** The texts that several people write at once, as plain text: what an export can show without this program. */
import * as Y from 'yjs';
import { parseRoomName } from '../../shared/sync/room-names.ts';
import type { UpdateLog } from '../storage/update-log.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';

const PREFIX = 'text:';

export interface RoomText {
  readonly recordId: string;
  readonly text: string;
}

/** Every current room of the spaces, loaded when it is asked for. */
export function* exportRooms(
  { log, rooms }: { readonly log: UpdateLog; readonly rooms: Rooms },
  spaces: readonly string[],
) {
  for (const name of roomsToExport(log, spaces)) yield exportRoom(rooms, name);
}

/** The newest generations in these spaces. */
export function roomsToExport(log: UpdateLog, spaces: readonly string[]): readonly string[] {
  return log.roomNames().filter((name) => {
    const space = parseRoomName(name)?.space;
    return space !== undefined && spaces.includes(space) && log.successorOf(name) === null;
  });
}

export function exportRoom(rooms: Rooms, name: string) {
  const room = rooms.open(name);
  return { name, records: room.records, texts: textsOf(room) };
}

function* textsOf({ doc }: Room): Generator<RoomText> {
  for (const name of doc.share.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const text = plainText(doc.getXmlFragment(name)).trim();
    if (text !== '') yield { recordId: name.slice(PREFIX.length), text };
  }
}

/** One line per block; marks are left out. */
function plainText(node: Y.XmlFragment | Y.XmlElement | Y.XmlText | Y.XmlHook): string {
  if (node instanceof Y.XmlText) {
    return (node.toDelta() as { insert?: unknown }[])
      .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
      .join('');
  }
  if (!(node instanceof Y.XmlFragment)) return '';
  const inner = node.toArray().map(plainText);
  const isBlock = inner.length > 0 && node.get(0) instanceof Y.XmlText;
  return isBlock ? inner.join('') : inner.join('\n');
}

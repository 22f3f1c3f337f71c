/**
 * What of one's presence is for everybody: presence goes through the team's room, and what somebody does in a private space
 * is nobody else's business, down to the id of the record they look at.
 */
import type { OwnPresence } from './presence.ts';

const IDS = /[A-Za-z]+_[0-9A-Za-z]{8,}/g;

/** @param isPrivate whether a record is in a private space; asked about '' for what is no record: the view itself. */
export function publicPresence(own: OwnPresence, isPrivate: (recordId: string) => boolean): OwnPresence {
  const named = [...(own.path.match(IDS) ?? []), own.record ?? '', own.drag?.id ?? '', own.drag?.before ?? ''];
  if (!['', ...named].some(isPrivate)) return own;
  const area = /^\/[a-z-]*/.exec(own.path)?.[0] ?? '';
  return { path: area, record: null, field: null, draft: null, drag: null };
}

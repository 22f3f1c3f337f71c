/**
 * The keys of a room's one flat `Y.Map`, named `records`:
 *   `<recordId>`                  → JSON text, the record as it was created (the base): `t` its entity, `s` the stamp
 *                                   of its creation, `f` stamps of single paths that were folded in later, its fields
 *   `<recordId>/<path>/<stamp>`   → any JSON value, one edit of one field
 * `path` is a field name, or `field:element` for one element of a set-like field. A record id and a stamp
 * hold no `/`, so a key is taken apart at its first and last one; an element may hold any character.
 */
export const RECORDS = 'records';

export type ParsedKey =
  | { readonly kind: 'base'; readonly id: string }
  | { readonly kind: 'edit'; readonly id: string; readonly path: string; readonly stamp: string };

/** Never throws; a key that is neither form is taken for an edit with an empty path, which readers ignore. */
export function parseKey(key: string): ParsedKey {
  const first = key.indexOf('/');
  if (first < 0) return { kind: 'base', id: key };
  const last = key.lastIndexOf('/');
  return {
    kind: 'edit',
    id: key.slice(0, first),
    path: key.slice(first + 1, Math.max(first + 1, last)),
    stamp: key.slice(last + 1),
  };
}

export function editKey(id: string, path: string, stamp: string): string {
  return `${id}/${path}/${stamp}`;
}

/** The path of one element of a set-like field. */
export function elementPath(field: string, elementKey: string): string {
  return `${field}:${elementKey}`;
}

/** A path's field name and, for set-like fields, the element's key. */
export function splitPath(path: string): { field: string; element: string | null } {
  const colon = path.indexOf(':');
  return colon < 0 ? { field: path, element: null } : { field: path.slice(0, colon), element: path.slice(colon + 1) };
}

/** Reads a base; anything unreadable counts as a base that says nothing, so that no record is ever dropped. */
export function readBase(stored: unknown): Readonly<Record<string, unknown>> {
  if (typeof stored !== 'string') return {};
  try {
    const parsed: unknown = JSON.parse(stored);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}

/**
 * Every stamp that an entry of the records carries: its own, those of paths that were folded into a base, and those that
 * name an element, as the moves in a deal's stage history do. Whoever corrects one has to correct all.
 */
import { editKey, elementPath, parseKey, readBase, splitPath } from '../../shared/sync/record-keys.ts';
import { isStamp, type Stamp } from '../../shared/sync/stamp.ts';

export interface Entry {
  readonly key: string;
  readonly value: unknown;
}

/** Those that `mapStamps` renews. */
export function stampsIn({ key, value }: Entry): readonly Stamp[] {
  const stamps: Stamp[] = [];
  const parsed = parseKey(key);
  if (parsed.kind === 'edit') {
    // Asked of every edit that arrives, and nearly all have only their own.
    const { element } = splitPath(parsed.path);
    if (element !== null && isStamp(element)) stamps.push(element);
    stamps.push(parsed.stamp);
    if (isObject(value) && typeof value.stamp === 'string' && isStamp(value.stamp)) stamps.push(value.stamp);
    return stamps;
  }
  mapStamps({ key, value }, (stamp) => {
    stamps.push(stamp);
    return stamp;
  });
  return stamps;
}

/** The entry with every stamp replaced by what `renew` says. */
export function mapStamps({ key, value }: Entry, renew: (stamp: Stamp) => Stamp): Entry {
  const renewed = (each: unknown): unknown => (typeof each === 'string' && isStamp(each) ? renew(each) : each);
  const parsed = parseKey(key);
  if (parsed.kind === 'edit') {
    const { field, element } = splitPath(parsed.path);
    const path = element !== null && isStamp(element) ? elementPath(field, renew(element)) : parsed.path;
    return { key: editKey(parsed.id, path, renew(parsed.stamp)), value: elementWith(value, renewed) };
  }
  const base: Record<string, unknown> = { ...readBase(value) };
  base.s = renewed(base.s);
  if (isObject(base.f)) {
    base.f = Object.fromEntries(Object.entries(base.f).map(([path, stamp]) => [path, renewed(stamp)]));
  }
  for (const [name, stored] of Object.entries(base)) {
    if (Array.isArray(stored)) base[name] = stored.map((element) => elementWith(element, renewed));
  }
  return { key, value: JSON.stringify(base) };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function elementWith(element: unknown, renewed: (stamp: unknown) => unknown): unknown {
  return isObject(element) && typeof element.stamp === 'string'
    ? { ...element, stamp: renewed(element.stamp) }
    : element;
}

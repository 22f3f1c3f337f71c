/**
 * Never move what somebody is reading (design guide, 5.5): while the pointer is in a list, rows keep their order
 * although the records they are sorted by change. What goes away leaves, what is new comes where it belongs.
 */

/** `before` as it was shown, brought up to date with `now` without moving what both have. */
export function holdOrder(before: readonly string[], now: readonly string[]): readonly string[] {
  if (before.length === now.length && before.every((id, index) => id === now[index])) return before;
  const present = new Set(now);
  const known = new Set(before);
  const kept = before.filter((id) => present.has(id));
  if (kept.length === now.length) return kept.length === before.length ? before : kept;
  // A new row goes behind the row that it follows in the true order, or to the top.
  const followers = new Map<string, string[]>();
  let previous = '';
  for (const id of now) {
    if (known.has(id)) {
      previous = id;
      continue;
    }
    const behind = followers.get(previous);
    if (behind) behind.push(id);
    else followers.set(previous, [id]);
  }
  const held = [...(followers.get('') ?? [])];
  for (const id of kept) held.push(id, ...(followers.get(id) ?? []));
  return held;
}

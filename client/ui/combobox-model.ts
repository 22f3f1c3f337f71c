/**
 * Search in a list of labels, fast enough for 50,000 of them on every key press: labels are folded once, and one
 * pass keeps only the best matches.
 */

/** Lower case without accents, so that "Łódź" is found by "lodz" and "Müller" by "muller". */
export function foldLabel(label: string): string {
  const lower = label.toLowerCase();
  return /^[\x20-\x7e]*$/.test(lower)
    ? lower
    : lower
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .replace(/ł/g, 'l')
        .replace(/ø/g, 'o')
        .replace(/ß/g, 'ss')
        .replace(/æ/g, 'ae');
}

export interface Matches {
  /** Positions in the list, best first: label starts with the query, then a word does, then it is anywhere. */
  readonly indexes: readonly number[];
  /** How many match altogether, shown or not. */
  readonly total: number;
}

/** Finds the query in folded labels. An empty query matches everything in the given order. */
export function findMatches(folded: readonly string[], query: string, limit: number): Matches {
  const wanted = foldLabel(query.trim());
  if (wanted === '')
    return { indexes: Array.from({ length: Math.min(limit, folded.length) }, (_, i) => i), total: folded.length };
  const ranks: [number[], number[], number[]] = [[], [], []];
  let total = 0;
  for (const [index, label] of folded.entries()) {
    const at = label.indexOf(wanted);
    if (at < 0) continue;
    total += 1;
    const rank = ranks[at === 0 ? 0 : label.includes(` ${wanted}`) ? 1 : 2];
    if (rank.length < limit) rank.push(index);
  }
  return { indexes: ranks.flat().slice(0, limit), total };
}

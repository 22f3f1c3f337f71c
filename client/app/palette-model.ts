/** What the command palette lists for a query, and which letters of it matched. Knows no screen. */
import { foldText } from '../../shared/model/text-order.ts';

export interface Segment {
  readonly text: string;
  readonly isMatch: boolean;
}

/**
 * Takes a text apart into what matches a word of the query and what does not. Accents and case do not matter, and the
 * letters shown are always those of the text: joined again, the segments are the text.
 */
export function highlight(text: string, query: string): readonly Segment[] {
  const words = wordsOf(query);
  if (words.length === 0 || text === '') return text === '' ? [] : [{ text, isMatch: false }];
  const letters = [...text];
  const folded = letters.map((letter) => foldText(letter));
  const whole = folded.join('');
  const marks = new Uint8Array(whole.length);
  for (const word of words) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1)) marks.fill(1, at, at + word.length);
  }
  const segments: { text: string; isMatch: boolean }[] = [];
  let at = 0;
  for (const [index, letter] of letters.entries()) {
    const length = folded[index]?.length ?? 0;
    const last = segments.at(-1);
    // A mark of its own (a combining accent) folds to nothing and stays with the letter before it.
    const isMatch = length === 0 ? (last?.isMatch ?? false) : marks[at] === 1;
    at += length;
    if (last && last.isMatch === isMatch) last.text += letter;
    else segments.push({ text: letter, isMatch });
  }
  return segments;
}

/** Whether all words of a query occur in a text, each at the beginning of one of its words. */
export function matchesWords(text: string, query: string): boolean {
  const parts = foldText(text).split(/[^\p{L}\p{N}]+/u);
  return wordsOf(query).every((word) => parts.some((part) => part.startsWith(word)));
}

/** The row after (or before) one, around the ends; the first when there was none. */
export function stepFrom(index: number, by: number, count: number): number {
  if (count === 0) return -1;
  return index < 0 ? 0 : (index + by + count) % count;
}

const wordsOf = (query: string): readonly string[] =>
  foldText(query)
    .split(/\s+/)
    .filter((word) => word !== '');

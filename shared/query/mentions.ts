/**
 * Mentions in plain text: `@Jonas Weber`. The text stays readable everywhere; who is meant is found by name, the longest
 * first, and of people who share a name those whom the writer chose.
 */

export interface Mentionable {
  readonly id: string;
  readonly name: string;
}

/** A stretch of a text; `memberId` is set where it names somebody. */
export interface TextPart {
  readonly text: string;
  readonly memberId: string | null;
}

const isWordCharacter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character);

/** The text cut into names and what is between. Joined together the parts are the text. */
export function mentionParts(
  text: string,
  members: readonly Mentionable[],
  chosen: readonly string[] = [],
): readonly TextPart[] {
  const preferred = new Set(chosen);
  const byLength = members
    .filter(({ name }) => name.trim() !== '')
    .sort(
      (left, right) =>
        right.name.length - left.name.length || Number(preferred.has(right.id)) - Number(preferred.has(left.id)),
    );
  const parts: TextPart[] = [];
  let plain = '';
  for (let index = 0; index < text.length; ) {
    const found =
      text[index] === '@' && !isWordCharacter(text[index - 1]) ? namedAt(text, index + 1, byLength) : undefined;
    if (!found) {
      plain += text[index];
      index++;
      continue;
    }
    if (plain !== '') parts.push({ text: plain, memberId: null });
    plain = '';
    const end = index + 1 + found.name.length;
    parts.push({ text: text.slice(index, end), memberId: found.id });
    index = end;
  }
  if (plain !== '') parts.push({ text: plain, memberId: null });
  return parts;
}

function namedAt(text: string, start: number, members: readonly Mentionable[]): Mentionable | undefined {
  return members.find(({ name }) => {
    const words = text.slice(start, start + name.length);
    return words.toLowerCase() === name.toLowerCase() && !isWordCharacter(text[start + name.length]);
  });
}

/** Ids of the members a text names, each once. */
export function mentionedIn(
  text: string,
  members: readonly Mentionable[],
  chosen: readonly string[] = [],
): readonly string[] {
  return [...new Set(mentionParts(text, members, chosen).flatMap(({ memberId }) => memberId ?? []))];
}

/** What is being typed after an `@` at the caret: where the `@` is and the words so far; null where nobody is being named. */
export function mentionBeingTyped(
  text: string,
  caret: number,
): { readonly from: number; readonly words: string } | null {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf('@');
  if (from < 0 || isWordCharacter(before[from - 1])) return null;
  const words = before.slice(from + 1);
  // A name has few words and no line break.
  return words.length <= 40 && !/[\n@]/.test(words) && words.split(' ').length <= 4 ? { from, words } : null;
}

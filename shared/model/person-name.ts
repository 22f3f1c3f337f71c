/** Taking a name apart as one person typed it, and no further than is safe: what is unclear stays in the first name. */

export interface NameGuess {
  readonly prefix: string;
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
}

const PREFIX = /^(?:(?:dr|prof|mr|mrs|ms|miss|mx|sir|ing|dipl|mag|herr|frau|m|mme|sr|sra)\.?)$/i;
/** Words that belong to the family name behind them: `Femke de Boer`, `Ludwig van Beethoven`. */
const PARTICLE =
  /^(?:de|del|della|der|den|di|da|do|dos|du|la|le|van|von|vom|zu|zur|ten|ter|al|el|bin|ibn|af|av|st\.?)$/i;

/**
 * `Dr Amara Cole`, `Cole, Amara`, `Femke de Boer`, `Ana Maria Lopes`. One word alone is a first name. Putting the
 * parts together again with spaces gives the words that were typed (in the order first to last).
 */
export function splitName(typed: string): NameGuess {
  const plain = typed.trim().replace(/\s+/g, ' ');
  const reversed = /^([^,]+), ?([^,]+)$/.exec(plain);
  const words = (reversed ? `${reversed[2]} ${reversed[1]}` : plain).split(' ').filter(Boolean);
  const prefixes: string[] = [];
  while (words.length > 1 && PREFIX.test(words[0] ?? '')) prefixes.push(words.shift() ?? '');
  const prefix = prefixes.join(' ');
  // With a title and one word the word is the family name: "Dr Cole".
  if (words.length === 1) {
    const only = words[0] ?? '';
    return prefix === ''
      ? { prefix, firstName: only, middleName: '', lastName: '' }
      : { prefix, firstName: '', middleName: '', lastName: only };
  }
  let last = reversed ? words.length - (reversed[1] ?? '').trim().split(' ').length : words.length - 1;
  while (last > 1 && PARTICLE.test(words[last - 1] ?? '')) last -= 1;
  return {
    prefix,
    firstName: words[0] ?? '',
    middleName: words.slice(1, last).join(' '),
    lastName: words.slice(Math.max(last, 1)).join(' '),
  };
}

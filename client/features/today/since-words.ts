/** What others did, in words: one line of the digest on Today. */
import { entities, isEntityName } from '../../../shared/entities/registry.ts';
import type { NewsLine, NewsWhat } from '../../../shared/query/news.ts';

/** Before the name of one record, and (with `n`) of several together. */
const VERBS: Readonly<Record<NewsWhat, readonly [one: string, many: string]>> = {
  moved: ['moved', 'moved n'],
  won: ['won', 'won n'],
  lost: ['lost', 'lost n'],
  made: ['added', 'added n'],
  changed: ['changed', 'changed n'],
  done: ['finished', 'finished n'],
  note: ['wrote a note on', 'wrote n notes'],
  call: ['logged a call with', 'logged n calls'],
  email: ['logged an email with', 'logged n emails'],
  meeting: ['logged a meeting with', 'logged n meetings'],
  message: ['logged a message with', 'logged n messages'],
  comment: ['commented on', 'wrote n comments'],
  file: ['added a file to', 'added n files'],
};

/** Records that are shown on others' pages and named after those. */
const ON_OTHERS: ReadonlySet<string> = new Set(['activity', 'comment', 'file']);

export interface LineWords {
  readonly verb: string;
  /** The record that is named and linked; null where several are told together. */
  readonly names: string | null;
  readonly href: string | undefined;
}

const LISTS: Readonly<Record<string, string>> = {
  deal: '/deals',
  contact: '/contacts',
  company: '/companies',
  task: '/tasks',
  appointment: '/calendar',
};

export function lineWords(line: NewsLine, hrefOf: (id: string) => string | undefined): LineWords {
  const [first] = line.items;
  const [one, many] = VERBS[line.what];
  if (first === undefined) return { verb: one, names: null, href: undefined };
  if (line.items.length > 1) {
    const plural = isEntityName(line.entity) ? entities[line.entity].plural.toLowerCase() : 'records';
    const counted = many.replace(/\bn\b/, String(line.items.length));
    const verb = ON_OTHERS.has(line.entity) ? counted : `${counted} ${plural}`;
    return { verb, names: null, href: LISTS[line.entity] };
  }
  const names = ON_OTHERS.has(line.entity) ? first.on : first.id;
  return { verb: one, names, href: hrefOf(first.id) ?? hrefOf(first.on) ?? LISTS[line.entity] };
}

import { expect, test } from 'vitest';
import type { NewsItem, NewsLine } from '../../../shared/query/news.ts';
import { lineWords } from './since-words.ts';

const item = (part: Partial<NewsItem>): NewsItem => ({
  what: 'moved',
  entity: 'deal',
  id: 'deal_1',
  on: 'deal_1',
  by: 'member_a',
  at: 1,
  ...part,
});
const line = (...items: NewsItem[]): NewsLine => ({ key: 'k', ...(items[0] ?? item({})), items });
const hrefOf = (id: string) => (id.startsWith('deal') || id.startsWith('contact') ? `/x/${id}` : undefined);

test('one record is named and linked, what is written on it by its name', () => {
  expect(lineWords(line(item({})), hrefOf)).toEqual({ verb: 'moved', names: 'deal_1', href: '/x/deal_1' });
  const note = item({ what: 'note', entity: 'activity', id: 'activity_1', on: 'contact_1' });
  expect(lineWords(line(note), hrefOf)).toEqual({ verb: 'wrote a note on', names: 'contact_1', href: '/x/contact_1' });
  const task = item({ what: 'done', entity: 'task', id: 'task_1', on: 'task_1' });
  expect(lineWords(line(task), hrefOf)).toEqual({ verb: 'finished', names: 'task_1', href: '/tasks' });
});

test('several are counted and lead to their list', () => {
  const made = Array.from({ length: 12 }, (_, index) =>
    item({ what: 'made', entity: 'contact', id: `contact_${index}` }),
  );
  expect(lineWords(line(...made), hrefOf)).toEqual({ verb: 'added 12 contacts', names: null, href: '/contacts' });
  const notes = Array.from({ length: 5 }, () => item({ what: 'note', entity: 'activity' }));
  expect(lineWords(line(...notes), hrefOf).verb).toBe('wrote 5 notes');
});

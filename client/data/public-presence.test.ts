import { expect, test } from 'vitest';
import type { OwnPresence } from './presence.ts';
import { publicPresence } from './public-presence.ts';

const OWN: OwnPresence = {
  path: '/deals/deal_0123456789abcdef?tab=notes',
  record: 'deal_0123456789abcdef',
  field: 'title',
  draft: 'Nightingale',
  drag: null,
};

test('what is open to everybody is told as it is', () => {
  expect(publicPresence(OWN, () => false)).toBe(OWN);
});

test('of a private record only the area is told, whichever way it is named', () => {
  const isPrivate = (id: string) => id === 'deal_0123456789abcdef';
  const area = { path: '/deals', record: null, field: null, draft: null, drag: null };
  expect(publicPresence(OWN, isPrivate)).toEqual(area);
  expect(publicPresence({ ...OWN, record: null, draft: null }, isPrivate)).toEqual(area);
  const drag = { id: 'deal_0123456789abcdef', over: 'stage_1', before: '', x: 0, y: 0 };
  expect(publicPresence({ ...OWN, path: '/deals', record: null, drag }, isPrivate)).toEqual(area);
  const before = { ...drag, id: 'deal_fedcba9876543210', before: 'deal_0123456789abcdef' };
  expect(publicPresence({ ...OWN, path: '/deals', record: null, drag: before }, isPrivate)).toEqual(area);
});

test('in a view of a private space nothing but the area is told', () => {
  const looking = { ...OWN, path: '/contacts?q=night', record: null, field: null, draft: null };
  expect(publicPresence(looking, (id) => id === '').path).toBe('/contacts');
});

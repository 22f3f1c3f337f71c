import { expect, test } from 'vitest';
import { listTrail, placeInTrail, readTrail } from './list-trail.ts';

const ids = Array.from({ length: 2_000 }, (_, index) => `contact_${index}`);

test('a record knows its place and its neighbours in the list it was opened from', () => {
  const trail = listTrail(ids, 'contact_1000');
  expect(trail.ids.length).toBeLessThan(600);
  expect(placeInTrail(trail, 'contact_1000')).toEqual({
    position: 1001,
    total: 2000,
    previous: 'contact_999',
    next: 'contact_1001',
  });
});

test('the ends of the list have one neighbour', () => {
  const trail = listTrail(ids.slice(0, 2), 'contact_0');
  expect(placeInTrail(trail, 'contact_0')?.previous).toBeUndefined();
  expect(placeInTrail(trail, 'contact_1')?.next).toBeUndefined();
});

test('a history entry without a trail, or with something else, gives none', () => {
  expect(readTrail(null)).toBeUndefined();
  expect(readTrail({ trail: { ids: 'x' } })).toBeUndefined();
  expect(readTrail(JSON.parse(JSON.stringify({ trail: listTrail(ids, 'contact_3') })))?.total).toBe(2000);
  expect(placeInTrail(undefined, 'contact_1')).toBeUndefined();
  expect(placeInTrail(listTrail(ids, 'contact_3'), 'contact_x')).toBeUndefined();
});

test('the way back leads to the list with its filters, and never out of the app', () => {
  expect(readTrail({ trail: listTrail(ids, 'contact_3', '/contacts?q=oslo') })?.from).toBe('/contacts?q=oslo');
  expect(
    readTrail({ trail: { ...listTrail(ids, 'contact_3'), from: 'https://elsewhere.example' } })?.from,
  ).toBeUndefined();
  expect(readTrail({ trail: { ...listTrail(ids, 'contact_3'), from: '//elsewhere.example' } })?.from).toBeUndefined();
});

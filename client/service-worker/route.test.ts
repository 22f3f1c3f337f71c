import { expect, test } from 'vitest';
import { type Route, routeOf } from './route.ts';

const origin = 'https://crm.example';
const files = new Set(['/', '/icon.svg', '/assets/main-abc.js']);

function route(path: string, request: Partial<Request> = {}): Route {
  return routeOf({ method: 'GET', mode: 'cors', url: new URL(path, origin).href, ...request }, origin, files);
}

test('every page of the app is the shell, also one with a query', () => {
  expect(route('/', { mode: 'navigate' })).toBe('shell');
  expect(route('/deals/deal_abc?view=board', { mode: 'navigate' })).toBe('shell');
});

test.each(['/api/rooms', '/sync/team.pipeline.1', '/healthz'])('%s is the server’s, also as a page', (path) => {
  expect(route(path)).toBe('network');
  expect(route(path, { mode: 'navigate' })).toBe('network');
});

test('a page whose name only begins like a server path is the shell', () => {
  expect(route('/apiary', { mode: 'navigate' })).toBe('shell');
});

test('built files come out of the cache', () => {
  expect(route('/assets/main-abc.js')).toBe('file');
  expect(route('/icon.svg')).toBe('file');
  expect(route('/icon.svg', { mode: 'navigate' })).toBe('file');
});

test('a lazy part of an older version is looked up too, so that old tabs go on working', () => {
  expect(route('/assets/settings-old.js')).toBe('file');
});

test('nothing that changes something or leaves the origin is touched', () => {
  expect(route('/', { method: 'POST', mode: 'navigate' })).toBe('network');
  expect(route('https://elsewhere.example/assets/main-abc.js')).toBe('network');
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import './late.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  document.head.replaceChildren();
});

test('styles that were lost with the line are asked for again until they come', () => {
  const lost = document.createElement('link');
  Object.assign(lost, { rel: 'stylesheet', href: '/assets/late.css' });
  document.head.append(lost);
  const links = () => [...document.head.querySelectorAll('link')];
  let link = lost;
  for (let attempt = 0; attempt < 2; attempt++) {
    link.dispatchEvent(new Event('error'));
    vi.advanceTimersByTime(5_000);
    expect(links()).toHaveLength(1);
    expect(links()[0]).not.toBe(link);
    link = links()[0] ?? link;
    expect(link.getAttribute('href')).toBe('/assets/late.css');
  }
  vi.advanceTimersByTime(60_000);
  expect(links()).toEqual([link]);
});

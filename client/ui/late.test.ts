import { type Component, createComponent, Suspense } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { late, latePage, loadLateParts } from './late.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  document.head.replaceChildren();
});

/** Shows a page that comes late, and returns how to leave it. */
const show = (Page: Component) =>
  render(
    () =>
      createComponent(Suspense, {
        get children() {
          return createComponent(Page, {});
        },
      }),
    document.body,
  );

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

test('what nobody has asked for waits while a page that somebody went to is on its way', async () => {
  let arrive: (page: () => string) => void = () => undefined;
  const coming = new Promise<() => string>((resolve) => {
    arrive = resolve;
  });
  const Page = latePage(() => coming);
  const rest = vi.fn(async () => 'the rest');
  late(rest);
  const leave = show(Page);
  void loadLateParts();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(rest).not.toHaveBeenCalled();
  arrive(() => 'A deal');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(document.body.textContent).toBe('A deal');
  expect(rest).toHaveBeenCalledOnce();
  leave();
});

test('a page that does not come, as without a line, keeps the rest waiting for seconds only', async () => {
  const Page = latePage(() => new Promise<() => string>(() => undefined));
  const rest = vi.fn(async () => 'the rest');
  late(rest);
  const leave = show(Page);
  void loadLateParts();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(rest).toHaveBeenCalledOnce();
  leave();
});

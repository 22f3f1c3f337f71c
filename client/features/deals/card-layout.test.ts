import { createMemo, createRoot, createSignal } from 'solid-js';
import { afterEach, expect, test } from 'vitest';
import { type CardLayoutInputs, createFirstLayout } from './card-layout.ts';
import { createVirtualLayout } from './virtual-cards.ts';

// jsdom lays nothing out.
globalThis.ResizeObserver ??= class {
  observe() {
    return undefined;
  }
  unobserve() {
    return undefined;
  }
  disconnect() {
    return undefined;
  }
};

let dispose: (() => void) | undefined;
afterEach(() => dispose?.());

function setup(count: number) {
  return createRoot((end) => {
    dispose = end;
    const [ids] = createSignal(Array.from({ length: count }, (_, index) => `d${index}`));
    const [active, setActive] = createSignal<string>();
    const scroller = document.createElement('div');
    Object.defineProperty(scroller, 'clientHeight', { value: 800 });
    const indexOf = createMemo(() => new Map(ids().map((id, index) => [id, index])));
    const inputs: CardLayoutInputs = {
      ids,
      indexOf,
      active,
      estimate: () => 100,
      heights: new Map(),
      scroller: () => scroller,
    };
    return { inputs, setActive, scroller, layout: createFirstLayout(inputs, 12) };
  });
}

test('the first cards are in the document, and more when somebody scrolls near their end', () => {
  const { layout, scroller } = setup(40);
  expect(layout.rows()).toHaveLength(12);
  scroller.scrollTop = 700;
  scroller.dispatchEvent(new Event('scroll'));
  expect(layout.rows()).toHaveLength(32);
  layout.show(39);
  expect(layout.rows()).toHaveLength(40);
  expect(scroller.scrollTop).toBe(layout.total() - 800);
});

test('the card that Tab reaches is in the document wherever it is', () => {
  const { layout, setActive } = setup(40);
  setActive('d30');
  expect(layout.rows()).toHaveLength(13);
  expect(layout.rows().at(-1)).toBe('d30');
  expect(layout.startOf('d30')).toBe(30 * 106);
});

test('a measured card moves those below it, and lies at the same place once the long layout takes over', () => {
  const { layout, inputs } = setup(40);
  layout.resize(0, 140);
  layout.resize(1, 80);
  expect(layout.startOf('d2')).toBe(140 + 80 + 2 * 6);
  expect(layout.total()).toBe(140 + 80 + 38 * 100 + 39 * 6);
  const virtual = createRoot((end) => {
    dispose = end;
    return createVirtualLayout(inputs);
  });
  expect(virtual.startOf('d2')).toBe(layout.startOf('d2'));
  expect(virtual.total()).toBe(layout.total());
});

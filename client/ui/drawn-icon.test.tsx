import { render } from '@solidjs/testing-library';
import * as ellipsis from 'lucide-solid/icons/ellipsis';
import * as search from 'lucide-solid/icons/search';

import { createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { DrawnIcon, type IconData } from './drawn-icon.tsx';

// The unit tests are not built as the app is: here lucide's icons are drawn by lucide.
const PAIRS = [
  ['search', search],
  ['an icon that had another name', ellipsis],
] as const;

/** What the modules have beside the component; the types leave it out. */
function dataOf(module: object): IconData {
  return (module as { readonly __iconData: IconData }).__iconData;
}

test.each(PAIRS)('%s is the element that lucide draws', (_, module) => {
  const Lucide = module.default;
  const icon = dataOf(module);
  const theirs = render(() => (
    <>
      <Lucide />
      <Lucide class="lucide--sm fg-3" />
      <Lucide size={14} />
      <Lucide role="img" aria-label="Pinned" />
      <Lucide data-tone="warning" />
    </>
  ));
  const ours = render(() => (
    <>
      <DrawnIcon icon={icon} />
      <DrawnIcon icon={icon} class="lucide--sm fg-3" />
      <DrawnIcon icon={icon} size={14} />
      <DrawnIcon icon={icon} role="img" aria-label="Pinned" />
      <DrawnIcon icon={icon} data-tone="warning" />
    </>
  ));
  expect(theirs.container.children).toHaveLength(5);
  expect(described(ours.container)).toEqual(described(theirs.container));
});

test('an icon follows its class, and what is done to one is not done to the next', () => {
  const [isOn, setOn] = createSignal(false);
  const icon = dataOf(search);
  const { container } = render(() => (
    <>
      <DrawnIcon icon={icon} class={isOn() ? 'is-on' : 'is-off'} />
      <DrawnIcon icon={icon} />
    </>
  ));
  const [first, second] = container.children;
  expect([...(first?.classList ?? [])]).toContain('is-off');
  setOn(true);
  expect([...(first?.classList ?? [])]).toContain('is-on');
  expect([...(first?.classList ?? [])]).not.toContain('is-off');
  expect([...(second?.classList ?? [])]).not.toContain('is-on');
});

/** Classes and attributes in any order; `key` is lucide's own note. */
function described(element: Element): object {
  const attributes = Object.fromEntries(
    [...element.attributes]
      .filter(({ name }) => name !== 'key' && name !== 'class')
      .map(({ name, value }) => [name, value]),
  );
  return {
    tag: element.tagName,
    classes: [...element.classList].sort(),
    attributes,
    children: [...element.children].map(described),
  };
}

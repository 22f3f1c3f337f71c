import { fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { Tabs } from './tabs.tsx';

function setupTabs() {
  const [selected, setSelected] = createSignal('all');
  const onClose = vi.fn();
  render(() => (
    <Tabs
      label="Views"
      selected={selected()}
      onSelect={setSelected}
      onClose={onClose}
      tabs={[
        { id: 'all', label: 'All' },
        { id: 'open', label: 'Open' },
        { id: 'mine', label: 'Mine', closable: true },
      ]}
    />
  ));
  return { onClose };
}
const tab = (name: string) => screen.getByRole('tab', { name });
const press = (key: string) => fireEvent.keyDown(document.activeElement as HTMLElement, { key });
const isOn = (name: string) =>
  tab(name).getAttribute('aria-selected') === 'true' && document.activeElement === tab(name);

test('arrows, Home and End move the focus and select, around the ends', () => {
  setupTabs();
  tab('All').focus();
  press('ArrowRight');
  expect(isOn('Open')).toBe(true);
  press('End');
  expect(isOn('Mine')).toBe(true);
  press('ArrowRight');
  expect(isOn('All')).toBe(true);
  press('ArrowLeft');
  expect(isOn('Mine')).toBe(true);
  press('Home');
  expect(isOn('All')).toBe(true);
});

test('only the selected one is a tab stop', () => {
  setupTabs();
  expect(screen.getAllByRole('tab').map((one) => one.tabIndex)).toEqual([0, -1, -1]);
});

test('Delete closes an own view and nothing else', () => {
  const { onClose } = setupTabs();
  tab('All').focus();
  press('Delete');
  expect(onClose).not.toHaveBeenCalled();
  press('End');
  press('Delete');
  expect(onClose).toHaveBeenCalledWith('mine');
});

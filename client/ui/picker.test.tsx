import { fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { Picker, type PickerProps } from './picker.tsx';

interface Town {
  readonly id: string;
  readonly name: string;
}

const TOWNS: readonly Town[] = [
  { id: 'b', name: 'Bergen' },
  { id: 'l', name: 'Łódź' },
  { id: 'n', name: 'New Bergen' },
];

function setupPicker(options: Partial<PickerProps<Town>> = {}) {
  const [chosen, setChosen] = createSignal<readonly string[]>(['l']);
  const onPick = vi.fn((town: Town) => setChosen([town.id]));
  render(() => (
    <Picker
      label="Town"
      options={TOWNS}
      optionValue={(town) => town.id}
      optionLabel={(town) => town.name}
      isChosen={(id) => chosen().includes(id)}
      onPick={onPick}
      {...options}
    />
  ));
  return { onPick };
}
const search = () => screen.getByRole('combobox', { name: 'Town' }) as HTMLInputElement;
const shown = () => screen.queryAllByRole('option').map((option) => option.textContent);
const active = () => document.getElementById(search().getAttribute('aria-activedescendant') ?? '')?.textContent;
const type = (text: string) => fireEvent.input(search(), { target: { value: text } });
const press = (key: string) => fireEvent.keyDown(search(), { key });

test('it starts on what is chosen', () => {
  setupPicker();
  expect(shown()).toEqual(['Bergen', 'Łódź', 'New Bergen']);
  expect(active()).toBe('Łódź');
  expect(screen.getByRole('option', { name: 'Łódź' }).getAttribute('aria-selected')).toBe('true');
});

test('typing filters, the best match is active and Enter takes it', () => {
  const { onPick } = setupPicker();
  type('berg');
  expect(shown()).toEqual(['Bergen', 'New Bergen']);
  press('Enter');
  expect(onPick).toHaveBeenCalledWith(TOWNS[0]);
});

test('arrows move around the ends', () => {
  setupPicker();
  press('ArrowDown');
  expect(active()).toBe('New Bergen');
  press('ArrowDown');
  expect(active()).toBe('Bergen');
  press('ArrowUp');
  expect(active()).toBe('New Bergen');
});

test('what is not there yet can be made, and what is there cannot be made twice', () => {
  const onCreate = vi.fn();
  setupPicker({ onCreate, createLabel: (name) => `Add ${name}` });
  type(' Oslo ');
  expect(shown()).toEqual(['Add Oslo']);
  press('Enter');
  expect(onCreate).toHaveBeenCalledWith('Oslo');
  type('lodz');
  expect(shown()).toEqual(['Łódź']);
});

test('a choice can be taken away where that is offered', () => {
  const onClear = vi.fn();
  setupPicker({ onClear, clearLabel: 'No town' });
  expect(shown()[0]).toBe('No town');
  fireEvent.click(screen.getByRole('option', { name: 'No town' }));
  expect(onClear).toHaveBeenCalledTimes(1);
});

test('nothing found is said', () => {
  setupPicker({ emptyText: 'No such town' });
  type('zzz');
  expect(screen.getByRole('status').textContent).toBe('No such town');
  expect(search().hasAttribute('aria-activedescendant')).toBe(false);
});

test('of 50,000 options fifty are in the document, and the rest is counted', () => {
  const many = Array.from({ length: 50_000 }, (_, index) => ({ id: `${index}`, name: `Town ${index}` }));
  setupPicker({ options: many });
  expect(shown()).toHaveLength(50);
  expect(screen.getByText('49950 more. Keep typing to narrow it down.')).toBeTruthy();
});

test('choosing several keeps the list and clears the search', () => {
  const { onPick } = setupPicker({ multiple: true });
  type('berg');
  press('Enter');
  expect(onPick).toHaveBeenCalledTimes(1);
  expect(search().value).toBe('');
  expect(shown()).toHaveLength(3);
});

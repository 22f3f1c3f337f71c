import { fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal, Show } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { InlineField } from './inline-field.tsx';

function setupField(options: { value?: string; refuse?: (text: string) => string | undefined } = {}) {
  const [value, setValue] = createSignal(options.value ?? 'Head of Fleet');
  const [shown, setShown] = createSignal(true);
  const onCommit = vi.fn((text: string) => {
    const refused = options.refuse?.(text);
    if (refused === undefined) setValue(text);
    return refused;
  });
  render(() => (
    <Show when={shown()}>
      <InlineField label="Job title" value={value()} text={value()} placeholder="Add a title" onCommit={onCommit} />
      <button type="button">Elsewhere</button>
    </Show>
  ));
  return { value, setValue, onCommit, leave: () => setShown(false) };
}
const field = () => screen.getByRole('button', { name: /^Job title/ });
const editor = () => screen.getByRole('textbox', { name: 'Job title' }) as HTMLInputElement;
const editing = () => screen.queryByRole('textbox') !== null;
const type = (text: string) => fireEvent.input(editor(), { target: { value: text } });

test('it is a button named by label and value until it is edited', () => {
  setupField();
  expect(field().getAttribute('aria-label')).toBe('Job title, Head of Fleet');
  expect(editing()).toBe(false);
});

test('an empty one says so and shows what could be there', () => {
  setupField({ value: '' });
  expect(field().getAttribute('aria-label')).toBe('Job title, empty');
  expect(field().textContent).toContain('Add a title');
});

test('a click starts with the text selected', async () => {
  setupField();
  fireEvent.click(field());
  await Promise.resolve();
  expect(document.activeElement).toBe(editor());
  expect([editor().selectionStart, editor().selectionEnd]).toEqual([0, 'Head of Fleet'.length]);
});

test('F2 starts, typing starts with the character, a command key does not', () => {
  setupField();
  fireEvent.keyDown(field(), { key: 'c', ctrlKey: true });
  expect(editing()).toBe(false);
  fireEvent.keyDown(field(), { key: 'F2' });
  expect(editor().value).toBe('Head of Fleet');
  fireEvent.keyDown(editor(), { key: 'Escape' });
  fireEvent.keyDown(field(), { key: 'C' });
  expect(editor().value).toBe('C');
});

test('Enter commits once and gives the focus back to the field', () => {
  const { value, onCommit } = setupField();
  fireEvent.click(field());
  type('Director');
  fireEvent.keyDown(editor(), { key: 'Enter' });
  expect(value()).toBe('Director');
  expect(onCommit).toHaveBeenCalledTimes(1);
  expect(document.activeElement).toBe(field());
});

test('Tab commits and lets the browser go on from the field', () => {
  const { value } = setupField();
  fireEvent.click(field());
  type('Director');
  const goesOn = fireEvent.keyDown(editor(), { key: 'Tab' });
  expect(goesOn).toBe(true);
  expect(value()).toBe('Director');
  expect(document.activeElement).toBe(field());
});

test('Escape restores and nothing is written', () => {
  const { onCommit } = setupField();
  fireEvent.click(field());
  type('Director');
  fireEvent.keyDown(editor(), { key: 'Escape' });
  expect(field().textContent).toContain('Head of Fleet');
  expect(onCommit).not.toHaveBeenCalled();
});

test('clicking away commits', () => {
  const { value } = setupField();
  fireEvent.click(field());
  type('Director');
  screen.getByText('Elsewhere').focus();
  expect(value()).toBe('Director');
  expect(editing()).toBe(false);
});

test('a value that was not changed is not written', () => {
  const { onCommit } = setupField();
  fireEvent.click(field());
  fireEvent.keyDown(editor(), { key: 'Enter' });
  expect(onCommit).not.toHaveBeenCalled();
  expect(editing()).toBe(false);
});

test('a refused value stays in the field with its reason, also after clicking away', () => {
  setupField({ refuse: (text) => (text === '' ? 'A title has at least one letter' : undefined) });
  fireEvent.click(field());
  type('');
  fireEvent.keyDown(editor(), { key: 'Enter' });
  expect(screen.getByRole('alert').textContent).toBe('A title has at least one letter');
  expect(editor().getAttribute('aria-invalid')).toBe('true');
  expect(editor().getAttribute('aria-describedby')).toBe(screen.getByRole('alert').id);
  screen.getByText('Elsewhere').focus();
  expect(editing()).toBe(true);
  type('Chief');
  expect(screen.queryByRole('alert')).toBeNull();
  fireEvent.keyDown(editor(), { key: 'Enter' });
  expect(editing()).toBe(false);
});

test('what a teammate writes meanwhile does not touch the draft', () => {
  const { setValue } = setupField();
  fireEvent.click(field());
  type('Director');
  setValue('Fleet Lead');
  expect(editor().value).toBe('Director');
});

test('leaving the page keeps what was typed', () => {
  const { onCommit, leave } = setupField();
  fireEvent.click(field());
  type('Director');
  leave();
  expect(onCommit).toHaveBeenCalledTimes(1);
  expect(onCommit).toHaveBeenCalledWith('Director');
});

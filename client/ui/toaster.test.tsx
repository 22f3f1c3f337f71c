import { fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createToaster, type Toaster, ToastRegion } from './toaster.tsx';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setupToaster(): Toaster {
  let toaster!: Toaster;
  render(() => {
    toaster = createToaster();
    return (
      <>
        <button type="button">Before</button>
        <ToastRegion toaster={toaster} />
      </>
    );
  });
  return toaster;
}
const card = () => document.querySelector('.toast') as HTMLElement;

test('a toast is announced politely and gone after six seconds', () => {
  const toaster = setupToaster();
  toaster.show({ text: 'Moved to Proposal' });
  expect(screen.getByRole('status').textContent).toContain('Moved to Proposal');
  vi.advanceTimersByTime(5999);
  expect(toaster.current()?.text).toBe('Moved to Proposal');
  vi.advanceTimersByTime(1);
  expect(toaster.current()).toBeUndefined();
  expect(card()).toBeNull();
});

test('a failed one is an alert', () => {
  const toaster = setupToaster();
  toaster.show({ tone: 'failed', text: 'Could not be shared' });
  expect(screen.getByRole('alert').textContent).toContain('Could not be shared');
  expect(screen.getByRole('status').textContent).toBe('');
});

test('there is at most one: the newer replaces the older and has its full time', () => {
  const toaster = setupToaster();
  toaster.show({ text: 'First' });
  vi.advanceTimersByTime(4000);
  toaster.show({ text: 'Second' });
  expect(document.querySelectorAll('.toast')).toHaveLength(1);
  vi.advanceTimersByTime(5000);
  expect(toaster.current()?.text).toBe('Second');
});

test('the clock stands while the pointer is on it and goes on with what was left', () => {
  const toaster = setupToaster();
  toaster.show({ text: 'Moved' });
  vi.advanceTimersByTime(4000);
  fireEvent.pointerEnter(card());
  vi.advanceTimersByTime(60_000);
  expect(toaster.current()?.text).toBe('Moved');
  fireEvent.pointerLeave(card());
  vi.advanceTimersByTime(1999);
  expect(toaster.current()?.text).toBe('Moved');
  vi.advanceTimersByTime(1);
  expect(toaster.current()).toBeUndefined();
});

test('the clock stands while the focus is in it, and the focus goes back where it came from', () => {
  const toaster = setupToaster();
  const before = screen.getByText('Before');
  toaster.show({ text: 'Moved', action: { label: 'Undo', run: () => undefined } });
  before.focus();
  const undo = screen.getByRole('button', { name: 'Undo' });
  undo.focus();
  vi.advanceTimersByTime(60_000);
  expect(toaster.current()?.text).toBe('Moved');
  fireEvent.click(undo);
  expect(document.activeElement).toBe(before);
});

test('its action runs once and takes the toast away', () => {
  const toaster = setupToaster();
  const run = vi.fn();
  toaster.show({ text: 'Moved', action: { label: 'Undo', run } });
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(run).toHaveBeenCalledTimes(1);
  expect(toaster.current()).toBeUndefined();
});

test('a toast shown by the action of another stays', () => {
  const toaster = setupToaster();
  toaster.show({ text: 'Moved', action: { label: 'Undo', run: () => toaster.show({ text: 'Moved back' }) } });
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(toaster.current()?.text).toBe('Moved back');
});

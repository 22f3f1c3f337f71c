import { cleanup, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, expect, test } from 'vitest';
import { Refusal } from './refusal.tsx';

afterEach(cleanup);

test('says why in the place that was there before, so that it is read out, and leaves it empty again', () => {
  const [refused, setRefused] = createSignal<string>();
  render(() => <Refusal text={refused()} />);
  const place = screen.getByRole('alert');
  expect(place.matches(':empty')).toBe(true);
  setRefused('The workspace needs a name.');
  expect(screen.getByRole('alert')).toBe(place);
  expect(place.textContent).toBe('The workspace needs a name.');
  setRefused(undefined);
  expect(place.matches(':empty')).toBe(true);
});

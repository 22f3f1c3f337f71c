import { cleanup, render, screen } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { RecordHead } from './record-head.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function setupHead(isSmall: boolean, contact: { readonly mail?: string; readonly phone?: string }) {
  const media = { matches: isSmall, addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('matchMedia', () => media);
  const record = { id: 'contact_a' } as AnyRecord;
  render(() => <RecordHead record={record} name="Ingrid" mark={null} lines={null} website="halden.no" {...contact} />);
  return screen.getAllByRole('link').map((link) => link.textContent);
}

test('the quick links stand in the document as the drawings show them: on a phone one calls first', () => {
  expect(setupHead(false, { mail: 'i@h.no', phone: '+47 22' })).toEqual(['Email', 'Call', 'Website']);
  cleanup();
  expect(setupHead(true, { mail: 'i@h.no', phone: '+47 22' })).toEqual(['Call', 'Email', 'Website']);
  cleanup();
  expect(setupHead(true, { mail: 'i@h.no' })).toEqual(['Email', 'Website']);
});

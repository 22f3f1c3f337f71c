import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FilePreview } from './file-preview.tsx';

/** What was put behind an address, as jsdom has none. */
let shown: Blob[] = [];
beforeEach(() => {
  shown = [];
  URL.createObjectURL = (content) => `blob:${shown.push(content as Blob)}`;
  URL.revokeObjectURL = () => undefined;
});
afterEach(cleanup);

function setupPreview(name: string, type: string, content: Blob) {
  const onSave = vi.fn();
  render(() => <FilePreview file={{ name, type }} content={content} onSave={onSave} onClose={() => undefined} />);
  return { onSave };
}

test('a picture is shown under its name; one that cannot be shown says that its file is safe, and can be saved', () => {
  const { onSave } = setupPreview('dock.png', 'image/png', new Blob(['not one']));
  const picture = screen.getByRole('img', { name: 'dock.png' });
  expect(picture.getAttribute('src')).toBe('blob:1');
  expect(screen.queryByRole('link')).toBeNull();
  fireEvent.error(picture);
  expect(screen.getByText(/This picture cannot be shown. Its file is safe/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Download' }));
  expect(onSave).toHaveBeenCalledOnce();
});

test('a PDF opens in a tab of its own, as a PDF whatever its bytes claim to be', () => {
  setupPreview('offer.pdf', 'application/pdf', new Blob(['<script>'], { type: 'text/html' }));
  const link = screen.getByRole('link', { name: 'Open in a new tab' });
  expect([link.getAttribute('href'), link.getAttribute('target'), link.getAttribute('rel')]).toEqual([
    'blob:1',
    '_blank',
    'noopener',
  ]);
  expect(shown[0]?.type).toBe('application/pdf');
});

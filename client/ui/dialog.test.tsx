import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { Dialog } from './dialog.tsx';
import { loadLateParts } from './late.tsx';
import { MoreMenu } from './more-menu.tsx';

Element.prototype.scrollIntoView ??= () => undefined;

beforeAll(loadLateParts);
afterEach(cleanup);

test('a dialog that was chosen in a menu gives the focus back to the button of the menu', async () => {
  const [isOpen, setOpen] = createSignal(false);
  render(() => (
    <>
      <MoreMenu label="More for Ben" items={[{ label: 'Remove Ben', onSelect: () => setOpen(true) }]} />
      <Dialog open={isOpen()} onOpenChange={setOpen} title="Remove Ben" />
    </>
  ));
  const more = screen.getByRole('button', { name: 'More for Ben' });
  more.focus();
  fireEvent.keyDown(more, { key: 'Enter' });
  fireEvent.keyDown(await screen.findByRole('menuitem', { name: 'Remove Ben' }), { key: 'Enter' });
  const dialog = await screen.findByRole('dialog', { name: 'Remove Ben' });
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
  fireEvent.keyDown(document.activeElement ?? dialog, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More for Ben' })));
});

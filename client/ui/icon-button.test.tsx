import { cleanup, render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import X from 'lucide-solid/icons/x';
import { afterEach, expect, test, vi } from 'vitest';
import { Dialog } from './dialog.tsx';
import { IconButton } from './icon-button.tsx';
import { loadLateParts } from './late.tsx';
import { Menu } from './menu.tsx';

afterEach(cleanup);

test('its hint comes with the focus of a key, names its key, and goes', async () => {
  const onClick = vi.fn();
  render(() => <IconButton label="Close" keys="Escape" icon={X} onClick={onClick} />);
  const user = userEvent.setup();
  await user.tab();
  // Its code is loaded now, which takes as long as the machine is busy.
  expect((await screen.findByRole('tooltip', {}, { timeout: 10_000 })).textContent).toContain('Close');
  const button = screen.getByRole('button', { name: 'Close' });
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute('aria-describedby')).toBe(screen.getByRole('tooltip').id);
  await user.keyboard('{Enter}');
  expect(onClick).toHaveBeenCalledOnce();
  await user.tab();
  await vi.waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull());
});

test('pointing at it shows the hint after a moment', async () => {
  await loadLateParts();
  render(() => <IconButton label="Close" icon={X} />);
  const user = userEvent.setup();
  await user.hover(screen.getByRole('button', { name: 'Close' }));
  expect(await screen.findByRole('tooltip')).toBeTruthy();
});

test('Escape closes the dialog it stands in, whether or not its hint shows', async () => {
  await loadLateParts();
  const onOpenChange = vi.fn();
  render(() => (
    <Dialog open onOpenChange={onOpenChange} title="History">
      <IconButton label="Restore" icon={X} />
    </Dialog>
  ));
  const user = userEvent.setup();
  await user.hover(screen.getByRole('button', { name: 'Restore' }));
  await screen.findByRole('tooltip');
  await user.keyboard('{Escape}');
  expect(onOpenChange).toHaveBeenCalledExactlyOnceWith(false);
  expect(screen.queryByRole('tooltip')).toBeNull();
});

test('as the button of a menu it opens it, and shows no hint meanwhile', async () => {
  await loadLateParts();
  render(() => (
    <Menu
      items={[{ label: 'Rename', onSelect: () => undefined }]}
      trigger={(trigger) => <IconButton {...trigger} label="More" icon={X} />}
    />
  ));
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('menuitem', { name: 'Rename' })).toBeTruthy();
  await vi.waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull());
  await user.keyboard('{Escape}');
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More' })));
});

test('without a key it claims none', () => {
  render(() => <IconButton label="Close" icon={X} />);
  expect(screen.getByRole('button', { name: 'Close' }).hasAttribute('aria-keyshortcuts')).toBe(false);
});

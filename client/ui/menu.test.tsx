import { cleanup, render, screen, waitFor } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { Dialog } from './dialog.tsx';
import { loadLateParts } from './late.tsx';
import { Menu, type MenuItem } from './menu.tsx';

afterEach(cleanup);

test('choosing one of several closes the menu and gives the focus back', async () => {
  await loadLateParts();
  const onChange = vi.fn();
  const options = ['New business', 'Renewals'].map((label) => ({ value: label, label }));
  const items: readonly MenuItem[] = [{ kind: 'radio', label: 'Pipelines', value: 'New business', options, onChange }];
  render(() => <Menu items={items} trigger={(trigger) => <button {...trigger}>Pipeline</button>} />);
  const user = userEvent.setup();
  await user.click(screen.getByText('Pipeline'));
  await user.click(await screen.findByRole('menuitemradio', { name: 'Renewals' }));
  expect(onChange).toHaveBeenCalledExactlyOnceWith('Renewals');
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByText('Pipeline')));
});

test('a dialog that was chosen in a menu keeps the focus when the menu goes', async () => {
  await loadLateParts();
  const [isOpen, setOpen] = createSignal(false);
  render(() => (
    <>
      <Menu
        items={[{ label: 'New customer', onSelect: () => setOpen(true) }]}
        trigger={(trigger) => <button {...trigger}>Start a plan</button>}
      />
      <Dialog open={isOpen()} onOpenChange={setOpen} title="Start New customer">
        <input aria-label="First day" />
      </Dialog>
    </>
  ));
  const user = userEvent.setup();
  screen.getByText('Start a plan').focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement?.textContent).toBe('New customer'));
  await user.keyboard('{Enter}');
  await screen.findByRole('dialog');
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(document.activeElement).toBe(screen.getByLabelText('First day'));
});

test('an open submenu stays open, with its focus, when the items are made anew meanwhile', async () => {
  await loadLateParts();
  const onSelect = vi.fn();
  const items = (deals: number): readonly MenuItem[] => [
    {
      kind: 'submenu',
      label: 'Move to stage',
      items: [
        { label: 'Proposal', onSelect: () => onSelect('Proposal') },
        { label: 'Negotiation', meta: `${deals} deals`, onSelect: () => onSelect('Negotiation') },
      ],
    },
    { label: 'Delete', onSelect: () => undefined },
  ];
  const [deals, setDeals] = createSignal(2);
  render(() => <Menu items={items(deals())} trigger={(trigger) => <button {...trigger}>More</button>} />);
  const user = userEvent.setup();
  await user.click(screen.getByText('More'));
  await user.click(await screen.findByText('Move to stage'));
  const stage = await screen.findByText('Negotiation');
  await user.keyboard('{ArrowDown}');
  setDeals(3);
  expect(stage.textContent).toContain('3 deals');
  expect(stage.isConnected).toBe(true);
  await user.click(stage);
  expect(onSelect).toHaveBeenCalledExactlyOnceWith('Negotiation');
});

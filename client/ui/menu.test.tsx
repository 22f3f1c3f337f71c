import { cleanup, render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { loadLateParts } from './late.tsx';
import { Menu, type MenuItem } from './menu.tsx';

afterEach(cleanup);

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

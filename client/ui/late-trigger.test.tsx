import { cleanup, render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { type Component, createSignal, mergeProps } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { type Late, late } from './late.tsx';
import { type LatePanelProps, LateTrigger } from './late-trigger.tsx';
import type { MenuProps } from './menu.tsx';
import type { PopoverProps } from './popover.tsx';

afterEach(cleanup);

type Held<P> = Late<P> & { readonly arrive: () => Promise<void>; readonly asked: () => boolean };

/** A part whose code arrives when the test says so. */
function held<P>(fetch: () => Promise<P>): Held<P> {
  let [asked, release] = [false, (): void => undefined];
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const part = late(async () => {
    asked = true;
    await gate;
    return fetch();
  });
  return {
    ...part,
    asked: () => asked,
    async arrive() {
      release();
      await part.load();
    },
  };
}

const menuPanel = () =>
  import('./menu-panel.tsx').then((module) => module.MenuPanel as Component<LatePanelProps<MenuProps>>);
const popoverPanel = () =>
  import('./popover-panel.tsx').then((module) => module.PopoverPanel as Component<LatePanelProps<PopoverProps>>);

function setupMenu(more: Partial<MenuProps> = {}) {
  const part = held(menuPanel);
  const onSelect = vi.fn();
  const usual: MenuProps = {
    items: [{ label: 'Rename', onSelect }],
    trigger: (trigger) => (
      <button type="button" {...trigger}>
        More
      </button>
    ),
  };
  const panel = mergeProps(usual, more);
  render(() => <LateTrigger part={part} popup="menu" panel={panel} />);
  return { part, onSelect, button: screen.getByRole('button', { name: 'More' }), user: userEvent.setup() };
}

test('a menu pressed before its code is there opens when it is, on the same button', async () => {
  const { part, button, user, onSelect } = setupMenu();
  expect(button.getAttribute('aria-haspopup')).toBe('true');
  expect(button.getAttribute('aria-expanded')).toBe('false');
  await user.click(button);
  expect(screen.queryByRole('menu')).toBeNull();
  await part.arrive();
  await user.click(await screen.findByRole('menuitem', { name: 'Rename' }));
  expect(onSelect).toHaveBeenCalledOnce();
  expect(screen.getByRole('button', { name: 'More' })).toBe(button);
  expect(button.getAttribute('aria-expanded')).toBe('false');
});

test.each(['{Enter}', ' ', '{ArrowDown}'])(
  'the key "%s" before the code is there opens the menu on its first row',
  async (key) => {
    const { part, button, user } = setupMenu();
    button.focus();
    await user.keyboard(key);
    await part.arrive();
    const row = await screen.findByRole('menuitem', { name: 'Rename' });
    await vi.waitFor(() => expect(document.activeElement).toBe(row));
    await user.keyboard('{Escape}');
    await vi.waitFor(() => expect(document.activeElement).toBe(button));
  },
);

test('a button that keeps the focus while the code arrives has it afterwards, and its key works', async () => {
  const { part, button, user } = setupMenu();
  button.focus();
  expect(part.asked()).toBe(true);
  await part.arrive();
  expect(document.activeElement).toBe(button);
  expect(screen.queryByRole('menu')).toBeNull();
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('menuitem', { name: 'Rename' })).toBeTruthy();
});

test('a menu that is opened from outside asks for its code and says when it is closed', async () => {
  const [open, setOpen] = createSignal(false);
  const onOpenChange = vi.fn(setOpen);
  const { part, user } = setupMenu({
    get open() {
      return open();
    },
    onOpenChange,
  });
  setOpen(true);
  await part.arrive();
  await screen.findByRole('menu');
  await user.keyboard('{Escape}');
  expect(onOpenChange).toHaveBeenLastCalledWith(false);
});

test('a popover pressed before its code is there opens when it is, with the focus inside', async () => {
  const part = held(popoverPanel);
  const user = userEvent.setup();
  const panel: PopoverProps = {
    label: 'About',
    trigger: (trigger) => (
      <button type="button" {...trigger}>
        About
      </button>
    ),
    get children() {
      return <input aria-label="Words" />;
    },
  };
  render(() => <LateTrigger part={part} popup="dialog" panel={panel} />);
  const button = screen.getByRole('button', { name: 'About' });
  button.focus();
  await user.keyboard('{Enter}');
  await part.arrive();
  await screen.findByRole('dialog', { name: 'About' });
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Words' })));
  await user.keyboard('{Escape}');
  await vi.waitFor(() => expect(document.activeElement).toBe(button));
});

test.each(['mouse', 'keyboard', 'click of a program'])(
  'with its code there a menu is made when somebody comes near, and opens by %s at once',
  async (way) => {
    const made = vi.fn();
    const part = late(() =>
      menuPanel().then((Panel): typeof Panel => (props) => {
        made();
        return Panel(props);
      }),
    );
    await part.load();
    const trigger: MenuProps['trigger'] = (given) => (
      <button type="button" {...given}>
        More
      </button>
    );
    render(() => (
      <LateTrigger
        part={part}
        popup="menu"
        panel={{ items: [{ label: 'Rename', onSelect: () => undefined }], trigger }}
      />
    ));
    const button = screen.getByRole('button', { name: 'More' });
    expect(made).not.toHaveBeenCalled();
    if (way === 'mouse') await userEvent.setup().click(button);
    else if (way === 'keyboard') {
      button.focus();
      await userEvent.setup().keyboard('{Enter}');
    } else button.click();
    expect(await screen.findByRole('menuitem', { name: 'Rename' })).toBeTruthy();
    expect(made).toHaveBeenCalledOnce();
    expect(screen.getByRole('button', { name: 'More', hidden: true })).toBe(button);
  },
);

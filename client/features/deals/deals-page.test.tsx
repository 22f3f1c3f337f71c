import { MemoryRouter, Route } from '@solidjs/router';
import { cleanup, fireEvent, render, screen, within } from '@solidjs/testing-library';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createDeal } from '../../../shared/commands/deal-commands.ts';
import { deal } from '../../../shared/entities/deal.ts';
import { stage } from '../../../shared/entities/stage.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { loadLateParts } from '../../ui/late.tsx';
import { DealPage } from './deal-page.tsx';
import { DealsPage } from './deals-page.tsx';
import '../../testing/jsdom-parts.ts';

// jsdom lays nothing out.
globalThis.ResizeObserver ??= class {
  observe() {
    return undefined;
  }
  unobserve() {
    return undefined;
  }
  disconnect() {
    return undefined;
  }
};
globalThis.CSS ??= { escape: (text: string) => text } as unknown as typeof CSS;
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.scrollTo ??= () => undefined;

// Reads and transforms many files: slow on a busy machine.
beforeAll(loadLateParts);
afterEach(cleanup);

function setupDeals(titles: readonly string[], role: 'owner' | 'viewer' = 'owner') {
  const workspace = createMemoryWorkspace({ isSetUp: true, role });
  const stages = workspace.arrange((tx) => [...tx.all(stage)]);
  const stageId = (name: string) => stages.find((each) => each.name === name)?.id ?? '';
  const ids = titles.map((title) =>
    workspace.arrange((tx) =>
      createDeal(tx, {
        stageId: stageId('Lead'),
        values: { title, amount: { minor: 1_000_000, currency: 'EUR' } },
      }),
    ),
  );
  render(() => (
    <WorkspaceProvider value={workspace}>
      <MemoryRouter>
        <Route path="/" component={DealsPage} />
        <Route path="/deals/:id" component={DealPage} />
      </MemoryRouter>
    </WorkspaceProvider>
  ));
  const column = (name: RegExp) => screen.getByRole('region', { name });
  const cards = (name: RegExp) =>
    within(column(name))
      .queryAllByRole('article')
      .map((card) => within(card).getByRole('heading').textContent);
  const card = (name: RegExp) => screen.getByRole('article', { name });
  const press = (element: Element, ...keys: string[]) => {
    for (const key of keys) fireEvent.keyDown(element, { key });
  };
  return { workspace, ids, column, cards, card, press, stageId };
}

describe('the board', () => {
  test('shows every deal in its stage with count, total and weighted total', () => {
    const { cards, column } = setupDeals(['A', 'B']);
    expect(cards(/^Lead/)).toEqual(['B', 'A']);
    expect(column(/^Lead/).textContent).toContain('€20,000');
    expect(column(/^Lead/).textContent).toContain('€2,000 weighted');
    expect(screen.getByText('2 open')).toBeTruthy();
  });

  test('moves a card by keyboard and says so', () => {
    const { cards, card, press } = setupDeals(['Cold-room sensors', 'Other']);
    press(card(/^Cold-room/), ' ');
    expect(screen.getByText('Lifted Cold-room sensors. Lead, 2 of 2.')).toBeTruthy();
    press(card(/^Cold-room/), 'ArrowRight');
    expect(screen.getByText('Qualified, 1 of 1.')).toBeTruthy();
    press(card(/^Cold-room/), ' ');
    expect(cards(/^Qualified/)).toEqual(['Cold-room sensors']);
    expect(screen.getByText(/^Dropped in Qualified. Value there/)).toBeTruthy();
  });

  test('Esc puts a lifted card back', () => {
    const { cards, card, press } = setupDeals(['A', 'B']);
    press(card(/^A,/), ' ', 'ArrowRight', 'Escape');
    expect(cards(/^Lead/)).toEqual(['B', 'A']);
    expect(cards(/^Qualified/)).toEqual([]);
  });

  test('W marks as won, in one step that undo takes back', async () => {
    const { cards, card, press, workspace } = setupDeals(['A']);
    press(card(/^A,/), 'w');
    expect(cards(/^Won in/)).toEqual(['A']);
    expect(workspace.undoLabel()).toBe('A marked as won');
    await workspace.undo();
    expect(cards(/^Lead/)).toEqual(['A']);
  });

  test('Shift+W asks why, and the reason can be left empty', async () => {
    const { card, workspace, ids, stageId } = setupDeals(['A']);
    fireEvent.keyDown(card(/^A,/), { key: 'W', shiftKey: true });
    const dialog = await screen.findByRole('dialog', { name: 'Mark A as lost' });
    fireEvent.submit(dialog.querySelector('form') as HTMLFormElement);
    expect(workspace.collection('deal').peek(ids[0] ?? '')).toMatchObject({ lostReason: '' });
    expect(workspace.collection('deal').peek(ids[0] ?? '')?.place[1]).toBe(stageId('Lost'));
  });

  test('the selected deals are asked about too before they go to the lost stage', async () => {
    const { workspace, card, press, ids } = setupDeals(['A', 'B']);
    press(card(/^A/), 'x');
    press(card(/^B/), 'x');
    press(within(screen.getByRole('toolbar')).getByRole('button', { name: 'Stage' }), 'ArrowDown');
    press(await screen.findByRole('menuitem', { name: 'Lost' }), 'Enter');
    fireEvent.click(await screen.findByRole('button', { name: 'Price' }));
    fireEvent.click(screen.getByRole('button', { name: 'Mark as lost' }));
    for (const id of ids) {
      expect(workspace.collection('deal').byId(id)).toMatchObject({ lostReason: 'Price' });
    }
  });

  test('quick add makes the deal with its company and stays open', () => {
    const { cards, column, workspace } = setupDeals(['A']);
    fireEvent.click(within(column(/^Proposal/)).getByRole('button', { name: 'Add deal to Proposal' }));
    const line = screen.getByRole('textbox', { name: /in one line/ });
    fireEvent.input(line, { target: { value: 'Pallet trackers @Polar Freight 14k' } });
    expect(screen.getByText('€14,000')).toBeTruthy();
    fireEvent.keyDown(line, { key: 'Enter' });
    expect(cards(/^Proposal/)).toEqual(['Pallet trackers']);
    expect(
      workspace
        .collection('company')
        .all()
        .map((each) => each.name),
    ).toEqual(['Polar Freight']);
    expect((line as HTMLTextAreaElement).value).toBe('');
  });

  test('keeps a half-typed line when the quick add is closed and opened again', () => {
    const { column } = setupDeals(['A']);
    const open = () => fireEvent.click(within(column(/^Lead/)).getByRole('button', { name: 'Add deal to Lead' }));
    open();
    const line = () => screen.getByRole('textbox', { name: /in one line/ }) as HTMLTextAreaElement;
    fireEvent.input(line(), { target: { value: 'Half a th' } });
    fireEvent.keyDown(line(), { key: 'Escape' });
    open();
    expect(line().value).toBe('Half a th');
  });

  test('shows a deal whose stage is gone in a column of its own', () => {
    const { workspace, ids, cards } = setupDeals(['A']);
    workspace.arrange((tx) => tx.patch(deal, ids[0] ?? '', { place: ['pipeline_gone', 'stage_gone', 'a0'] }));
    expect(cards(/^No stage/)).toEqual(['A']);
  });

  test('a filter narrows cards and sums, and an edit of one card leaves the others in place', async () => {
    const { cards, card, workspace, ids } = setupDeals(['Sensors', 'Trackers']);
    const other = card(/^Trackers/);
    workspace.arrange((tx) => tx.patch(deal, ids[0] ?? '', { title: 'Sensors, 40 units' }));
    expect(card(/^Trackers/)).toBe(other);
    fireEvent.input(screen.getByRole('textbox', { name: 'Find deals' }), { target: { value: 'sens' } });
    await vi.waitFor(() => expect(cards(/^Lead/)).toEqual(['Sensors, 40 units']));
    expect(screen.getByText('1 open')).toBeTruthy();
  });

  test('offers nothing to change to somebody who may only look', () => {
    const { card, press, cards } = setupDeals(['A'], 'viewer');
    expect(screen.queryByRole('button', { name: /New deal/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Add deal/ })).toBeNull();
    press(card(/^A,/), 'w', ' ', 'Delete');
    expect(cards(/^Lead/)).toEqual(['A']);
  });
});

describe('the page of a deal', () => {
  async function openDeal(title: string) {
    const setup = setupDeals([title, 'Other']);
    setup.press(setup.card(new RegExp(`^${title}`)), 'Enter');
    await screen.findByRole('radiogroup', { name: 'Stage' });
    return setup;
  }

  test('moves through the stages by number and says where it is', async () => {
    const { workspace, ids, stageId } = await openDeal('Sensors');
    fireEvent.keyDown(document.body, { key: '3' });
    expect(workspace.collection('deal').peek(ids[0] ?? '')?.place[1]).toBe(stageId('Proposal'));
    expect(screen.getByRole('radio', { checked: true }).textContent).toContain('Proposal');
  });

  test('a lost deal says why and can be reopened', async () => {
    const { workspace, ids, stageId } = await openDeal('Sensors');
    fireEvent.click(screen.getByRole('button', { name: 'Lost' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Price' }));
    fireEvent.submit(dialog.querySelector('form') as HTMLFormElement);
    expect((await screen.findByText(/: Price\./)).textContent).toContain('Lost today');
    fireEvent.click(screen.getByRole('button', { name: 'Reopen' }));
    expect(workspace.collection('deal').peek(ids[0] ?? '')?.place[1]).toBe(stageId('Lead'));
  });

  test('a deleted deal says so and comes back whole', async () => {
    const { workspace, ids } = await openDeal('Sensors');
    workspace.arrange((tx) => tx.patch(deal, ids[0] ?? '', { deleted: true }));
    expect(screen.getByText(/in the trash/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Restore' }));
    expect(workspace.collection('deal').byId(ids[0] ?? '')?.title).toBe('Sensors');
  });
});

import { cleanup, fireEvent, screen } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { createDeal } from '../../../shared/commands/deal-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import type { Deal } from '../../../shared/entities/deal.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { showPage } from '../../testing/show-page.tsx';
import { createDealActions } from './deal-actions.ts';
import { DealPeople } from './deal-people.tsx';

afterEach(cleanup);

test('people on a deal have a role, which is changed where it stands; one is taken out, and undo brings them back', async () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const stageId = [...workspace.collection('stage').each()].find((stage) => stage.type === 'open')?.id ?? '';
  const { id, ingrid, per } = workspace.arrange((tx) => {
    const [ingrid = '', per = ''] = ['Ingrid', 'Per'].map((firstName) => tx.insert(contact, { firstName }));
    const contacts = [
      { contact: ingrid, role: 'champion' },
      { contact: per, role: '' },
    ];
    return { id: createDeal(tx, { stageId, values: { title: 'Sensors', contacts } }), ingrid, per };
  });
  const deal = () => workspace.collection('deal').byId(id) as Deal;
  const roleOf = (person: string) => deal().contacts.find((each) => each.contact === person)?.role;
  showPage(workspace, () => {
    const actions = createDealActions({ onRefused: () => undefined });
    return <DealPeople deal={deal()} actions={actions} />;
  });
  expect(screen.getByRole('button', { name: 'Role of Ingrid: Champion' })).toBeTruthy();

  const role = screen.getByRole('button', { name: 'Role of Per: none' });
  fireEvent.keyDown(role, { key: 'Enter' });
  // The menu's code comes when it is first wanted.
  const signs = await screen.findByRole('menuitemradio', { name: 'Signs' }, { timeout: 15_000 });
  fireEvent.pointerUp(signs, { button: 0, pointerType: 'mouse' });
  fireEvent.click(signs);
  expect([roleOf(per), roleOf(ingrid)]).toEqual(['signs', 'champion']);

  fireEvent.click(await screen.findByLabelText('Remove Ingrid'));
  expect(roleOf(ingrid)).toBeUndefined();
  await workspace.undo();
  expect(roleOf(ingrid)).toBe('champion');
});

import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router';
import { cleanup, render } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { logActivity } from '../../../shared/commands/activity-commands.ts';
import { createDeal } from '../../../shared/commands/deal-commands.ts';
import { company } from '../../../shared/entities/company.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { addDays } from '../../../shared/model/day.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { LastContactPart } from '../../fields/last-contact.tsx';
import { RecordPartsProvider } from '../../fields/record-parts.ts';
import { currentDay } from '../../fields/reference.ts';
import { CompanyPage } from './company-page.tsx';

afterEach(cleanup);

/** What is related comes after the rest is painted. */
const SECOND_FRAME = { timeout: 10_000 };
const NOON = new Date().setHours(12, 0, 0, 0);

function setupHalden() {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const stageId = (type: string) =>
    [...workspace.collection('stage').each()].find((each) => each.type === type)?.id ?? '';
  const ids = workspace.arrange((tx) => {
    const group = tx.insert(company, { name: 'Halden Group' });
    const foods = tx.insert(company, { name: 'Halden Foods', parent: group });
    const ingrid = tx.insert(contact, { firstName: 'Ingrid', lastName: 'Solberg', jobTitle: 'Buyer', company: foods });
    const left = { company: foods, title: 'Board member', ended: true };
    tx.insert(contact, { firstName: 'Per', lastName: 'Haugen', positions: [left] });
    const sell = (title: string, euros: number, type: string, closesOn: string | null = null) =>
      createDeal(tx, {
        stageId: stageId(type),
        values: { title, company: foods, closesOn, amount: { currency: 'EUR', minor: euros * 100 } },
      });
    sell('Sensors', 86_400, 'open', addDays(currentDay(), -7));
    sell('Loggers', 12_600, 'open', addDays(currentDay(), 1));
    sell('Pilot', 28_800, 'won');
    logActivity(tx, { kind: 'call', about: [ingrid], at: NOON - 86_400_000 });
    return { group, foods, ingrid };
  });
  const show = (id: string) => {
    const history = createMemoryHistory();
    history.set({ value: `/companies/${id}` });
    render(() => (
      <WorkspaceProvider value={workspace}>
        <RecordPartsProvider value={{ lastContact: LastContactPart }}>
          <MemoryRouter history={history}>
            <Route path="/companies/:id" component={CompanyPage} />
          </MemoryRouter>
        </RecordPartsProvider>
      </WorkspaceProvider>
    ));
  };
  return { ...ids, show };
}

// Roles of a whole page take jsdom seconds to work out.
const section = (title: string) =>
  [...document.querySelectorAll('.section')].find((each) => each.querySelector('h2')?.textContent === title);
const linksIn = (part: Element | null | undefined) =>
  [...(part?.querySelectorAll('a') ?? [])].map((link) => [link.textContent?.trim(), link.getAttribute('href')]);

test('a company’s page lists its people, its open deals with their sum, and when somebody last spoke with any of them', async () => {
  const { foods, ingrid, show } = setupHalden();
  show(foods);
  await vi.waitFor(() => expect(section('People')).toBeTruthy(), SECOND_FRAME);
  expect(linksIn(section('People'))).toContainEqual(['Ingrid Solberg', `/contacts/${ingrid}`]);
  expect(section('People')?.textContent).toContain('Buyer');
  expect(section('Formerly here')?.textContent).toMatch(/Per Haugen.*Board member/);
  expect(section('Deals')?.textContent).toContain('€99,000 open');
  expect(linksIn(section('Deals'))).toHaveLength(3);
  // A closing day that has passed says so.
  expect(section('Deals')?.textContent).toMatch(/7 days late/);
  expect(section('Deals')?.textContent).toMatch(/Closes tomorrow/i);
  const row = [...document.querySelectorAll('.prop')].find((each) => each.textContent?.startsWith('Last contact'));
  expect(row?.textContent).toMatch(/Yesterday/);
});

test('a subsidiary stands under its parent, and the parent lists it', async () => {
  const { group, foods, show } = setupHalden();
  show(foods);
  const parent = ['Halden Group', `/companies/${group}`];
  expect(linksIn(document.querySelector('nav[aria-label="Breadcrumbs"]'))).toEqual([
    ['Companies', '/companies'],
    parent,
  ]);
  await vi.waitFor(() => expect(linksIn(section('Part of'))).toContainEqual(parent), SECOND_FRAME);
  cleanup();
  show(group);
  const child = ['Halden Foods', `/companies/${foods}`];
  await vi.waitFor(() => expect(linksIn(section('Subsidiaries'))).toContainEqual(child), SECOND_FRAME);
});

/**
 * The third-party samples of ../shared/data, with their known answers (SOURCES.md there). Runs only where that folder
 * is: vitest.config.ts leaves `*.real-data.test.ts` out elsewhere.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aWorkspace, importFiles, recordsOf } from '../testing/importing.ts';
import { guessRole, matchHeaders } from './aliases.ts';
import { createImportEngine } from './import-engine.ts';

const data = new URL('../../../shared/data/', import.meta.url);
const read = (path: string) => new Uint8Array(readFileSync(new URL(path, data)));
const MAVEN = ['accounts.csv', 'products.csv', 'sales_teams.csv', 'sales_pipeline.csv'];
const mavenFiles = () => Object.fromEntries(MAVEN.map((name) => [name, read(`maven/${name}`)]));

test('Maven: 8,800 deals with their companies, owners, products, stages and days, and the known sums', () => {
  const ana = aWorkspace();
  const { summary } = importFiles(ana, mavenFiles());
  expect(summary.issues).toEqual([]);
  expect(summary.counts.created).toEqual({ deal: 8_800, company: 85, member: 35 });

  const deals = recordsOf(ana, 'deal');
  const stages = new Map(recordsOf(ana, 'stage').map((stage) => [stage.id, stage]));
  const stageOf = (deal: (typeof deals)[number]) => stages.get((deal.place as readonly string[])[1] ?? '');
  const byStage: Record<string, (typeof deals)[number][]> = {};
  for (const deal of deals) {
    const name = String(stageOf(deal)?.name);
    const list = byStage[name] ?? [];
    byStage[name] = list;
    list.push(deal);
  }
  expect(Object.fromEntries(Object.entries(byStage).map(([name, list]) => [name, list.length]))).toEqual({
    Won: 4_238,
    Lost: 2_473,
    Engaging: 1_589,
    Prospecting: 500,
  });
  const won = byStage.Won ?? [];
  expect(won.reduce((sum, deal) => sum + (deal.amount as { minor: number }).minor, 0)).toBe(10_005_534_00);
  expect(deals.filter(({ company }) => company === null)).toHaveLength(1_425);
  expect(new Set(deals.map(({ owner }) => owner)).size).toBe(30);
  expect(new Set(deals.map(({ product }) => product)).size).toBe(7);
  expect(deals.filter(({ product }) => product === 'GTX Pro')).toHaveLength(1_480);
  expect(recordsOf(ana, 'company').filter(({ parent }) => parent !== null).length).toBeGreaterThan(10);

  const days = (deal: (typeof deals)[number]) =>
    (Date.parse(String(deal.closedOn)) - Date.parse(String(deal.openedOn))) / 86_400_000;
  expect(won.reduce((sum, deal) => sum + days(deal), 0) / won.length).toBeCloseTo(51.78, 2);
  const firstQuarter = won.filter(({ closedOn }) => String(closedOn) < '2017-04-01');
  expect(firstQuarter).toHaveLength(531);
  expect(deals.find(({ sourceId }) => sourceId === '1C1I7A6R')).toMatchObject({
    openedOn: '2016-10-20',
    closedOn: '2017-03-01',
    amount: { minor: 1_054_00, currency: 'USD' },
  });
});

test('Maven imported a second time makes nothing new', () => {
  const ana = aWorkspace();
  importFiles(ana, mavenFiles());
  const { summary } = importFiles(ana, mavenFiles());
  expect(summary.counts).toMatchObject({ created: {}, duplicates: 8_920 });
  expect(recordsOf(ana, 'deal')).toHaveLength(8_800);
});

test('Olist: 8,000 leads become contacts named by their id, and 380 of them get their won deal', () => {
  const ana = aWorkspace();
  const leads = 'olist_marketing_qualified_leads_dataset.csv';
  const closed = 'olist_closed_deals_dataset.csv';
  importFiles(
    ana,
    { [leads]: read(`olist/${leads}`), [closed]: read(`olist/${closed}`) },
    { setups: { [leads]: { role: 'contact', defaults: { 'contact.lifecycle': 'lead' } } } },
  );
  const contacts = recordsOf(ana, 'contact');
  expect(contacts).toHaveLength(8_000);
  expect(contacts[0]).toMatchObject({
    lastName: 'dac32acd4db4c29c230538b72f8dd87d',
    sourceId: 'dac32acd4db4c29c230538b72f8dd87d',
    source: 'social',
    firstContactOn: '2018-02-01',
    lifecycle: 'lead',
  });
  const deals = recordsOf(ana, 'deal');
  expect(deals).toHaveLength(380);
  expect(deals.every((deal) => (deal.contacts as readonly unknown[]).length === 1)).toBe(true);
  expect(deals.every(({ closedOn }) => typeof closedOn === 'string')).toBe(true);
});

test('Olist leads can be deals instead', () => {
  const ana = aWorkspace();
  const leads = 'olist_marketing_qualified_leads_dataset.csv';
  importFiles(ana, { [leads]: read(`olist/${leads}`) }, { setups: { [leads]: { role: 'deal' } } });
  expect(recordsOf(ana, 'deal')).toHaveLength(8_000);
  expect(recordsOf(ana, 'deal')[0]).toMatchObject({ openedOn: '2018-02-01', source: 'social' });
});

/** What each program's file is, and how many of its columns have a field here at least. */
const HEADERS: Readonly<Record<string, readonly [role: string, matched: number]>> = {
  'google-contacts-current.csv': ['contact', 24],
  'google-contacts-legacy.csv': ['contact', 12],
  'hubspot-companies.csv': ['company', 4],
  'hubspot-contacts.csv': ['contact', 10],
  'hubspot-deals.csv': ['deal', 8],
  'outlook-from-google.csv': ['contact', 45],
  'pipedrive-activities.csv': ['none', 0],
  'pipedrive-deals.csv': ['deal', 17],
  'pipedrive-organizations.csv': ['company', 5],
  'pipedrive-people.csv': ['contact', 9],
  'salesforce-contact-api-names.csv': ['contact', 26],
  'salesforce-contact-report-labels.csv': ['contact', 8],
  'salesforce-opportunity-api-names.csv': ['deal', 11],
};

test.each(readdirSync(new URL('headers/', data)))('%s is understood', (name) => {
  const headers = new TextDecoder()
    .decode(read(`headers/${name}`))
    .trim()
    .split(',');
  const role = guessRole(headers);
  expect(role).toBe(HEADERS[name]?.[0]);
  expect(matchHeaders(headers, role).filter((target) => target !== '').length).toBeGreaterThanOrEqual(
    HEADERS[name]?.[1] ?? 0,
  );
});

test('a file with nothing but a header row is refused kindly', () => {
  const result = createImportEngine().read('f', 'hubspot-deals.csv', read('headers/hubspot-deals.csv'));
  expect(result).toMatchObject({ ok: false, issue: { code: 'empty' } });
});

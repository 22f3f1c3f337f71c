import { expect, test } from 'vitest';
import { createDeal } from '../commands/deal-commands.ts';
import { aWorkspace, importFiles, recordsOf } from '../testing/importing.ts';
import { nameParts } from './import-identity.ts';

const CONTACTS = `Full Name,E-mail,Firma,Tel.,Erstkontakt,Betreuer
Marta Halvorsen,marta@havnfisk.no,Havn Fisk,+47 900 12 034,03.11.2025,Ana Lopes
Piet van der Berg,piet@vosvers.nl,Vos Vers,0612 445 90,14.02.2026,tomas
,,Nobody Ltd,,,
"Lopes, Inês",not an address,havn fisk,,31.02.2026,
`;

test('people, their companies and owners come from one file', () => {
  const ana = aWorkspace();
  const { summary } = importFiles(ana, { 'messe.csv': CONTACTS });
  const contacts = recordsOf(ana, 'contact');
  const companies = recordsOf(ana, 'company');
  const byName = Object.fromEntries(contacts.map((each) => [each.lastName, each]));
  expect(companies.map(({ name }) => name).sort()).toEqual(['Havn Fisk', 'Vos Vers']);
  expect(byName.Halvorsen).toMatchObject({
    firstName: 'Marta',
    emails: [{ value: 'marta@havnfisk.no', label: 'work', primary: true }],
    firstContactOn: '2025-11-03',
    owner: ana.memberId,
    company: companies.find(({ name }) => name === 'Havn Fisk')?.id,
  });
  expect(byName['van der Berg']).toMatchObject({ firstName: 'Piet' });
  expect(byName.Lopes).toMatchObject({
    firstName: 'Inês',
    emails: [],
    firstContactOn: null,
    company: byName.Halvorsen?.company,
  });
  expect(recordsOf(ana, 'member').map(({ name }) => name)).toContain('tomas');
  expect(summary.counts).toMatchObject({ created: { contact: 3, company: 2, member: 1 }, skippedRows: 1, rows: 4 });
});

test('a bad value leaves its field empty, a row without a name is left out; both are listed with row and reason', () => {
  const { summary, problems } = importFiles(aWorkspace(), { 'messe.csv': CONTACTS });
  expect(summary.issues.map(({ row, column, severity }) => ({ row, column, severity }))).toEqual([
    { row: 4, column: '', severity: 'skipped' },
    { row: 5, column: 'Erstkontakt', severity: 'empty' },
    { row: 5, column: 'E-mail', severity: 'empty' },
  ]);
  const lines = problems('messe.csv').trim().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toBe('Row,Problem,Full Name,E-mail,Firma,Tel.,Erstkontakt,Betreuer');
  expect(lines[2]).toMatch(/^5,.*E-mail \(not an address\).*"Lopes, Inês",not an address/);
});

test('the same file and settings give the same ids, so that running it twice makes nothing twice', () => {
  const ana = aWorkspace();
  const options = { batch: 'import_same' };
  importFiles(ana, { 'messe.csv': CONTACTS }, options);
  const ids = recordsOf(ana, 'contact').map(({ id }) => id);
  const other = aWorkspace();
  importFiles(other, { 'messe.csv': CONTACTS }, options);
  expect(recordsOf(other, 'contact').map(({ id }) => id)).toEqual(ids);
});

const elementLabels = (elements: unknown) => (elements as { label: string }[]).map(({ label }) => label);

const DEALS = `Record ID,Deal Name,Deal Stage,Amount,Close Date,Contact person,Account
7,Route planner,Closed Won,"1,054",2017-03-01,Marta Halvorsen,Havn Fisk
8,Cold room,Verloren,500,2017-04-02,,HavnFisk
9,Sensors,Discovery,,,,
10,,Discovery,12,,,
`;

test('stages are found by meaning or made; closed deals get their real closing day and one move that says so', () => {
  const ana = aWorkspace();
  const { summary } = importFiles(ana, { 'deals.csv': DEALS });
  const stages = new Map(recordsOf(ana, 'stage').map((stage) => [stage.id, stage.name]));
  const deals = recordsOf(ana, 'deal');
  expect(deals.map((each) => [each.title, stages.get((each.place as string[])[1] ?? ''), each.closedOn])).toEqual([
    ['Route planner', 'Won', '2017-03-01'],
    ['Cold room', 'Lost', '2017-04-02'],
    ['Sensors', 'Discovery', null],
  ]);
  const [move] = (deals[0]?.stages ?? []) as { stamp: string; from: string; by: string }[];
  expect(new Date(Number.parseInt(move?.stamp.slice(0, 9) ?? '', 36)).toISOString()).toBe('2017-03-01T12:00:00.000Z');
  expect(move).toMatchObject({ from: '', by: '' });
  expect(summary.questions.find(({ key }) => key === 'stage')?.values.filter(({ certain }) => !certain)).toMatchObject([
    { text: 'Discovery', suggestion: '+' },
  ]);
  expect(summary.issues).toMatchObject([{ row: 5, severity: 'skipped' }]);
});

test('a deal links the contact and company of its row; spellings that differ only in spaces are one when agreed', () => {
  const ana = aWorkspace();
  importFiles(ana, { 'deals.csv': DEALS });
  const [contact] = recordsOf(ana, 'contact');
  const deals = recordsOf(ana, 'deal');
  expect(recordsOf(ana, 'company').map(({ name }) => name)).toEqual(['Havn Fisk']);
  expect(deals[0]?.contacts).toEqual([{ contact: contact?.id, role: '' }]);
  expect(contact).toMatchObject({ lastName: 'Halvorsen', company: deals[0]?.company });
  const other = aWorkspace();
  importFiles(other, { 'deals.csv': DEALS }, { answers: { company: { HavnFisk: '+' } } });
  expect(recordsOf(other, 'company')).toHaveLength(2);
});

test('an unknown stage goes where the person says', () => {
  const ana = aWorkspace();
  const lead = recordsOf(ana, 'stage').find(({ name }) => name === 'Lead');
  importFiles(ana, { 'deals.csv': DEALS }, { answers: { stage: { Discovery: `=${lead?.id}` } } });
  expect(recordsOf(ana, 'stage')).toHaveLength(6);
  expect(recordsOf(ana, 'deal').find(({ title }) => title === 'Sensors')?.place).toMatchObject({ 1: lead?.id });
});

test('imported deals come below those that are there, in the order of the file', () => {
  const ana = aWorkspace();
  const lead = recordsOf(ana, 'stage').find(({ name }) => name === 'Lead');
  ana.run((tx) => createDeal(tx, { stageId: lead?.id ?? '', values: { title: 'Here before' } }));
  importFiles(ana, { 'deals.csv': 'Deal name,Stage\nFirst,Lead\nSecond,Lead\n' });
  const byRank = [...recordsOf(ana, 'deal')].sort((a, b) =>
    ((a.place as string[])[2] ?? '') < ((b.place as string[])[2] ?? '') ? -1 : 1,
  );
  expect(byRank.map(({ title }) => title)).toEqual(['Here before', 'First', 'Second']);
});

test('importing a file again makes nothing new: deals by the id they came with, contacts by e-mail or name and company', () => {
  const ana = aWorkspace();
  importFiles(ana, { 'deals.csv': DEALS, 'messe.csv': CONTACTS });
  const before = ['deal', 'contact', 'company', 'member'].map((name) => recordsOf(ana, name as 'deal').length);
  const { summary } = importFiles(ana, { 'deals.csv': DEALS, 'messe.csv': CONTACTS });
  expect(['deal', 'contact', 'company', 'member'].map((name) => recordsOf(ana, name as 'deal').length)).toEqual(before);
  expect(summary.counts).toMatchObject({ created: {}, duplicates: 6 });
});

const FIRST = 'First name,Last name,Email,Job title,Phone\nIngrid,Solberg,ingrid@halden.example,Head of Cold Chain,\n';
const SECOND = 'First name,Last name,Email,Job title,Phone\nI.,Solberg,INGRID@halden.example,Buyer,+47 906 12 447\n';

test.each([
  ['fill', { firstName: 'Ingrid', jobTitle: 'Head of Cold Chain', phones: [{ value: '+47 906 12 447' }] }],
  ['update', { firstName: 'I.', jobTitle: 'Buyer', phones: [{ value: '+47 906 12 447' }] }],
  ['skip', { firstName: 'Ingrid', jobTitle: 'Head of Cold Chain', phones: [] }],
] as const)('a duplicate with "%s" ends as asked', (duplicates, expected) => {
  const ana = aWorkspace();
  importFiles(ana, { 'a.csv': FIRST });
  importFiles(ana, { 'b.csv': SECOND }, { duplicates });
  expect(recordsOf(ana, 'contact')).toHaveLength(1);
  expect(recordsOf(ana, 'contact')[0]).toMatchObject(expected);
});

test('updating keeps addresses the file does not know, and an empty cell empties nothing', () => {
  const ana = aWorkspace();
  importFiles(ana, { 'a.csv': 'Last name,Email,Job title\nSolberg,a@x.example; b@x.example,Buyer\n' });
  importFiles(
    ana,
    { 'b.csv': 'Last name,Email,Job title\nSolberg,b@x.example; c@x.example,\n' },
    { duplicates: 'update' },
  );
  const [contact] = recordsOf(ana, 'contact');
  expect(contact?.jobTitle).toBe('Buyer');
  expect(contact?.emails).toEqual([
    { value: 'a@x.example', label: 'work', primary: true },
    { value: 'b@x.example', label: 'work', primary: false },
    { value: 'c@x.example', label: 'work', primary: false },
  ]);
});

test('namesakes with different addresses stay two people', () => {
  const ana = aWorkspace();
  importFiles(ana, {
    'a.csv': 'Name,Email,Company\nAna Silva,ana1@x.example,Acme\nAna Silva,ana2@x.example,Acme\nAna Silva,,Acme\n',
  });
  expect(recordsOf(ana, 'contact')).toHaveLength(2);
});

test('numbered groups, labels in their own columns and parts of addresses become one element each', () => {
  const ana = aWorkspace();
  importFiles(ana, {
    'google.csv':
      'First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City,Address 1 - Country,Labels\n' +
      'Ana,Silva,* Home,ana@x.example ::: ana@y.example,Mobile,+351 912 000 111,Work Fax,+351 21 000 111,Work,"Rua 1\nApt 2",Lisboa,Portugal,* myContacts ::: Friends\n',
  });
  expect(recordsOf(ana, 'contact')[0]).toMatchObject({
    emails: [
      { value: 'ana@x.example', label: 'home', primary: true },
      { value: 'ana@y.example', label: 'home', primary: false },
    ],
    addresses: [{ label: 'work', street: 'Rua 1, Apt 2', city: 'Lisboa', country: 'Portugal' }],
    tags: ['Friends', 'myContacts'],
  });
  expect(elementLabels(recordsOf(ana, 'contact')[0]?.phones)).toEqual(['mobile', 'Work Fax']);
});

test('Pipedrive: status wins over the stage, the currency has its own column', () => {
  const ana = aWorkspace();
  importFiles(
    ana,
    {
      'pipedrive.csv':
        'Deal - Title,Deal - Value,Deal - Currency of value,Deal - Stage (pipeline),Deal - Status,Deal - Won time,Deal - Lost time,Deal - Lost reason\n' +
        'A,"1.200,50",NOK,Negotiation (Sales),Won,2026-01-05 10:00:00,,\nB,100,EUR,Lead,Lost,,2026-02-06 11:00:00,Price\n',
    },
    { setups: { 'pipedrive.csv': { decimal: ',' } } },
  );
  const stages = new Map(recordsOf(ana, 'stage').map((stage) => [stage.id, stage.name]));
  expect(
    recordsOf(ana, 'deal').map((each) => ({ ...each, stage: stages.get((each.place as string[])[1] ?? '') })),
  ).toMatchObject([
    { stage: 'Won', closedOn: '2026-01-05', amount: { minor: 120050, currency: 'NOK' } },
    { stage: 'Lost', closedOn: '2026-02-06', lostReason: 'Price' },
  ]);
});

test('a lead and the deal it became are joined by the id column both files have', () => {
  const ana = aWorkspace();
  importFiles(ana, {
    'leads.csv': 'mql_id,first_contact_date,origin\nabc,2/13/2018,social\ndef,10/20/2017,email\n',
    'closed.csv': 'mql_id,won_date,lead_type\nabc,2/26/2018 19:58,online_big\n',
  });
  const [lead] = recordsOf(ana, 'contact');
  expect(lead).toMatchObject({ lastName: 'abc', sourceId: 'abc', source: 'social', firstContactOn: '2018-02-13' });
  expect(recordsOf(ana, 'deal')).toMatchObject([
    { title: 'abc', sourceId: 'abc', closedOn: '2018-02-26', contacts: [{ contact: lead?.id, role: '' }], type: null },
  ]);
});

test('parents may stand below their subsidiaries, and one that is in no row is made', () => {
  const ana = aWorkspace();
  importFiles(ana, {
    'accounts.csv': 'account,sector,subsidiary_of\nBluth,retail,Sitwell\nSitwell,retail,\nOther,retail,Gobias\n',
  });
  const companies = recordsOf(ana, 'company');
  const names = new Map(companies.map(({ id, name }) => [id, name]));
  expect(companies.map(({ name, parent }) => [name, names.get(String(parent)) ?? null])).toEqual([
    ['Bluth', 'Sitwell'],
    ['Sitwell', null],
    ['Other', 'Gobias'],
    ['Gobias', null],
  ]);
});

test.each([
  ['Marta Halvorsen', 'Marta', 'Halvorsen'],
  ['Halvorsen, Marta', 'Marta', 'Halvorsen'],
  ['Piet van der Berg', 'Piet', 'van der Berg'],
  ['Maria João da Silva', 'Maria João', 'da Silva'],
  ['Cher', 'Cher', ''],
])('%s is %s and %s', (full, firstName, lastName) => {
  expect(nameParts(full)).toEqual({ firstName, lastName });
});

test('national phone numbers are counted, and get the code of a country when one is named', () => {
  const phonesOf = (replica: ReturnType<typeof aWorkspace>) =>
    recordsOf(replica, 'contact').flatMap(({ phones }) => (phones as { value: string }[]).map(({ value }) => value));
  const file = {
    'people.csv': 'Name,Phone\nPiet Vos,"06-1234 5678; +31 6 12345678"\nMarta Lie,+47 900 12 034\nAgda,112\n',
  };
  const plain = aWorkspace();
  expect(importFiles(plain, file).summary.nationalPhones).toEqual({ count: 2, samples: ['06-1234 5678', '112'] });
  expect(phonesOf(plain)).toContain('06-1234 5678');
  const dutch = aWorkspace();
  expect(importFiles(dutch, file, { country: 'NL' }).summary.nationalPhones.count).toBe(2);
  expect(phonesOf(dutch).sort()).toEqual(['+31 6 12345678', '+47 900 12 034', '112']);
});

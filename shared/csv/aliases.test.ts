import { expect, test } from 'vitest';
import { entities } from '../entities/registry.ts';
import { exportNames, guessRole, matchHeaders } from './aliases.ts';

const matched = (headers: string) => {
  const names = headers.split(',');
  const role = guessRole(names);
  return {
    role,
    targets: Object.fromEntries(matchHeaders(names, role).map((target, index) => [names[index], target])),
  };
};

test('names match whatever their case, spaces, punctuation and a star for needed', () => {
  expect(matched('FIRST_NAME *,lastName,E-Mail,Job-Title').targets).toEqual({
    'FIRST_NAME *': 'contact.firstName',
    lastName: 'contact.lastName',
    'E-Mail': 'contact.emails',
    'Job-Title': 'contact.jobTitle',
  });
});

test('the German file of the design is understood', () => {
  expect(matched('Full Name,E-mail,Firma,Position,Tel.,Erstkontakt,Betreuer,Land,Notiz,Interne Nr.')).toEqual({
    role: 'contact',
    targets: {
      'Full Name': 'contact.fullName',
      'E-mail': 'contact.emails',
      Firma: 'contact.company',
      Position: 'contact.jobTitle',
      'Tel.': 'contact.phones',
      Erstkontakt: 'contact.firstContactOn',
      Betreuer: 'contact.owner',
      Land: 'contact.addresses:work.country',
      Notiz: 'contact.about',
      'Interne Nr.': '',
    },
  });
});

test('Google writes numbered groups with the label in a column of its own', () => {
  const { targets } = matched(
    'First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Type,Address 1 - City,Event 1 - Value',
  );
  expect(targets).toMatchObject({
    'E-mail 1 - Label': 'contact.emails#1.label',
    'E-mail 1 - Value': 'contact.emails#1',
    'E-mail 2 - Value': 'contact.emails#2',
    'Phone 1 - Type': 'contact.phones#1.label',
    'Address 1 - City': 'contact.addresses#1.city',
    'Event 1 - Value': '',
  });
});

test('Outlook: Title is not the job title when there is one, and phones keep their labels', () => {
  const { targets } = matched(
    'First Name,Last Name,Title,Job Title,Mobile Phone,Business Fax,Home Street,Business City,E-mail 2 Address',
  );
  expect(targets).toMatchObject({
    Title: '',
    'Job Title': 'contact.jobTitle',
    'Mobile Phone': 'contact.phones:mobile',
    'Business Fax': 'contact.phones:fax',
    'Home Street': 'contact.addresses:home.street',
    'Business City': 'contact.addresses:work.city',
    'E-mail 2 Address': 'contact.emails:home',
  });
});

test('Pipedrive says before the dash whose column it is', () => {
  expect(
    matched(
      'Deal - Title,Deal - Value,Deal - Currency of value,Organization,Contact person,Deal - Stage (pipeline),Deal - Status,Deal - Won time,Deal - Pipedrive System ID',
    ),
  ).toEqual({
    role: 'deal',
    targets: {
      'Deal - Title': 'deal.title',
      'Deal - Value': 'deal.amount',
      'Deal - Currency of value': 'deal.amount.currency',
      Organization: 'deal.company',
      'Contact person': 'deal.contacts',
      'Deal - Stage (pipeline)': 'deal.stage',
      'Deal - Status': 'deal.status',
      'Deal - Won time': 'deal.wonOn',
      'Deal - Pipedrive System ID': 'deal.sourceId',
    },
  });
  expect(matched('Activity - Subject,Activity - Due date,Activity - Type,Deal').role).toBe('none');
});

test('Salesforce API names and HubSpot ids link by the ids of the other program', () => {
  expect(matched('Id,Name,StageName,Amount,CloseDate,AccountId,OwnerId,LastModifiedDate').targets).toMatchObject({
    Id: 'deal.id',
    Name: 'deal.title',
    StageName: 'deal.stage',
    CloseDate: 'deal.closesOn',
    AccountId: 'deal.company.id',
    OwnerId: 'deal.owner.id',
    LastModifiedDate: '',
  });
  expect(matched('Record ID,Deal Name,Deal Stage,Amount,Associated Company IDs').targets).toMatchObject({
    'Record ID': 'deal.sourceId',
    'Associated Company IDs': 'deal.company.id',
  });
});

test('a first and last name win over the full name beside them', () => {
  expect(matched('Name,Given Name,Family Name,Notes').targets).toMatchObject({
    Name: '',
    'Given Name': 'contact.firstName',
  });
});

test('lists of products and of people who own deals are told from records', () => {
  expect(matched('product,series,sales_price').role).toBe('product');
  expect(matched('sales_agent,manager,regional_office').role).toBe('member');
  expect(matched('account,sector,revenue,employees').role).toBe('company');
});

test('every column of our own export finds its field again', () => {
  for (const role of ['contact', 'company', 'deal'] as const) {
    const fields = Object.entries(entities[role].fields).filter(([, field]) => !field.hidden);
    const columns = fields.flatMap(([name, field]) => exportNames(name, field));
    const headers = columns.map(([header]) => header);
    expect(matchHeaders(headers, role)).toEqual(columns.map(([, target]) => `${role}.${target}`));
  }
});

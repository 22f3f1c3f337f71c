/** An organisation that people work for and deals are made with. */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { alsoNamed, hidden, required } from '../model/field.ts';
import { domain, longText, money, number, person, ref, text } from '../model/scalar-fields.ts';
import { addresses, links, phones, tags } from '../model/set-fields.ts';

export const company = defineEntity('company', {
  label: 'Company',
  plural: 'Companies',
  room: 'directory',
  fields: {
    name: alsoNamed(
      required(text('Name')),
      'company',
      'company name',
      'account',
      'account name',
      'organization',
      'organization name',
      'organisation',
      'firma',
      'subject',
    ),
    domain: alsoNamed(domain('Domain'), 'company domain name', 'website', 'website url', 'web page', 'url'),
    industry: alsoNamed(text('Industry'), 'sector', 'branche', 'segment', 'business segment'),
    /** Number of people who work there. */
    size: alsoNamed(
      number('Employees', { min: 0, integer: true }),
      'size',
      'number of employees',
      'employee count',
      'company size',
    ),
    revenue: alsoNamed(money('Yearly revenue'), 'revenue', 'annual revenue', 'umsatz'),
    founded: alsoNamed(
      number('Founded', { min: 1, max: 9999, integer: true }),
      'year established',
      'year founded',
      'gegründet',
    ),
    phones: alsoNamed(phones('Phones'), 'phone', 'phone number', 'company main phone', 'telephone', 'tel'),
    addresses: alsoNamed(addresses('Addresses'), 'address', 'location', 'office location', 'hq'),
    owner: alsoNamed(person('Owner'), 'company owner', 'account owner', 'assigned to', 'betreuer'),
    parent: alsoNamed(ref('Parent', 'company'), 'parent company', 'subsidiary of', 'parent account'),
    tags: alsoNamed(tags('Tags'), 'labels', 'label', 'categories'),
    about: alsoNamed(longText('About'), 'description', 'notes', 'note'),
    /** Somebody decided that these are other companies, however alike they look: written on both. */
    separateFrom: hidden(links('Kept separate from', 'company')),
  },
  title: (record) => record.name,
  searchable: ['domain', 'industry', 'tags'],
});

export type Company = RecordOf<typeof company>;

/** A person one sells to or looks after. */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { alsoNamed, hidden } from '../model/field.ts';
import { positions } from '../model/positions-field.ts';
import { choice, day, longText, number, person, ref, text, url } from '../model/scalar-fields.ts';
import { addresses, emails, links, multiChoice, people, phones, type Reachable, tags } from '../model/set-fields.ts';
import { yearlyDates } from '../model/yearly-day.ts';

export const LIFECYCLE_STAGES = {
  subscriber: 'Subscriber',
  lead: 'Lead',
  qualified: 'Qualified lead',
  opportunity: 'Opportunity',
  customer: 'Customer',
  evangelist: 'Evangelist',
  former: 'Former customer',
  other: 'Other',
} as const;

/** Suggestions from the field; a source is free text so that "Trade fair, Bergen 2025" fits. */
export const LEAD_SOURCES = [
  'Call',
  'Cold call',
  'Email',
  'Web site',
  'Existing customer',
  'Word of mouth',
  'Partner',
  'Trade fair',
  'Campaign',
  'Direct mail',
  'Public relations',
  'Employee',
  'Self generated',
  'Other',
] as const;

/** What somebody is to a contact: "Assistant: Nora Lie" on Ingrid's page says that Nora assists Ingrid. */
export const RELATIONS = {
  assistant: 'Assistant',
  assists: 'Assists',
  manager: 'Manager',
  report: 'Direct report',
  referredBy: 'Referred by',
  referred: 'Referred',
  spouse: 'Spouse or partner',
  parent: 'Parent',
  child: 'Child',
  sibling: 'Sibling',
  friend: 'Friend',
  colleague: 'Colleague',
  adviser: 'Adviser',
  advises: 'Advises',
} as const;

const LANGUAGES = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  it: 'Italian',
  pt: 'Portuguese',
  nl: 'Dutch',
  pl: 'Polish',
  no: 'Norwegian',
  sv: 'Swedish',
  da: 'Danish',
  fi: 'Finnish',
  cs: 'Czech',
  tr: 'Turkish',
  uk: 'Ukrainian',
  ja: 'Japanese',
  zh: 'Chinese',
  ar: 'Arabic',
} as const;

export const contact = defineEntity('contact', {
  label: 'Contact',
  plural: 'Contacts',
  room: 'directory',
  fields: {
    prefix: alsoNamed(text('Prefix'), 'name prefix', 'salutation', 'anrede'),
    firstName: alsoNamed(text('First name'), 'given name', 'vorname', 'person first name'),
    middleName: alsoNamed(text('Middle name'), 'additional name'),
    lastName: alsoNamed(text('Last name'), 'family name', 'surname', 'nachname', 'person last name'),
    suffix: alsoNamed(text('Suffix'), 'name suffix'),
    nickname: text('Nickname'),
    company: alsoNamed(
      ref('Company', 'company'),
      'organization',
      'organization name',
      'organisation',
      'account',
      'account name',
      'associated company',
      'firma',
      'company name',
    ),
    /** Companies beside the main one, present and past. */
    positions: alsoNamed(positions('Positions'), 'other companies'),
    jobTitle: alsoNamed(text('Job title'), 'title', 'position', 'organization title', 'occupation', 'funktion'),
    department: alsoNamed(text('Department'), 'organization department', 'abteilung'),
    /** What the person is to us in their company: decides, advises, uses. */
    role: alsoNamed(text('Role'), 'contact role'),
    emails: alsoNamed(emails('Emails'), 'email', 'e-mail', 'email address', 'e-mail address', 'person email', 'mail'),
    phones: alsoNamed(
      phones('Phones'),
      'phone',
      'phone number',
      'primary phone',
      'person phone',
      'telephone',
      'tel',
      'telefon',
    ),
    addresses: alsoNamed(addresses('Addresses'), 'address', 'mailing address', 'adresse'),
    birthday: alsoNamed(day('Birthday'), 'birthdate', 'date of birth', 'geburtstag'),
    dates: alsoNamed(yearlyDates('Key dates'), 'anniversary', 'important dates'),
    languages: alsoNamed(multiChoice('Languages', LANGUAGES), 'language', 'sprache'),
    website: alsoNamed(url('Website'), 'web page', 'url', 'personal web page'),
    lifecycle: alsoNamed(choice('Lifecycle', LIFECYCLE_STAGES), 'lifecycle stage', 'lead status', 'status'),
    owner: alsoNamed(person('Owner'), 'contact owner', 'person owner', 'assigned to', 'betreuer', 'owner id'),
    source: alsoNamed(text('Lead source'), 'source', 'leadsource', 'origin', 'quelle', 'original source'),
    firstContactOn: alsoNamed(
      day('First contact'),
      'first contact date',
      'erstkontakt',
      'create date',
      'creation date',
      'created date',
      'person creation date',
    ),
    /** How often somebody of the team should be in touch. */
    keepInTouchWeeks: alsoNamed(
      number('Keep in touch', { min: 1, max: 520, integer: true, unit: ['week', 'weeks'] }),
      'stay in touch',
      'contact frequency',
    ),
    /** Written on one of the two; shown on both, see `relation-commands.ts`. */
    relations: people('Relations', RELATIONS),
    tags: alsoNamed(tags('Tags'), 'labels', 'label', 'person label', 'categories', 'group membership'),
    about: alsoNamed(longText('About'), 'notes', 'note', 'notiz', 'description', 'background'),
    /** Somebody decided that these are other people, however alike they look: written on both, see `merge-commands.ts`. */
    separateFrom: hidden(links('Kept separate from', 'contact')),
  },
  title: (record) => contactName(record),
  searchable: ['emails', 'phones', 'jobTitle', 'tags', 'nickname'],
});

export type Contact = RecordOf<typeof contact>;

interface NameParts {
  readonly prefix: string;
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
  readonly suffix: string;
  readonly emails: readonly Reachable[];
}

/** `Dr Amara Cole`; the primary e-mail address when no part of the name is known. */
export function contactName(record: NameParts): string {
  const name = [record.prefix, record.firstName, record.middleName, record.lastName]
    .filter((part) => part !== '')
    .join(' ');
  if (name === '') return record.emails[0]?.value ?? '';
  return record.suffix === '' ? name : `${name}, ${record.suffix}`;
}

/** The first of a person's addresses or numbers in the field's order; undefined when there is none. */
export function primaryOf(reachables: readonly Reachable[]): Reachable | undefined {
  return reachables[0];
}

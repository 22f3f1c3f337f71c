/**
 * What a column of a file can become. A target is a text, so that it can be a menu value and be kept:
 *
 *   contact.jobTitle            a field
 *   contact.phones:mobile       one element of a set, with its label
 *   contact.emails#2            one element whose label is in another column (`contact.emails#2.label`)
 *   contact.addresses:home.city a part of an address
 *   deal.amount.currency        the currency of an amount that stands in another column
 *   deal.company                another record by name; `deal.company.id` by its id here or in the file it came from
 *   contact.fullName            not a field: split into first and last name (see SPECIALS)
 *
 * Targets of another entity than the file's own describe the linked record (`company.domain` in a file of contacts).
 */
import { entities, type Registry } from '../entities/registry.ts';
import type { Entity } from '../model/entity.ts';
import type { AnyField } from '../model/field.ts';

/**
 * What the rows of a file are: the name of any entity; `product` is a list to check product names against, `none` is left
 * out. The words are there so that an editor offers those of the wizard.
 */
export type FileRole = 'contact' | 'company' | 'deal' | 'member' | 'product' | 'none' | (string & Record<never, never>);

/** What the wizard offers, and what it guesses from headers. */
export const FILE_ROLES: Readonly<Record<string, string>> = {
  deal: 'Deals',
  contact: 'Contacts',
  company: 'Companies',
  member: 'Owners (your team)',
  product: 'Product names',
  none: 'Do not import',
};

export interface ImportTarget {
  readonly key: string;
  readonly entity: string;
  /** A field of the entity or one of SPECIALS. */
  readonly field: string;
  readonly element: string;
  readonly part: string;
}

const KEY = /^([a-z][A-Za-z]*)\.([A-Za-z]+)(?:([:#][A-Za-z0-9]+))?(?:\.([A-Za-z]+))?$/;

export function parseTarget(key: string): ImportTarget | null {
  const match = KEY.exec(key);
  if (!match) return null;
  const [, entity = '', field = '', element = '', part = ''] = match;
  return { key, entity, field, element, part };
}

/** Targets that are no field of the entity, with the words of the menu. `*` = every entity. */
const SPECIALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '*': { id: 'ID', sourceId: 'Source ID' },
  contact: { fullName: 'First name + Last name', nameAndSourceId: 'Name + source ID' },
  deal: {
    stage: 'Stage',
    status: 'Status (open, won, lost)',
    pipeline: 'Pipeline',
    titleAndSourceId: 'Title + source ID',
    wonOn: 'Won on',
    lostOn: 'Lost on',
  },
};

const ADDRESS_PARTS = {
  street: 'street',
  postalCode: 'postal code',
  city: 'city',
  region: 'region',
  country: 'country',
};

export interface TargetChoice {
  readonly key: string;
  readonly label: string;
  /** The field behind it, for its icon; undefined for specials. */
  readonly field: AnyField | undefined;
  /** Heading in the menu: the entity's name. */
  readonly group: string;
}

const LINKED: Readonly<Record<string, readonly string[]>> = { deal: ['company', 'contact'], contact: ['company'] };

/** Entities whose fields the rows of a file may describe beside their own. */
export function linkedTo(role: FileRole): readonly string[] {
  return (Object.hasOwn(LINKED, role) ? LINKED[role] : undefined) ?? [];
}

/** Everything a column of a file with this role can become, its own fields first. */
export function targetChoices(role: FileRole, registry: Registry = entities): readonly TargetChoice[] {
  if (role === 'none') return [];
  if (role === 'product') return [{ key: 'product.name', label: 'Product name', field: undefined, group: 'Product' }];
  const own = registry[role];
  if (!own) return [];
  const linked = linkedTo(role)
    .map((name) => registry[name])
    .filter((entity) => entity !== undefined);
  return [
    ...entityChoices(own, ''),
    ...linked.flatMap((entity) =>
      entityChoices(entity, `${entity.label}: `).filter(({ key }) => !isBookkeeping(key, own)),
    ),
  ];
}

/** Links of a linked record (its own company, parent, owner) are set in a file of its own. */
function isBookkeeping(key: string, own: Entity): boolean {
  const target = parseTarget(key);
  if (!target || target.part === 'id' || target.field === 'id' || target.field === 'nameAndSourceId') return true;
  // The company's name is the main record's own `company` column.
  return target.key === 'company.name' && Object.hasOwn(own.fields, 'company');
}

function entityChoices(entity: Entity, prefix: string): TargetChoice[] {
  const choices: TargetChoice[] = [];
  const add = (suffix: string, label: string, field?: AnyField) =>
    choices.push({ key: `${entity.name}.${suffix}`, label: prefix + label, field, group: entity.label });
  for (const [special, label] of Object.entries(SPECIALS[entity.name] ?? {})) add(special, label);
  for (const [name, field] of Object.entries(entity.fields)) if (!field.hidden) addField(name, field, add);
  for (const [special, label] of Object.entries(SPECIALS['*'] ?? {})) add(special, label);
  return choices;
}

function addField(name: string, field: AnyField, add: (suffix: string, label: string, field?: AnyField) => void): void {
  add(name, field.label, field);
  const labels = Object.entries(field.options ?? {});
  switch (field.kind) {
    case 'money':
      add(`${name}.currency`, `${field.label}: currency`, field);
      break;
    case 'ref':
    case 'person':
    case 'people':
    case 'positions':
      add(`${name}.id`, `${field.label}: ID`, field);
      break;
    case 'emails':
    case 'phones':
      for (const [key, label] of labels) add(`${name}:${key}`, `${field.label}: ${label.toLowerCase()}`, field);
      break;
    case 'addresses':
      for (const [key, label] of labels)
        for (const [part, word] of Object.entries(ADDRESS_PARTS))
          add(`${name}:${key}.${part}`, `${label} address: ${word}`, field);
      break;
  }
}

/** The words for a target, also for the numbered ones that the menu does not list. */
export function targetLabel(key: string, registry: Registry = entities): string {
  const target = parseTarget(key);
  if (!target) return 'Do not import';
  const special = SPECIALS[target.entity]?.[target.field] ?? SPECIALS['*']?.[target.field];
  if (special) return special;
  const entity = registry[target.entity];
  const field = entity?.fields[target.field];
  if (!field) return target.entity === 'product' ? 'Product name' : target.field;
  const number = target.element.startsWith('#') ? ` ${target.element.slice(1)}` : '';
  if (target.part === 'label') return `${field.label}${number}: label`;
  if (target.part === 'id') return `${field.label}: ID`;
  const label = target.element.startsWith(':')
    ? (field.options?.[target.element.slice(1)] ?? target.element.slice(1))
    : '';
  const part = ADDRESS_PARTS[target.part as keyof typeof ADDRESS_PARTS] ?? target.part;
  if (field.kind === 'addresses' && part !== '') return `${label || 'Work'} address${number}: ${part}`;
  return [field.label + number, label.toLowerCase(), part].filter((each) => each !== '').join(': ');
}

/** Whether several columns of one file may have this target: sets collect, streets and notes are joined. */
export function takesSeveral(key: string, registry: Registry = entities): boolean {
  const target = parseTarget(key);
  const field = target ? registry[target.entity]?.fields[target.field] : undefined;
  return field?.elements !== undefined || field?.kind === 'longText';
}

/**
 * Finds out what a file's columns mean from its header row, in the words of a dozen programs. Names are compared
 * without case, accents, spaces and punctuation; fields bring their own other names (`alsoNamed`), and this file
 * adds what is no single field: split names, numbered groups, parts of addresses, ids, status columns.
 */
import { entities, type Registry } from '../entities/registry.ts';
import type { AnyField } from '../model/field.ts';
import { foldText } from '../model/text-order.ts';
import { type FileRole, linkedTo, takesSeveral } from './import-targets.ts';

/** `Deal - Value`, `deal_value *` and `DealValue` are the same name. */
export function squash(text: string): string {
  return foldText(text).replace(/[^\p{L}\p{N}]/gu, '');
}

const ENTITY_WORDS: Readonly<Record<string, string>> = {
  deal: 'deal',
  opportunity: 'deal',
  person: 'contact',
  contact: 'contact',
  organization: 'company',
  organisation: 'company',
  company: 'company',
  account: 'company',
  activity: 'none',
  lead: 'none',
};

/** Pipedrive writes `Person - Email`: the part before the dash says whose e-mail it is. */
function splitHeader(header: string): { entity: string | null; name: string } {
  const plain = header.replace(/\*+\s*$/, '').trim();
  const match = /^(\p{L}+)\s+-\s+(.+)$/u.exec(plain);
  const entity = match?.[1] ? (ENTITY_WORDS[foldText(match[1])] ?? null) : null;
  return entity && match?.[2] ? { entity, name: match[2] } : { entity: null, name: plain };
}

/** Names that mean no plain field, by entity. Looked up before the fields' own names. */
const EXTRA: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  contact: {
    fullName: ['name', 'full name', 'contact name', 'display name', 'person name', 'vollständiger name', 'nom complet'],
    nameAndSourceId: ['mql id', 'lead id'],
    'emails:work': ['work email', 'business email', 'e-mail address', 'email work'],
    'emails:home': ['home email', 'private email', 'personal email', 'e-mail 2 address'],
    'emails:other': ['other email', 'e-mail 3 address'],
    'phones:mobile': ['mobile phone', 'mobile', 'mobilephone', 'cell', 'cell phone', 'handy', 'mobil', 'car phone'],
    'phones:work': ['work phone', 'business phone', 'business phone 2', 'phone work', 'direct phone'],
    'phones:home': ['home phone', 'home phone 2', 'homephone', 'private phone'],
    'phones:fax': ['fax', 'business fax', 'work fax', 'fax number', 'telefax'],
    'phones:homeFax': ['home fax'],
    'phones:main': ['company main phone'],
    'phones:pager': ['pager'],
    'phones:other': ['other phone', 'otherphone', 'other fax', 'callback', 'radio phone'],
    'company.id': ['account id', 'company id', 'organization id', 'associated company ids'],
    ...addressNames('addresses', {
      mailing: 'work',
      business: 'work',
      work: 'work',
      '': 'work',
      home: 'home',
      other: 'other',
      billing: 'billing',
    }),
  },
  company: {
    'phones:fax': ['fax', 'fax number'],
    ...addressNames('addresses', { '': 'work', billing: 'billing', shipping: 'shipping', business: 'work' }),
  },
  deal: {
    titleAndSourceId: ['opportunity id', 'mql id', 'deal id'],
    stage: ['deal stage', 'stage', 'stage name', 'stagename', 'stage (pipeline)', 'sales stage', 'phase', 'stufe'],
    status: ['status', 'deal status'],
    pipeline: ['pipeline', 'deal pipeline', 'pipeline name'],
    wonOn: ['won time', 'won date', 'won on', 'date won'],
    lostOn: ['lost time', 'lost date', 'lost on', 'date lost'],
    'amount.currency': [
      'currency',
      'currency of value',
      'deal currency',
      'currency code',
      'currencyisocode',
      'währung',
    ],
    'company.id': ['associated company ids', 'account id', 'company id', 'organization id'],
    'contacts.id': ['associated contact ids', 'contact id', 'person id', 'people ids', 'contact ids'],
  },
  member: {
    team: ['team', 'regional office', 'region', 'office', 'department'],
    manager: ['manager', 'supervisor', 'team lead'],
  },
  product: { name: ['product', 'product name', 'name', 'item', 'produkt'] },
};

/** Columns every program's export has under one of these names. */
const SOURCE_ID_NAMES = ['id', 'record id', 'pipedrive system id', 'source id', 'external id', 'unique id'];

/** Words that look like a field and are none: kept out rather than guessed wrong, but where a field has that very name. */
const NEVER = new Set(
  [
    'phonetic first name',
    'phonetic last name',
    'phonetic middle name',
    'given name yomi',
    'family name yomi',
    'additional name yomi',
    'yomi name',
    'file as',
    'photo',
    'initials',
    'assistant name',
    "assistant's name",
    "manager's name",
    "assistant's phone",
    'assistant phone',
    'last activity date',
    'last activity',
    'is deleted',
    'master record id',
    'created by id',
    'last modified by id',
    'last modified date',
    'system modstamp',
    'reports to id',
    'internet free busy',
    'sensitivity',
    'priority',
    'visible to',
    'followers',
    'directory server',
    'billing information',
    'engage quarter',
    'close quarter',
    'subject',
    'maiden name',
    'short name',
  ].map(squash),
);

function addressNames(field: string, labels: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  const words = {
    street: [
      'street',
      'street 2',
      'street 3',
      'street address',
      'straße',
      'extended address',
      'address po box',
      'address line 1',
      'address line 2',
    ],
    city: ['city', 'town', 'ort', 'stadt'],
    region: ['state', 'region', 'state/province', 'province', 'state/region', 'bundesland'],
    postalCode: ['postal code', 'zip', 'zip code', 'zip/postal code', 'postcode', 'plz'],
    country: ['country', 'country/region', 'land'],
  };
  const names: Record<string, string[]> = {};
  for (const [prefix, label] of Object.entries(labels))
    for (const [part, parts] of Object.entries(words))
      names[`${field}:${label}.${part}`] = [
        ...(names[`${field}:${label}.${part}`] ?? []),
        ...parts.map((word) => `${prefix} ${word}`.trim()),
      ];
  return names;
}

/** `E-mail 1 - Value` → `contact.emails#1`: Google's numbered groups. */
function groupTarget(header: string): string | null {
  const match = /^(e-?mail|phone|address)\s+(\d+)\s+-\s+(.+)$/i.exec(header.trim());
  if (!match) return null;
  const [, kind = '', number = '', part = ''] = match;
  const field = { e: 'emails', p: 'phones', a: 'addresses' }[kind[0]?.toLowerCase() ?? ''] ?? 'emails';
  const what = squash(part);
  if (what === 'label' || what === 'type') return `contact.${field}#${number}.label`;
  if (field !== 'addresses') return what === 'value' ? `contact.${field}#${number}` : '';
  const parts: Record<string, string> = {
    street: 'street',
    extendedaddress: 'street',
    pobox: 'street',
    city: 'city',
    region: 'region',
    postalcode: 'postalCode',
    country: 'country',
  };
  const addressPart = parts[what];
  return addressPart ? `contact.addresses#${number}.${addressPart}` : '';
}

type Names = ReadonlyMap<string, string>;

/** Name → target for one role. A name that several targets claim goes to the first. */
function namesOf(role: FileRole, registry: Registry): { own: Names; linked: ReadonlyMap<string, Names> } {
  const of = (entityName: string, isOwn: boolean): Names => {
    const names = new Map<string, string>();
    const claim = (name: string, target: string) => {
      const key = squash(name);
      if (key !== '' && !names.has(key)) names.set(key, `${entityName}.${target}`);
    };
    if (isOwn && entityName !== 'product') claim('ID', 'id');
    const extra = Object.entries(EXTRA[entityName] ?? {});
    const fields = Object.entries(registry[entityName]?.fields ?? {}).filter(([, field]) => !field.hidden);
    for (const [name, field] of fields) for (const [label, target] of exportNames(name, field)) claim(label, target);
    for (const [target, list] of extra) for (const name of list) claim(name, target);
    for (const [name, field] of fields) {
      for (const alias of [name, ...(field.aliases ?? [])]) claim(alias, name);
    }
    if (isOwn) for (const name of SOURCE_ID_NAMES) claim(name, 'sourceId');
    return names;
  };
  return { own: of(role, true), linked: new Map(linkedTo(role).map((name) => [name, of(name, false)])) };
}

/** The columns a field has in our own export, as header → target. */
export function exportNames(name: string, field: AnyField): readonly (readonly [header: string, target: string])[] {
  if (field.kind === 'money')
    return [
      [field.label, name],
      [`${field.label} currency`, `${name}.currency`],
    ];
  if (field.kind === 'ref' || field.kind === 'person')
    return [
      [field.label, name],
      [`${field.label} ID`, `${name}.id`],
    ];
  if (field.kind === 'people' || field.kind === 'positions')
    return [
      [field.label, name],
      [`${field.label} IDs`, `${name}.id`],
    ];
  return [[field.label, name]];
}

/**
 * A target for each header; '' where nothing fits. A single-valued target is given to one column only, to the one
 * that has its own name before one that has another name for it (Outlook has `Title` and `Job Title`).
 */
export function matchHeaders(
  headers: readonly string[],
  role: FileRole,
  registry: Registry = entities,
): readonly string[] {
  if (role === 'none') return headers.map(() => '');
  const names = namesOf(role, registry);
  const labels = new Map(
    Object.entries(registry[role]?.fields ?? {}).map(([name, field]) => [`${role}.${name}`, squash(field.label)]),
  );
  const wanted = headers.map((header) => matchHeader(header, role, { ...names, labels: new Set(labels.values()) }));
  const exact = (column: number) => labels.get(wanted[column] ?? '') === squash(headers[column] ?? '');
  const order = headers.map((_, column) => column).sort((left, right) => Number(exact(right)) - Number(exact(left)));
  const targets = headers.map(() => '');
  for (const column of order) {
    const target = wanted[column] ?? '';
    if (!targets.includes(target) || takesSeveral(target, registry)) targets[column] = target;
  }
  const hasParts = targets.includes('contact.firstName') && targets.includes('contact.lastName');
  return hasParts ? targets.map((target) => (target === 'contact.fullName' ? '' : target)) : targets;
}

interface RoleNames {
  readonly own: Names;
  readonly linked: ReadonlyMap<string, Names>;
  /** What the role's own fields are called, squashed. */
  readonly labels: ReadonlySet<string>;
}

function matchHeader(header: string, role: FileRole, { own, linked, labels }: RoleNames): string {
  const group = role === 'contact' ? groupTarget(header) : null;
  if (group !== null) return group;
  const { entity, name } = splitHeader(header);
  const key = squash(name);
  if (NEVER.has(key) && !labels.has(key)) return '';
  if (entity !== null && entity !== role) return linked.get(entity)?.get(key) ?? '';
  return own.get(key) ?? fromLinked(key, role, linked);
}

/** `Contact email` in a file of deals, `Company domain` in one of contacts. */
function fromLinked(key: string, role: FileRole, linked: ReadonlyMap<string, Names>): string {
  for (const [entity, names] of linked) {
    const words = Object.keys(ENTITY_WORDS).filter((word) => ENTITY_WORDS[word] === entity);
    const word = words.find((each) => key.startsWith(each) && key.length > each.length);
    const target = word ? names.get(key.slice(word.length)) : undefined;
    if (target && !(role === 'deal' && target === 'company.name')) return target;
  }
  return '';
}

/** Columns that tell what a file is about: worth more than a name or a note, which every file has. */
const TELLING: Readonly<Record<'deal' | 'contact' | 'company' | 'member' | 'product', readonly string[]>> = {
  deal: [
    'deal.stage',
    'deal.amount',
    'deal.titleAndSourceId',
    'deal.closesOn',
    'deal.wonOn',
    'deal.status',
    'deal.probability',
    'deal.openedOn',
    'deal.product',
  ],
  contact: [
    'contact.fullName',
    'contact.firstName',
    'contact.lastName',
    'contact.emails',
    'contact.emails:work',
    'contact.emails#1',
    'contact.jobTitle',
    'contact.birthday',
    'contact.phones',
    'contact.lifecycle',
    'contact.nameAndSourceId',
    'contact.firstContactOn',
  ],
  company: [
    'company.name',
    'company.domain',
    'company.industry',
    'company.size',
    'company.revenue',
    'company.founded',
    'company.parent',
  ],
  member: ['member.manager', 'member.team', 'member.role'],
  product: ['product.name'],
};

/** What the rows of a file most likely are, from its headers. The person can say otherwise. */
export function guessRole(headers: readonly string[], registry: Registry = entities): FileRole {
  const prefixes = headers.map((header) => splitHeader(header).entity).filter((entity) => entity !== null);
  const counted = mostFrequent(prefixes);
  if (counted && prefixes.length >= headers.length / 3) return counted as FileRole;
  const keys = headers.map(squash);
  const has = (...names: string[]) => names.some((name) => keys.includes(squash(name)));
  if (
    has('product', 'product name') &&
    !has('account', 'stage', 'deal stage', 'amount', 'opportunity id', 'email') &&
    headers.length <= 8
  )
    return 'product';
  if (
    has('sales agent', 'salesperson', 'user', 'agent') &&
    has('manager', 'team', 'regional office', 'role') &&
    !has('deal stage', 'stage', 'amount')
  )
    return 'member';
  if (has('deal stage', 'stage name', 'deal name', 'opportunity id', 'deal title')) return 'deal';
  if (has('mql id', 'lead id')) return has('won date', 'close date') ? 'deal' : 'contact';
  let best: FileRole = 'contact';
  let bestScore = 0;
  for (const role of ['contact', 'company', 'deal'] as const) {
    const targets = matchHeaders(headers, role, registry);
    const telling = targets.filter((target) => TELLING[role].includes(target)).length;
    const score = telling * 3 + targets.filter((target) => target !== '').length;
    if (score > bestScore) [best, bestScore] = [role, score];
  }
  return best;
}

function mostFrequent(words: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1])[0]?.[0] ?? null;
}

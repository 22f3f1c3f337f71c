/**
 * A realistic workspace of any size, the same for the same numbers: for `npm run seed`, benches and browser tests.
 * It has what real data has: gaps, odd currencies, accents, long and short names, late dates, shared companies.
 */
import type { Company } from '../entities/company.ts';
import { company } from '../entities/company.ts';
import { contact, LEAD_SOURCES, LIFECYCLE_STAGES } from '../entities/contact.ts';
import { DEAL_ROLES, deal, LOST_REASONS } from '../entities/deal.ts';
import { addDays, type Day } from '../model/day.ts';
import type { Changes, Entity } from '../model/entity.ts';
import { type Id, idFromCause } from '../model/id.ts';
import { moneyFromMajor } from '../model/money.ts';
import { foldText } from '../model/text-order.ts';
import { createRandom, type Random } from './random.ts';
import {
  COMPANY_FORMS,
  COMPANY_STARTS,
  COMPANY_TRADES,
  DEAL_DETAILS,
  DEAL_THINGS,
  FIRST_NAMES,
  INDUSTRIES,
  JOB_TITLES,
  LAST_NAMES,
  NEXT_STEPS,
  PLACES,
  STREETS,
  TAGS,
} from './words.ts';

export interface SeedOptions {
  readonly contacts: number;
  readonly deals: number;
  readonly seed: number;
  /** What "late" and "closes soon" are relative to. */
  readonly today: Day;
  /** Stages of the pipeline that deals are spread over, in order. */
  readonly stages: readonly {
    readonly id: string;
    readonly pipeline: string;
    readonly type: 'open' | 'won' | 'lost';
  }[];
  /** Owners, by member id. */
  readonly members: readonly string[];
  /** One rank per deal, ascending. */
  readonly ranks: readonly string[];
}

/** A record to be made with `tx.insert(entity, values, id)`. */
export interface Seed<E extends Entity = Entity> {
  readonly entity: E;
  readonly id: string;
  readonly values: Changes<E>;
}

/** Companies first, then contacts, then deals, so that every reference points backwards. */
export function* generateWorkspace(options: SeedOptions): Generator<Seed> {
  const random = createRandom(options.seed);
  const idOf = <N extends string>(name: N, index: number): Id<N> => idFromCause(name, `seed:${options.seed}:${index}`);
  const companies: { id: Id<'company'>; values: Changes<typeof company>; place: (typeof PLACES)[number] }[] = [];
  for (let index = 0; index < Math.max(1, Math.ceil(options.contacts / 8)); index++) {
    const place = random.pick(PLACES);
    const made = { id: idOf('company', index), values: aCompany(random, options, place, index), place };
    companies.push(made);
    yield { entity: company, id: made.id, values: made.values };
  }
  const contactsByCompany = new Map<string, Id<'contact'>[]>();
  for (let index = 0; index < options.contacts; index++) {
    const employer = random.chance(0.93) ? random.pick(companies) : undefined;
    const id = idOf('contact', index);
    if (employer) contactsByCompany.set(employer.id, [...(contactsByCompany.get(employer.id) ?? []), id]);
    yield { entity: contact, id, values: aContact(random, options, employer, index) };
  }
  for (let index = 0; index < options.deals; index++) {
    const customer = random.chance(0.95) ? random.pick(companies) : undefined;
    yield {
      entity: deal,
      id: idOf('deal', index),
      values: aDeal(random, options, customer, contactsByCompany.get(customer?.id ?? '') ?? [], index),
    };
  }
}

type Employer = {
  readonly id: Id<'company'>;
  readonly values: Changes<typeof company>;
  readonly place: (typeof PLACES)[number];
};

const domainOf = (name: string) =>
  `${foldText(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}.example`;
const phoneNumber = (random: Random, prefix: string) =>
  `${prefix} ${random.integer(20, 99)} ${random.integer(100, 999)} ${random.integer(100, 999)}`;

function addressIn(random: Random, [country, city, postalCode]: (typeof PLACES)[number]): Company['addresses'][number] {
  return {
    label: 'work',
    street: `${random.pick(STREETS)} ${random.integer(1, 180)}`,
    postalCode,
    city,
    region: '',
    country,
  };
}

function aCompany(
  random: Random,
  { members }: SeedOptions,
  place: (typeof PLACES)[number],
  index: number,
): Changes<typeof company> {
  const name = `${random.pick(COMPANY_STARTS)} ${random.pick(COMPANY_TRADES)}${random.pick(COMPANY_FORMS)}${index < 1000 ? '' : ` ${Math.floor(index / 1000) + 1}`}`;
  return {
    name,
    domain: domainOf(name),
    industry: random.pick(INDUSTRIES),
    size: random.chance(0.9) ? Math.ceil(random.skewed(60)) : null,
    phones: random.chance(0.6) ? [{ value: phoneNumber(random, place[3]), label: 'main', primary: true }] : [],
    addresses: [addressIn(random, place)],
    owner: random.pick(members),
    tags: random.chance(0.3) ? [random.pick(TAGS)] : [],
  };
}

function aContact(
  random: Random,
  { members, today }: SeedOptions,
  employer: Employer | undefined,
  index: number,
): Changes<typeof contact> {
  const [firstName, lastName] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
  const host = employer?.values.domain ?? 'mail.example';
  const user = `${foldText(firstName)}.${foldText(lastName)}`.replace(/[^a-z.]/g, '');
  const prefix = employer?.place[3] ?? '+44';
  return {
    prefix: random.chance(0.05) ? 'Dr' : '',
    firstName,
    lastName,
    company: employer?.id ?? null,
    jobTitle: random.chance(0.85) ? random.pick(JOB_TITLES) : '',
    emails: random.chance(0.92)
      ? [{ value: `${user}${index % 17 === 0 ? index : ''}@${host}`, label: 'work', primary: true }]
      : [],
    phones: random.chance(0.75)
      ? [{ value: phoneNumber(random, prefix), label: random.pick(['work', 'mobile', 'mobile']), primary: true }]
      : [],
    birthday: random.chance(0.3) ? addDays(`${random.integer(1955, 2002)}-01-01`, random.integer(0, 364)) : null,
    lifecycle: random.pick(Object.keys(LIFECYCLE_STAGES).slice(1, 5)),
    owner: random.chance(0.9) ? random.pick(members) : null,
    source: random.pick(LEAD_SOURCES),
    firstContactOn: addDays(today, -random.integer(0, 900)),
    tags: random.sample(TAGS, random.integer(0, 2)),
  };
}

function aDeal(
  random: Random,
  options: SeedOptions,
  customer: Employer | undefined,
  people: readonly string[],
  index: number,
): Changes<typeof deal> {
  const { today, members, stages, ranks } = options;
  const stage = random.pick(stages);
  const opened = addDays(today, -random.integer(1, 400));
  const isOpen = stage.type === 'open';
  const closed = isOpen ? null : addDays(opened, Math.min(random.integer(5, 120), 400));
  const hasNextStep = isOpen && random.chance(0.7);
  const amount = Math.round(random.skewed(18_000) / 100) * 100;
  return {
    title: `${random.pick(DEAL_THINGS)}${random.pick(DEAL_DETAILS)}`,
    amount: random.chance(0.96)
      ? moneyFromMajor(amount, random.chance(0.85) ? 'EUR' : (customer?.place[4] ?? 'EUR'))
      : null,
    place: [stage.pipeline, stage.id, ranks[index] ?? ''],
    probability: isOpen && random.chance(0.15) ? random.integer(1, 19) * 5 : null,
    closesOn: random.chance(0.92) ? (closed ?? addDays(today, random.integer(-20, 150))) : null,
    closedOn: closed !== null && closed > today ? today : closed,
    openedOn: opened,
    company: customer?.id ?? null,
    contacts: random
      .sample(people, random.integer(0, 2))
      .map((id) => ({ contact: id, role: random.pick(Object.keys(DEAL_ROLES)) })),
    owner: random.pick(members),
    source: random.pick(LEAD_SOURCES),
    nextStep: hasNextStep ? random.pick(NEXT_STEPS) : '',
    nextStepOn: hasNextStep ? addDays(today, random.integer(-5, 21)) : null,
    lostReason: stage.type === 'lost' ? random.pick(LOST_REASONS) : '',
    tags: random.chance(0.2) ? [random.pick(TAGS)] : [],
  };
}

/**
 * Sample data to look around with. Ids are hashes of what each record is, so that adding it twice, or on two devices
 * at once, makes it once. `batch-commands.ts` takes it out again.
 */
import { company } from '../entities/company.ts';
import { contact } from '../entities/contact.ts';
import { type Deal, deal } from '../entities/deal.ts';
import { pipeline } from '../entities/pipeline.ts';
import { type Stage, stage } from '../entities/stage.ts';
import { WORKSPACE_ID, workspace } from '../entities/workspace.ts';
import { addDays } from '../model/day.ts';
import type { Changes, Entity } from '../model/entity.ts';
import { type Id, idFromCause } from '../model/id.ts';
import { moneyFromMajor } from '../model/money.ts';
import { evenRanks } from '../model/rank.ts';
import type { StageMove } from '../model/set-fields.ts';
import { sortedPipelines, stagesOf, statusOf } from '../query/pipeline-view.ts';
import { formatStamp, stampWriter } from '../sync/stamp.ts';
import { SAMPLE_BATCH } from './batch-commands.ts';
import { CommandRefused, type Tx } from './command.ts';
import { SAMPLE_COMPANIES, SAMPLE_DEALS, type SampleDeal } from './sample-data.ts';

const MS_PER_DAY = 86_400_000;

/** Adds a small company's contacts, companies and deals. What is in the trash from an earlier time comes back. */
export function addSampleData(tx: Tx): void {
  const stages = firstPipelineStages(tx);
  for (const [at, each] of SAMPLE_COMPANIES.entries()) {
    const companyId = put(tx, company, companyKey(at), {
      name: each.name,
      domain: each.domain,
      industry: each.industry,
      size: each.size,
      addresses: [{ label: 'work', street: '', postalCode: '', region: '', city: each.city, country: each.country }],
      tags: each.tags,
      ...ownedBy(tx),
    });
    for (const [place, line] of each.people.entries()) {
      put(
        tx,
        contact,
        personKey(at, place),
        person(tx, { line, companyId, domain: each.domain, isFirst: place === 0 }),
      );
    }
  }
  const ranks = evenRanks(SAMPLE_DEALS.length);
  for (const [at, each] of SAMPLE_DEALS.entries()) {
    put(tx, deal, `deal:${at}`, dealValues(tx, each, stages, ranks[at] ?? ''));
  }
}

const companyKey = (at: number) => `company:${at}`;
const personKey = (at: number, place: number) => `person:${at}:${place}`;
const sampleId = <Name extends string>(name: Name, key: string): Id<Name> => idFromCause(name, `sample:${key}`);

function put<E extends Entity>(tx: Tx, entity: E, key: string, values: Changes<E>): string {
  const id = sampleId(entity.name, key);
  const known = tx.get(entity, id);
  if (!known) tx.insert(entity, { ...values, batch: SAMPLE_BATCH }, id);
  else if (known.deleted) tx.patch(entity, id, { deleted: false } as Changes<E>);
  return id;
}

function firstPipelineStages(tx: Tx): readonly Stage[] {
  const [first] = sortedPipelines(tx.all(pipeline));
  const stages = first ? stagesOf(tx.all(stage), first.id) : [];
  if (!stages.some((each) => statusOf(each) === 'open')) {
    throw new CommandRefused(
      'conflict',
      'The sample deals need a pipeline with an open stage. Add one in settings, then try again.',
    );
  }
  return stages;
}

function ownedBy(tx: Tx): { readonly owner: string } | Record<never, never> {
  return tx.actor === '' ? {} : { owner: tx.actor };
}

function person(
  tx: Tx,
  about: { readonly line: string; readonly companyId: string; readonly domain: string; readonly isFirst: boolean },
): Changes<typeof contact> {
  const parts = about.line.split('|');
  const [jobTitle = '', lastName = '', firstName = '', prefix = ''] = parts.toReversed();
  const value = `${plainLetters(firstName)}.${plainLetters(lastName)}@${about.domain}`;
  return {
    prefix,
    firstName,
    lastName,
    jobTitle,
    company: about.companyId,
    emails: [{ value, label: 'work', primary: true }],
    lifecycle: about.isFirst ? 'opportunity' : 'lead',
    ...ownedBy(tx),
  };
}

/** `Brückmann` → `bruckmann`, `Młyn` → `mlyn`: what an address can hold. */
function plainLetters(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replace(/[^a-z]/g, '');
}

function dealValues(tx: Tx, each: SampleDeal, stages: readonly Stage[], rank: string): Changes<typeof deal> {
  const open = stages.filter((candidate) => statusOf(candidate) === 'open');
  const isClosed = typeof each.stage === 'string';
  const path = typeof each.stage === 'number' ? open.slice(0, Math.floor(each.stage * open.length) + 1) : [...open];
  const end = isClosed ? stages.find((candidate) => candidate.type === each.stage) : path.at(-1);
  if (!end) throw new CommandRefused('conflict', 'The first pipeline has no stage for won or lost deals.');
  if (isClosed) path.push(end);
  const opened = addDays(tx.today, each.opened);
  const closes = addDays(tx.today, each.closes);
  const [nextStep = '', nextIn] = each.next ?? [];
  return {
    title: each.title,
    amount: moneyFromMajor(each.amount, currencyOf(tx, each)),
    place: [end.pipeline ?? '', end.id, rank] satisfies Deal['place'],
    company: sampleId('company', companyKey(each.company)),
    contacts: [{ contact: sampleId('contact', personKey(each.company, 0)), role: 'decisionMaker' }],
    openedOn: opened,
    closesOn: closes,
    closedOn: isClosed ? closes : null,
    source: each.source,
    nextStep,
    nextStepOn: nextIn === undefined ? null : addDays(tx.today, nextIn),
    lostReason: each.lostReason ?? '',
    stages: moves(tx, path, each),
    ...ownedBy(tx),
  };
}

function currencyOf(tx: Tx, each: SampleDeal): string {
  const own = tx.get(workspace, WORKSPACE_ID)?.currency ?? 'EUR';
  if (!each.foreign) return own;
  return own === 'USD' ? 'EUR' : 'USD';
}

/** Its way so far, spread evenly from the day it was opened to the day it was closed, or to yesterday. */
function moves(tx: Tx, path: readonly Stage[], each: SampleDeal): readonly StageMove[] {
  const start = tx.now + each.opened * MS_PER_DAY;
  const end = tx.now + (typeof each.stage === 'string' ? each.closes : -1) * MS_PER_DAY;
  const step = path.length > 1 ? (end - start) / (path.length - 1) : 0;
  return path.map((to, at) => ({
    stamp: formatStamp(Math.round(start + step * at), at, stampWriter(tx.stamp)),
    from: path[at - 1]?.id ?? '',
    to: to.id,
    by: tx.actor,
  }));
}

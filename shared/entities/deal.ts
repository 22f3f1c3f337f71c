/** A chance to sell: what, for how much, to whom, by when, and where it stands. */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { alsoNamed, hidden, required } from '../model/field.ts';
import { place } from '../model/place-field.ts';
import { choice, day, longText, money, number, person, ref, text } from '../model/scalar-fields.ts';
import { people, stageHistory, tags } from '../model/set-fields.ts';

/** Espo's and Suite's roles in the words a small team uses. */
export const DEAL_ROLES = {
  decisionMaker: 'Decision maker',
  champion: 'Champion',
  signs: 'Signs',
  evaluator: 'Evaluator',
  technical: 'Technical evaluator',
  influencer: 'Influencer',
  user: 'User',
  other: 'Other',
} as const;

/** Suggestions; a reason is free text. */
export const LOST_REASONS = [
  'Price',
  'Competitor',
  'Timing or no budget',
  'No response',
  'Missing feature',
  'Bad fit',
] as const;

const DEAL_TYPES = { new: 'New business', existing: 'Existing business' } as const;

export const deal = defineEntity('deal', {
  label: 'Deal',
  plural: 'Deals',
  room: 'pipeline',
  fields: {
    title: alsoNamed(
      required(text('Title')),
      'name',
      'deal name',
      'deal title',
      'opportunity',
      'opportunity name',
      'opportunity id',
      'mql id',
    ),
    amount: alsoNamed(money('Value'), 'amount', 'deal value', 'expected revenue', 'close value', 'betrag', 'umsatz'),
    place: hidden(place('Stage')),
    /** Percent; overrides the stage's own when set. */
    probability: alsoNamed(number('Probability', { min: 0, max: 100 }), 'deal probability', 'probability %'),
    closesOn: alsoNamed(
      day('Close date'),
      'expected close',
      'expected close date',
      'closedate',
      'deal expected close date',
      'expected closing',
    ),
    /** The real day it was won or lost; empty while open. */
    closedOn: alsoNamed(
      day('Closed on'),
      'won time',
      'deal closed on',
      'deal won time',
      'won date',
      'actual close date',
    ),
    openedOn: alsoNamed(
      day('Opened on'),
      'engage date',
      'create date',
      'created date',
      'creation date',
      'deal creation date',
      'first contact date',
    ),
    company: alsoNamed(
      ref('Company', 'company'),
      'account',
      'account name',
      'organization',
      'organisation',
      'associated company',
      'associated company ids',
      'firma',
    ),
    contacts: alsoNamed(
      people('People', DEAL_ROLES),
      'contact',
      'contact person',
      'associated contact',
      'associated contact ids',
      'person',
    ),
    owner: alsoNamed(
      person('Owner'),
      'deal owner',
      'sales agent',
      'salesperson',
      'owner id',
      'ownerid',
      'assigned to',
      'betreuer',
    ),
    source: alsoNamed(text('Source'), 'lead source', 'leadsource', 'origin', 'quelle'),
    product: alsoNamed(text('Product'), 'products', 'produkt', 'item'),
    type: alsoNamed(choice('Type', DEAL_TYPES), 'deal type', 'lead type'),
    lostReason: alsoNamed(text('Lost reason'), 'deal lost reason', 'loss reason', 'closed lost reason'),
    closingNote: alsoNamed(longText('Closing note'), 'won reason', 'closed won reason'),
    nextStep: alsoNamed(text('Next step'), 'next activity'),
    nextStepOn: day('Next step on'),
    tags: alsoNamed(tags('Tags'), 'labels', 'label', 'deal label'),
    about: alsoNamed(longText('About'), 'description', 'notes', 'note', 'brief'),
    stages: hidden(stageHistory('Stage history')),
  },
  title: (record) => record.title,
  searchable: ['product', 'source', 'tags', 'nextStep'],
});

export type Deal = RecordOf<typeof deal>;

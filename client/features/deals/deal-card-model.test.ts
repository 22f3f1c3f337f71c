import { describe, expect, test } from 'vitest';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { cardFacts, nextStepKind } from './deal-card-model.ts';

const today = '2026-11-22';
const noonOf = (day: string) => new Date(`${day}T12:00:00`).getTime();
const stage = (type: string) => ({ type, quietAfterDays: 14 }) as unknown as Stage;
const facts = (deal: Partial<Deal>, type = 'open') =>
  cardFacts(
    { closesOn: null, closedOn: null, nextStep: '', nextStepOn: null, updatedAt: noonOf(today), ...deal } as Deal,
    stage(type),
    today,
  );

describe('the line about what comes next', () => {
  test.each([
    [{}, { text: 'No next step', tone: 'missing' }],
    [
      { nextStep: 'Call', nextStepOn: '2026-11-22' },
      { text: 'Call', when: 'today', tone: 'today' },
    ],
    [
      { nextStep: 'Email', nextStepOn: '2026-11-20' },
      { text: 'Email', when: '2 days late', tone: 'late' },
    ],
    [{ nextStepOn: '2026-11-21' }, { text: 'Next step', when: '1 day late', tone: 'late' }],
    [
      { nextStep: 'Demo', nextStepOn: '2026-11-24' },
      { text: 'Demo', when: 'Tue 24 Nov', tone: 'plain' },
    ],
    [{ nextStep: 'Write the offer' }, { text: 'Write the offer', when: '', tone: 'plain' }],
  ])('%o', (deal, next) => {
    expect(facts(deal).next).toMatchObject(next);
  });

  test('a deal without a change for the days of its stage is quiet, for twice as long stale', () => {
    expect(facts({ updatedAt: noonOf('2026-11-06') })).toMatchObject({
      quiet: 'quiet',
      next: { text: 'Quiet 16 days' },
    });
    expect(facts({ updatedAt: noonOf('2026-10-19') })).toMatchObject({ quiet: 'stale', next: { tone: 'late' } });
    expect(facts({ updatedAt: noonOf('2026-11-10') }).quiet).toBe('no');
  });

  test('a step that is planned and not due keeps a deal from being quiet; a late one does not', () => {
    const updatedAt = noonOf('2026-10-19');
    expect(facts({ updatedAt, nextStep: 'Call', nextStepOn: '2026-12-01' }).quiet).toBe('no');
    expect(facts({ updatedAt, nextStep: 'Call', nextStepOn: '2026-11-20' })).toMatchObject({
      quiet: 'stale',
      next: { text: 'Call', when: '2 days late' },
    });
  });
});

describe('the date', () => {
  test('that has passed says how late it is, until a number helps nobody', () => {
    expect(facts({ closesOn: '2026-11-20' }).date).toEqual({ text: '2 days late', late: true });
    expect(facts({ closesOn: '2017-03-01' }).date).toEqual({ text: '1 Mar 2017', late: true });
    expect(facts({ closesOn: '2027-01-29' }).date).toEqual({ text: '29 Jan', late: false });
  });

  test('of a closed deal says when it was closed, and nothing is to come', () => {
    expect(facts({ closedOn: '2026-10-17', closesOn: '2026-09-01' }, 'won')).toEqual({
      date: { text: 'Won 17 Oct', late: false },
      next: null,
      quiet: 'no',
    });
    expect(facts({}, 'lost').date?.text).toBe('Lost');
  });
});

test('the icon of a next step follows from its words', () => {
  expect(['Call Ingrid', 'Send quote', 'Site visit', 'Contract review'].map(nextStepKind)).toEqual([
    'call',
    'email',
    'meeting',
    'task',
  ]);
});

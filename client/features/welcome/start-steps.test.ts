import { expect, test } from 'vitest';
import { type StartFacts, startSteps, startSummary } from './start-steps.ts';

const facts = (some: Partial<StartFacts>): StartFacts => ({
  isCopied: true,
  contacts: 0,
  hasSeenStages: false,
  hasInvited: false,
  ...some,
});

test('a new workspace has two of five steps behind it', () => {
  expect(startSummary(startSteps(facts({})))).toBe('2 of 5, about 6 minutes left');
  expect(startSummary(startSteps(facts({ isCopied: false })))).toBe('1 of 5, about 6 minutes left');
});

test('each fact ticks its own step', () => {
  const done = (some: Partial<StartFacts>) =>
    startSteps(facts(some))
      .filter((step) => step.isDone)
      .map((step) => step.label);
  expect(done({ contacts: 1 })).toContain('Bring in contacts');
  expect(done({ hasSeenStages: true })).toContain('Check your pipeline stages');
  expect(done({ hasInvited: true })).toContain('Invite a teammate');
});

test('the time left is said in the singular, and not at all when all is done', () => {
  const almost = facts({ contacts: 3, hasSeenStages: true });
  expect(startSummary(startSteps(almost))).toBe('4 of 5, about 1 minute left');
  expect(startSummary(startSteps({ ...almost, hasInvited: true }))).toBe('5 of 5');
});

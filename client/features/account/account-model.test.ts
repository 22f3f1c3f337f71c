import { expect, test } from 'vitest';
import { invitationProblem, invitedAs, likelyCurrency } from './account-model.ts';

test('the currency follows the region of the browser’s language, and is the euro where that says nothing', () => {
  expect(['en-GB', 'nb-NO', 'de-CH', 'zh-Hans-CN'].map(likelyCurrency)).toEqual(['GBP', 'NOK', 'CHF', 'CNY']);
  expect(['de-DE', 'de', 'C', ''].map(likelyCurrency)).toEqual(['EUR', 'EUR', 'EUR', 'EUR']);
});

test('the role reads well in a sentence, also one that this build does not know', () => {
  expect(['admin', 'member', 'viewer', 'wizard'].map(invitedAs)).toEqual([
    'as an admin',
    'as a member',
    'as a viewer',
    'as a member',
  ]);
});

test('a link that is used up says why and offers no retry', () => {
  for (const code of ['invitation-used', 'invitation-expired', 'invitation-withdrawn', 'no-invitation']) {
    const problem = invitationProblem({ code, message: 'Ask for a new one.' });
    expect(problem.mayRetry).toBe(false);
    expect(problem.text).toBe('Ask for a new one.');
  }
});

test('a server that does not answer says nothing against the link', () => {
  expect(invitationProblem({ code: 'unreached', message: '' }).mayRetry).toBe(true);
  expect(invitationProblem({ code: 'status-502', message: '' }).text).toMatch(/link stays good/);
});

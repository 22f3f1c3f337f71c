import { describe, expect, test } from 'vitest';
import {
  deviceWords,
  lastSyncedWords,
  nextAttemptWords,
  pillWords,
  popoverWords,
  type SyncFacts,
} from './sync-words.ts';

const NOW = new Date('2026-11-22T11:48:00').getTime();
const MINUTE = 60_000;

const facts = (some: Partial<SyncFacts>): SyncFacts => ({
  state: 'synced',
  waitingCount: 0,
  refusedCount: 0,
  incomingCount: 0,
  lastSyncedAt: NOW,
  offlineSince: null,
  now: NOW,
  ...some,
});

const pill = (some: Partial<SyncFacts>) => {
  const { label, detail } = pillWords(facts(some));
  return detail === '' ? label : `${label} · ${detail}`;
};

describe('the sync pill', () => {
  test.each<[Partial<SyncFacts>, string]>([
    [{}, 'Synced · just now'],
    [{ state: 'sending', waitingCount: 3 }, 'Sending 3 changes'],
    [{ state: 'sending', waitingCount: 1 }, 'Sending 1 change'],
    [{ state: 'catching-up', incomingCount: 212 }, 'Catching up · 212 changes'],
    [{ state: 'offline', waitingCount: 14 }, 'Offline · 14 to sync'],
    [{ state: 'offline' }, 'Offline · all sent'],
    [{ state: 'needs-you', refusedCount: 2 }, 'Needs you · 2 changes'],
    [{ state: 'signed-out', waitingCount: 14 }, 'Sign in to sync · 14 waiting'],
    [{ state: 'signed-out' }, 'Sign in to sync'],
    [{ state: 'reload-needed' }, 'Reload to keep syncing'],
    [{ state: 'device-full' }, 'Device almost full'],
    [{ state: 'not-saved', waitingCount: 2 }, 'Not saved · 2 waiting'],
  ])('%o reads "%s"', (some, words) => {
    expect(pill(some)).toBe(words);
  });

  test('only what is with the team has the look of being synced', () => {
    const states = ['sending', 'catching-up', 'offline', 'needs-you', 'signed-out', 'not-saved'] as const;
    expect(states.filter((state) => pillWords(facts({ state })).look === 'synced')).toEqual([]);
  });
});

describe('the sync popover', () => {
  test('says since when, and that work can go on, while changes wait', () => {
    const words = popoverWords(facts({ state: 'offline', waitingCount: 14, offlineSince: NOW - 17 * MINUTE }));
    expect(words.title).toMatch(/^Offline since .*31/);
    expect(words.text).toBe(
      'Keep working. Everything is saved on this device and will be sent when you are back online.',
    );
  });

  test('says up to when the data is complete, when nothing waits', () => {
    const words = popoverWords(facts({ state: 'offline', lastSyncedAt: NOW - 17 * MINUTE }));
    expect(words.text).toMatch(/^You have everything up to .*31/);
  });

  test('counts what could not be shared, one or many', () => {
    expect(popoverWords(facts({ state: 'needs-you', refusedCount: 1 })).text).toBe(
      '1 change could not be shared. It is safe on this device.',
    );
  });

  test('never says that something is saved without saying where', () => {
    const states = ['sending', 'offline', 'signed-out', 'reload-needed', 'device-full', 'not-saved'] as const;
    for (const state of states) {
      const { title, text } = popoverWords(facts({ state, waitingCount: 3 }));
      for (const sentence of `${title}. ${text}`.split('. ').filter((each) => /saved/i.test(each))) {
        expect(sentence).toMatch(/on this device/);
      }
    }
  });
});

describe('the facts of the popover', () => {
  test('the last moment of agreement has its age', () => {
    expect(lastSyncedWords(NOW - 17 * MINUTE, NOW)).toMatch(/, 17 minutes ago$/);
    expect(lastSyncedWords(NOW - 1 * MINUTE, NOW)).toMatch(/, 1 minute ago$/);
    expect(lastSyncedWords(null, NOW)).toBe('Not yet on this device');
  });

  test('the size is left out where the browser does not tell it', () => {
    expect(deviceWords({ records: 14206, bytes: 48_100_000 })).toMatch(/^14.206 records, 48 MB$/);
    expect(deviceWords({ records: 1, bytes: null })).toBe('1 record');
  });

  test('the next attempt counts down and never below nothing', () => {
    expect(nextAttemptWords(NOW + 11_200, NOW)).toBe('Trying again in 12 s');
    expect(nextAttemptWords(NOW - 1, NOW)).toBe('Trying now');
    expect(nextAttemptWords(null, NOW)).toBe('');
  });
});

/** What a server does that nobody configured: what the documentation promises as the default holds. */
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { StartRefused } from './start-refused.ts';

test('backups are made every hour by themselves and thinned out: two days of hours, thirty days of days', () => {
  const { backups } = readConfig({});
  expect(backups).toEqual({ folder: 'data/backups', everyMinutes: 60, retention: { hours: 48, days: 30 } });
  expect(readConfig({ BACKUP_EVERY_MINUTES: '' }).backups?.everyMinutes).toBe(60);
});

test('only a 0 that somebody wrote ends them; what is no number ends the start instead', () => {
  expect(readConfig({ BACKUP_EVERY_MINUTES: '0' }).backups?.everyMinutes).toBe(0);
  for (const odd of ['never', '-1', '1.5']) {
    expect(() => readConfig({ BACKUP_EVERY_MINUTES: odd }), odd).toThrow(StartRefused);
  }
});

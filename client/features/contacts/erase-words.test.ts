import { expect, test } from 'vitest';
import { backupsInWords, countsInWords, namesMatch } from './erase-words.ts';

test('counts name what people know and leave out what only the program knows', () => {
  expect(countsInWords({ contact: 1 })).toBe('the contact');
  expect(countsInWords({ contact: 2, activity: 3, file: 1, star: 4, notice: 2, somethingNew: 1 })).toBe(
    'the contact and 1 merged into it, 3 activities, 1 file',
  );
});

test('backups from before are said to stay, and for how long', () => {
  expect(backupsInWords({ count: 0, days: 30, everyMinutes: 60 })).toMatch(/no backups/);
  expect(backupsInWords({ count: 12, days: 30, everyMinutes: 60 })).toMatch(/12 backups .* hold .* within 30 days/);
  expect(backupsInWords({ count: 1, days: 30, everyMinutes: 0 })).toMatch(/One backup .* holds .* until somebody/);
});

test('the name may be typed in any case, and not in part', () => {
  expect(namesMatch(' ingrid LIE ', 'Ingrid Lie')).toBe(true);
  expect(namesMatch('Ingrid', 'Ingrid Lie')).toBe(false);
});

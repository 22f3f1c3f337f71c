import { expect, test } from 'vitest';
import { mapStamps, stampsIn } from './entry-stamps.ts';

const [ONE, TWO, THREE] = ['0lzzzzzzz0000abcdef0001', '0lzzzzzzz0000abcdef0002', '0lzzzzzzz0000abcdef0003'];

test.each([
  ['an edit of a field', { key: `deal_1/title/${ONE}`, value: 'Kitchen' }, [ONE]],
  ['a tag', { key: `deal_1/tags:vip/${ONE}`, value: true }, [ONE]],
  ['a move', { key: `deal_1/stages:${TWO}/${ONE}`, value: { stamp: TWO, to: 'stage_1' } }, [TWO, ONE, TWO]],
  ['an edit without a stamp', { key: 'deal_1/title/now', value: null }, ['now']],
  [
    'a record with folded fields and moves',
    { key: 'deal_1', value: JSON.stringify({ t: 'deal', s: ONE, f: { title: TWO }, stages: [{ stamp: THREE }] }) },
    [ONE, TWO, THREE],
  ],
])('every stamp that is corrected is found: %s', (_what, entry, stamps) => {
  const corrected: string[] = [];
  mapStamps(entry, (stamp) => {
    corrected.push(stamp);
    return stamp;
  });
  expect(stampsIn(entry)).toEqual(stamps);
  expect(corrected).toEqual(stamps);
});

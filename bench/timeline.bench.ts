/**
 * Opening a record with a timeline of 5,000 entries among 100,000 activities: the feed from the index, put together and
 * in rows, against looking through all activities. CPU time, median of five. And one call logged about it.
 */
import type { Activity } from '../shared/entities/activity.ts';
import { isContactMade } from '../shared/entities/activity.ts';
import type { AnyRecord } from '../shared/model/entity.ts';
import { AboutIndex } from '../shared/query/about-index.ts';
import { timelineOf, timelineRows } from '../shared/query/timeline.ts';
import { cpuMs, measured } from './measure.ts';

const ALL = 100_000;
const OURS = 5_000;
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 9);
const RECORD = 'contact_ingrid0000000000';

const activities = Array.from({ length: ALL }, (_, index) => ({
  id: `activity_2026${String(index).padStart(12, '0')}`,
  entity: 'activity',
  deleted: false,
  mergedInto: null,
  kind: index % 3 === 0 ? 'note' : 'call',
  outcome: null,
  at: NOW - index * HOUR,
  createdAt: NOW - index * HOUR,
  pinned: false,
  subject: '',
  body: `What was said the ${index}th time`,
  about: [index % (ALL / OURS) === 0 ? RECORD : `contact_${index % 997}`],
})) as unknown as Activity[];
const byId = new Map(activities.map((each) => [each.id as string, each]));
const spec = {
  subjects: (each: Activity) => each.about,
  order: (each: Activity) => -(each.at ?? 0),
  marks: isContactMade,
};
const index = new AboutIndex<Activity>(spec);
for (const each of activities) index.put(each.id, each);

function feed(found: readonly Activity[]): number {
  const record = { id: RECORD, entity: 'contact', createdAt: NOW, batch: '' } as unknown as AnyRecord;
  const source = { record, tasks: [], appointments: [], deals: [], edits: [], now: NOW, zone: 'Europe/Oslo' };
  const rows = timelineRows(timelineOf({ ...source, activities: found, stageOf: () => undefined }), '2026-11-22');
  if (rows.length <= OURS) throw new Error('an entry was lost');
  return rows.length;
}

const scanned = await cpuMs(() => feed(activities.filter((each) => each.about.includes(RECORD))));
const indexed = await cpuMs(() => feed(index.idsOf(RECORD).map((id) => byId.get(id) as Activity)));
console.log(
  measured({
    name: 'a feed of 5,000 among 100,000',
    value: indexed,
    unit: 'ms',
    against: scanned,
    what: 'by looking through all',
    atMost: 0.95,
  }),
);

let count = 0;
const logged = await cpuMs(() => {
  count++;
  const call = { ...(activities[0] as Activity), id: `activity_2026new${count}`, at: NOW + count } as Activity;
  index.put(call.id, call);
  byId.set(call.id, call);
  if (index.idsOf(RECORD)[0] !== call.id) throw new Error('the new call is not the first');
});
const built = await cpuMs(() => {
  const fresh = new AboutIndex<Activity>(spec);
  for (const each of activities) fresh.put(each.id, each);
});
console.log(
  measured({
    name: 'one call logged among 100,000',
    value: logged,
    unit: 'ms',
    against: built,
    what: 'the index anew',
    atMost: 0.05,
  }),
);

/**
 * What is known to have happened around a contact or company, from what the records say themselves: when it was added
 * or imported, and the moves of its deals. Pure; newest first.
 */
import { SAMPLE_BATCH } from '../../shared/commands/batch-commands.ts';
import type { Deal } from '../../shared/entities/deal.ts';
import type { Stage } from '../../shared/entities/stage.ts';
import { type Day, dayOfInstant, daysBetween } from '../../shared/model/day.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { stampTime } from '../../shared/sync/stamp.ts';

export interface StoryEvent {
  readonly key: string;
  readonly kind: 'added' | 'imported' | 'sample' | 'first-contact' | 'opened' | 'moved' | 'closed';
  readonly day: Day;
  /** Epoch ms; null when only the day is known. */
  readonly at: number | null;
  /** The deal it is about; null when it is about the record itself. */
  readonly dealId: string | null;
  /** Stage the deal went to; '' for events that are no move. */
  readonly stageId: string;
  /** Member id; '' when unknown. */
  readonly by: string;
}

export function storyOf(
  record: AnyRecord,
  deals: readonly Deal[],
  stageOf: (id: string) => Stage | undefined,
): readonly StoryEvent[] {
  const events: StoryEvent[] = [];
  if (record.createdAt > 0) {
    const kind = record.batch === '' ? 'added' : record.batch === SAMPLE_BATCH ? 'sample' : 'imported';
    events.push({ ...aboutRecord(kind, dayOfInstant(record.createdAt)), at: record.createdAt });
  }
  const firstContact = record.firstContactOn;
  if (typeof firstContact === 'string') events.push(aboutRecord('first-contact', firstContact));
  for (const deal of deals) events.push(...dealEvents(deal, stageOf));
  return events.sort(newestFirst);
}

const aboutRecord = (kind: StoryEvent['kind'], day: Day): StoryEvent => ({
  key: kind,
  kind,
  day,
  at: null,
  dealId: null,
  stageId: '',
  by: '',
});

function dealEvents(deal: Deal, stageOf: (id: string) => Stage | undefined): readonly StoryEvent[] {
  const imported = deal.batch !== '';
  const events = deal.stages.flatMap((move): StoryEvent[] => {
    const at = stampTime(move.stamp);
    // An import writes the stage a deal is in, not when it came there; its own dates are below.
    if (at === 0 || (imported && move.from === '')) return [];
    const kind = move.from === '' ? 'opened' : 'moved';
    const key = `${deal.id}/${move.stamp}`;
    return [{ key, kind, day: dayOfInstant(at), at, dealId: deal.id, stageId: move.to, by: move.by }];
  });
  const type = stageOf(deal.place[1])?.type;
  const wasClosedByMove = deal.stages.some((move) => move.from !== '' && move.to === deal.place[1]);
  const about = { at: null, dealId: deal.id, by: '' };
  const isOpeningTold = events.some((event) => event.kind === 'opened');
  if (!isOpeningTold && deal.openedOn !== null) {
    events.push({ ...about, key: `${deal.id}/opened`, kind: 'opened', day: deal.openedOn, stageId: '' });
  }
  if (deal.closedOn !== null && !wasClosedByMove && (type === 'won' || type === 'lost')) {
    events.push({ ...about, key: `${deal.id}/closed`, kind: 'closed', day: deal.closedOn, stageId: deal.place[1] });
  }
  return events;
}

/** By day, then by time; of one day what has no time comes after (it is older news there). */
function newestFirst(left: StoryEvent, right: StoryEvent): number {
  if (left.day !== right.day) return left.day < right.day ? 1 : -1;
  return (right.at ?? 0) - (left.at ?? 0) || (left.key < right.key ? -1 : 1);
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The heading an event stands under: `Today`, `This week`, `October`, `March 2025`. */
export function storyHeading(day: Day, today: Day): string {
  const ago = daysBetween(day, today);
  if (ago < 0) return 'To come';
  if (ago === 0) return 'Today';
  if (ago === 1) return 'Yesterday';
  if (ago < 7) return 'Last 7 days';
  const month = MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
  return day.slice(0, 4) === today.slice(0, 4) ? month : `${month} ${day.slice(0, 4)}`;
}

/** Events under their headings, in order. */
export function storyGroups(
  events: readonly StoryEvent[],
  today: Day,
): readonly { readonly heading: string; readonly events: readonly StoryEvent[] }[] {
  const groups = new Map<string, StoryEvent[]>();
  for (const event of events) {
    const heading = storyHeading(event.day, today);
    const group = groups.get(heading);
    if (group) group.push(event);
    else groups.set(heading, [event]);
  }
  return [...groups].map(([heading, group]) => ({ heading, events: group }));
}

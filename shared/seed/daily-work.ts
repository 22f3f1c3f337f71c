/** What a team did and has to do: activities of the last months, open and finished tasks, appointments. The same for the same numbers. */
import { ACTIVITY_KINDS, activity, CALL_OUTCOMES } from '../entities/activity.ts';
import { appointment } from '../entities/appointment.ts';
import type { deal } from '../entities/deal.ts';
import { TASK_TYPES, task } from '../entities/task.ts';
import { addDays, type Day, dayNumber } from '../model/day.ts';
import type { Changes } from '../model/entity.ts';
import { idFromCause, timelineIdFromCause } from '../model/id.ts';
import { makeWhen } from '../model/when.ts';
import type { Seed } from './generate.ts';
import { createRandom, type Random } from './random.ts';
import { ACTIVITY_NOTES, APPOINTMENT_TITLES, TASK_TITLES } from './words.ts';

export interface DailyWorkOptions {
  readonly activities: number;
  readonly tasks: number;
  readonly appointments: number;
  /** So many of the activities are about one deal and its people: a long timeline. */
  readonly longest?: number;
  readonly seed: number;
  readonly today: Day;
  readonly members: readonly string[];
  /** The deals that the work is about. */
  readonly deals: readonly { readonly id: string; readonly values: Changes<typeof deal> }[];
}

const DAY_MS = 86_400_000;
/** Times of appointments are meant in this zone. */
const ZONE = 'Europe/Oslo';

export function* generateDailyWork(options: DailyWorkOptions): Generator<Seed> {
  const { deals, seed, today, members } = options;
  const random = createRandom(seed ^ 0x5bd1e995);
  if (deals.length === 0) return;
  const midnight = dayNumber(today) * DAY_MS;
  const busiest = busiestDeal(deals);
  for (let index = 0; index < options.activities; index++) {
    const at = midnight - Math.floor(random.next() ** 2 * 300 * DAY_MS) - random.integer(0, DAY_MS / 2);
    yield {
      entity: activity,
      id: timelineIdFromCause('activity', new Date(at).getUTCFullYear(), `seed:${seed}:${index}`),
      values: anActivity(random, {
        at,
        about: index < (options.longest ?? 0) && busiest ? subjectsOf(busiest) : aboutOf(random, options),
        by: random.pick(members),
      }),
    };
  }
  for (let index = 0; index < options.tasks; index++) {
    const day = addDays(today, random.integer(-4, 20));
    const isDone = random.chance(0.25);
    const type = random.pick(Object.keys(TASK_TYPES));
    yield {
      entity: task,
      id: idFromCause('task', `seed:${seed}:${index}`),
      values: {
        title: random.pick(TASK_TITLES),
        type,
        due: random.chance(0.3)
          ? makeWhen(day, `${random.integer(8, 17)}:${random.pick(['00', '30'])}`.padStart(5, '0'), ZONE)
          : day,
        owner: random.pick(members),
        priority: random.chance(0.1) ? 'high' : null,
        about: aboutOf(random, options),
        note: random.chance(0.5) ? random.pick(ACTIVITY_NOTES) : '',
        ...(isDone ? { doneAt: midnight - random.integer(0, 10) * DAY_MS, doneBy: random.pick(members) } : {}),
      },
    };
  }
  for (let index = 0; index < options.appointments; index++) {
    const day = addDays(today, random.integer(-10, 20));
    const hour = random.integer(8, 16);
    const at = (h: number, m: string) => makeWhen(day, `${String(h).padStart(2, '0')}:${m}`, ZONE);
    yield {
      entity: appointment,
      id: idFromCause('appointment', `seed:${seed}:${index}`),
      values: {
        title: random.pick(APPOINTMENT_TITLES),
        start: at(hour, '00'),
        end: random.chance(0.5) ? at(hour, '45') : at(hour + 1, '30'),
        owner: random.pick(members),
        about: aboutOf(random, options),
      },
    };
  }
}

type SeededDeal = DailyWorkOptions['deals'][number];

/** The deal whose timeline is long when one is asked for: the first that somebody takes part in. */
export function busiestDeal(deals: readonly SeededDeal[]): SeededDeal | undefined {
  return deals.find(({ values }) => (values.contacts ?? []).length > 0);
}

function aboutOf(random: Random, { deals }: DailyWorkOptions): readonly string[] {
  return subjectsOf(random.pick(deals));
}

/** A deal with its company and its people. */
function subjectsOf({ id, values: { company, contacts = [] } }: SeededDeal): readonly string[] {
  return [...contacts.map((each) => each.contact), ...(company ? [company] : []), id];
}

function anActivity(
  random: Random,
  { at, about, by }: { at: number; about: readonly string[]; by: string },
): Changes<typeof activity> {
  const kind = random.pick(Object.keys(ACTIVITY_KINDS));
  const body = random.pick(ACTIVITY_NOTES);
  return {
    kind,
    at,
    about,
    by,
    body,
    ...(kind === 'email' ? { subject: random.pick(TASK_TITLES), direction: random.pick(['out', 'in']) } : {}),
    ...(kind === 'call'
      ? {
          direction: random.pick(['out', 'in']),
          outcome: random.pick(Object.keys(CALL_OUTCOMES)),
          duration: random.integer(1, 40) * 60,
        }
      : {}),
  };
}

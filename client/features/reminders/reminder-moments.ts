/** The moments this person is to be told of, from their tasks, appointments and contacts; kept true change by change. */
import { preferenceIdFor } from '../../../shared/entities/preference.ts';
import { starIdFor } from '../../../shared/entities/star.ts';
import {
  appointmentMoments,
  dateMoments,
  type Moment,
  newestOfEach,
  type Span,
  taskMoments,
} from '../../../shared/query/reminders.ts';
import { stampTime } from '../../../shared/sync/stamp.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { asReadHere } from '../../platform/right-now.ts';

const HOUR = 3_600_000;

/** What a moment follows from. A moment that had passed when this was written is none. */
const CAUSES = /^(due|start|repeats|snoozedUntil|owner|birthday|reminders:.*|team:.*|dates:.*)$/;

export interface ReminderMoments {
  /** Of each record the newest moment of the span that was not told yet. */
  readonly due: (span: Span, toldAt: (record: string) => number | null) => readonly Moment[];
}

export function createReminderMoments(zone: string): ReminderMoments {
  const workspace = useWorkspace();
  const { memberId } = workspace.me();
  const tasks = workspace.createQuery('task', () => ({
    where: ({ doneAt, owner, reminders, snoozedUntil }) =>
      doneAt === null && owner === memberId && (reminders.length > 0 || snoozedUntil !== null),
  }));
  const appointments = workspace.createQuery('appointment', () => ({
    where: ({ cancelled, owner, team, reminders }) =>
      !cancelled && reminders.length > 0 && (owner === memberId || team.includes(memberId)),
  }));
  let dates: { readonly at: number; readonly moments: readonly Moment[] } | undefined;

  /** Tens of thousands of contacts are gone through once an hour: 5 ms. */
  function dateMomentsIn(span: Span): readonly Moment[] {
    if (!dates || span[1] - dates.at > HOUR || span[1] < dates.at) {
      // To the end of the coming hour, so that nine o'clock is told at nine.
      const wide: Span = [span[0], span[1] + 2 * HOUR];
      dates = { at: span[1], moments: [...contactsToRemember()].flatMap((each) => dateMoments(each, wide, zone)) };
    }
    return dates.moments.filter(({ at }) => at > span[0] && at <= span[1]);
  }
  function* contactsToRemember() {
    const choice = workspace.collection('preference').peek(preferenceIdFor(memberId))?.dates ?? 'mine';
    if (choice === 'none') return;
    const merges = workspace.merges();
    const isStarred = (id: string) =>
      [id, ...merges.mergedFrom(id)].some(
        (each) => workspace.collection('star').peek(starIdFor(memberId, each))?.deleted === false,
      );
    for (const contact of workspace.collection('contact').each()) {
      if (contact.birthday === null && contact.dates.length === 0) continue;
      if (choice === 'starred' ? isStarred(contact.id) : contact.owner === memberId) yield contact;
    }
  }
  /** When what decides the record's moments was last written. */
  function setAt(id: string, createdAt: number): number {
    const times = workspace
      .newestEdits(id)
      .filter(({ path }) => CAUSES.test(path))
      .map(({ stamp }) => stampTime(stamp));
    const at = Math.max(createdAt, ...times);
    // A clock that is behind had not reached the minute yet; one that was put forward since takes nothing back.
    return Math.min(at, asReadHere(at));
  }
  const createdAtOf = ({ record }: Moment) =>
    (
      workspace.collection('task').peek(record) ??
      workspace.collection('appointment').peek(record) ??
      workspace.collection('contact').peek(record)
    )?.createdAt ?? 0;

  return {
    due(span, toldAt) {
      const found = [
        ...tasks.ids().flatMap((id) => {
          const record = workspace.collection('task').peek(id);
          return record ? taskMoments(record, span, zone) : [];
        }),
        ...appointments.ids().flatMap((id) => {
          const record = workspace.collection('appointment').peek(id);
          return record ? appointmentMoments(record, span, zone) : [];
        }),
        ...dateMomentsIn(span),
      ].filter(({ record, at }) => at > (toldAt(record) ?? 0));
      return newestOfEach(found.filter((moment) => moment.at >= setAt(moment.record, createdAtOf(moment))));
    },
  };
}

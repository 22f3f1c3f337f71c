/**
 * A person's data as privacy law sees it: what there is, a copy of it to hand over, and erasing it. For owners and admins;
 * deleting older backups with it is an owner's business, as backups are.
 */
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import * as v from 'valibot';
import { contactName } from '../../shared/entities/contact.ts';
import { dayOfInstant } from '../../shared/model/day.ts';
import { RIGHTS } from '../../shared/model/rights.ts';
import { personExport } from '../backup/person-export.ts';
import type { History, HistoryRow } from '../storage/history.ts';
import { erasePerson } from '../sync/erase-person.ts';
import { findTraces, type PersonTraces, type Trace, traceTitle } from '../sync/person-traces.ts';
import { readBody } from './body.ts';
import { ApiError } from './errors.ts';
import type { AppContext, AppEnv, Services } from './services.ts';
import { requireRole } from './session.ts';

const LEADERS = 'Only an owner or an admin can erase a person’s data. Nothing was changed.';
const NO_PERSON = new ApiError(404, 'no-person', 'There is no such contact. It may have been merged into another one.');
const BUSY = new ApiError(409, 'busy', 'Somebody’s data is being erased right now. Try again in a minute.');
const RECOVERING = new ApiError(
  409,
  'recovering',
  'The server was restored and is being brought up to date by the devices; they could bring this person back. Finish that first, in Settings, Backups. Nothing was changed.',
);
const OPEN_REVIEW = new ApiError(
  409,
  'open-review',
  'Unsent changes of somebody who left name this person and wait for a decision. Decide about them first, in Settings, Members. Nothing was changed.',
);
const OTHER_NAME = new ApiError(422, 'other-name', 'The name you typed is not the contact’s. Nothing was changed.');

const MOST_LISTED = 200;
const HISTORY_PAGE = 1_000;

const eraseBody = v.object({
  name: v.pipe(v.string('Type the name of the contact.'), v.maxLength(500)),
  /** Entries about others too that go as well. */
  also: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(5_000)),
  withBackups: v.boolean('Say whether older backups are deleted.'),
});

/** Behind `requireSession`. */
export function personRoutes(services: Services): Hono<AppEnv> {
  const { rooms, log, spaces, erasures, history, accounts, operations } = services;
  const app = new Hono<AppEnv>();
  let isErasing = false;

  /** Everywhere, but only of a contact that who asks can see. */
  async function tracesFor(
    c: AppContext,
    also: readonly string[] = [],
  ): Promise<{ traces: PersonTraces; mine: readonly string[] }> {
    const me = c.get('me');
    requireRole(me, RIGHTS.erase.roles, LEADERS);
    const mine = spaces.readable(me.userId);
    rooms.services.committer.flush();
    const traces = await findTraces({ rooms, log }, c.req.param('id') ?? '', { spaces: spaces.all(), also });
    const [contact] = traces?.own ?? [];
    if (traces === null || contact === undefined || !mine.includes(contact.space)) throw NO_PERSON;
    return { traces, mine };
  }

  app.get('/api/persons/:id', async (c) => {
    const { traces, mine } = await tracesFor(c);
    const listed = (found: readonly Trace[]) =>
      found
        .filter(({ space }) => mine.includes(space))
        .slice(0, MOST_LISTED)
        .map((trace) => ({ id: trace.record.id, entity: trace.record.entity, title: traceTitle(trace) }));
    const counts: Record<string, number> = {};
    for (const { record, space } of traces.own) {
      if (mine.includes(space)) counts[record.entity] = (counts[record.entity] ?? 0) + 1;
    }
    const backups = operations?.backups;
    return c.json({
      name: titleOf(traces),
      counts,
      shared: listed(traces.shared),
      mentions: listed(
        traces.mentions.filter(({ record }) => !traces.shared.some((each) => each.record.id === record.id)),
      ),
      backups: {
        count: backups?.list().length ?? 0,
        days: backups?.retention.days ?? 0,
        everyMinutes: backups?.everyMinutes ?? 0,
      },
    });
  });

  app.get('/api/persons/:id/export', async (c) => {
    const { traces, mine } = await tracesFor(c);
    const seen = ({ space }: Trace) => mine.includes(space);
    const source = {
      traces: { ...traces, own: traces.own.filter(seen), shared: traces.shared.filter(seen) },
      historyOf: (record: string) => wholeHistory(history, record, mine),
      nameOf: (userId: string) => accounts.byId(userId)?.name ?? accounts.removed(userId)?.name ?? '',
      ...(services.files === undefined ? {} : { files: services.files }),
      at: services.now(),
    };
    c.header('Content-Type', 'application/zip');
    c.header('Content-Disposition', `attachment; filename="person-${dayOfInstant(services.now())}.zip"`);
    return c.body(Readable.toWeb(Readable.from(personExport(source))) as ReadableStream<Uint8Array>);
  });

  app.post('/api/persons/:id/erase', async (c) => {
    const { name, also, withBackups } = await readBody(c, eraseBody);
    const me = c.get('me');
    const { traces, mine } = await tracesFor(c, also);
    if (also.some((id) => !traces.own.some(({ record, space }) => record.id === id && mine.includes(space)))) {
      throw new ApiError(409, 'changed', 'The entries have changed since they were listed. Open this dialog again.');
    }
    if (withBackups) {
      requireRole(me, ['owner'], 'Only an owner can delete backups. Nothing was changed.');
    }
    if (name.trim().toLowerCase() !== titleOf(traces).toLowerCase()) throw OTHER_NAME;
    if ((operations?.recovery().state ?? 'none') !== 'none') throw RECOVERING;
    if (erasures.isHeld({ records: traces.own.map(({ record }) => record.id), words: traces.words })) throw OPEN_REVIEW;
    if (isErasing) throw BUSY;
    isErasing = true;
    try {
      // A backup that is being written reads the file that is written anew.
      await operations?.backups.idle();
      await erasePerson(services, traces, { userId: me.userId, memberId: me.memberId });
      const deleted = withBackups ? await operations?.forgetOlderBackups() : undefined;
      return c.json({ erased: traces.own.length, backupsDeleted: deleted ?? 0 });
    } finally {
      isErasing = false;
    }
  });

  return app;
}

function titleOf(traces: PersonTraces): string {
  const [contact] = traces.own;
  return traces.name || (contact === undefined ? '' : contactName(contact.record as never) || traceTitle(contact));
}

/** All that is known of what happened to a record, a part at a time. */
function* wholeHistory(history: History, record: string, spaces: readonly string[]): Generator<HistoryRow> {
  for (let before: number | undefined; ; ) {
    const page = history.list({ record, limit: HISTORY_PAGE, spaces, ...(before === undefined ? {} : { before }) });
    yield* page;
    before = page.at(-1)?.id;
    if (page.length < HISTORY_PAGE) return;
  }
}

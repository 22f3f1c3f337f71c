/** Who changed what and when, for everybody who may read: pages of changes, one action whole, and values at a moment. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { memberIdFor } from '../../shared/entities/member.ts';
import { isMergeable, MERGEABLE } from '../../shared/entities/mergeable.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { formatRoomName } from '../../shared/sync/room-names.ts';
import type { HistoryRow } from '../storage/history.ts';
import { ApiError } from './errors.ts';
import type { AppEnv, Services } from './services.ts';

const PAGE = 100;
const ACTIONS_PAGE = 30;
/** An import can be one action: it comes in parts. */
const ACTION_PAGE = 20_000;

/** In the place of a member: what nobody did, but the server by itself. */
const THE_SERVER = 'server';

const number = v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.transform(Number));
const query = v.object({
  record: v.optional(v.pipe(v.string(), v.maxLength(200))),
  member: v.optional(v.pipe(v.string(), v.maxLength(200))),
  field: v.optional(v.pipe(v.string(), v.maxLength(100))),
  from: v.optional(number),
  to: v.optional(number),
  before: v.optional(number),
});
const part = v.object({ after: v.optional(number, '0') });
const moment = v.union([
  v.object({ record: v.pipe(v.string(), v.maxLength(200)), at: number }),
  v.object({ kind: v.picklist(['pipeline', 'directory', 'work', 'workspace']), at: number }),
]);

function read<S extends v.GenericSchema>(schema: S, raw: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, raw);
  if (result.success) return result.output;
  throw new ApiError(400, 'invalid', 'This question about the history cannot be read.');
}

/** Behind `requireSession`. */
export function historyRoutes({ history, accounts, rooms, log, spaces }: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  // The history of the newest changes is written with the next batch.
  app.use('/api/history/*', async (_c, next) => {
    rooms.services.committer.flush();
    await next();
  });
  // People who left have a past too.
  const userIdOf = (memberId: string) => {
    if (memberId === THE_SERVER) return null;
    return [...accounts.all(), ...accounts.allRemoved()].find(({ id }) => memberIdFor(id) === memberId)?.id;
  };
  /** What lives on in a record now, in the rooms somebody may read. */
  const mergedFrom = (record: string, among: readonly string[]): readonly string[] => {
    const entity = entityNameOf(record);
    if (!isMergeable(entity)) return [];
    const kind = MERGEABLE[entity].room;
    const names = among.map((space) => formatRoomName({ space, kind, year: null, generation: 1 }));
    return names
      .filter((name) => log.hasRoom(name))
      .flatMap((name) => rooms.open(name).records.merges().mergedFrom(record));
  };
  const shown = ({ id, at, record, field, old, new: value, user, stamp, flag }: HistoryRow) => ({
    id,
    at,
    record,
    field,
    old: parsed(old),
    new: parsed(value),
    by: user === null ? null : memberIdFor(user),
    stamp: stamp ?? '',
    flag,
  });

  app.get('/api/history', (c) => {
    const { member, ...asked } = read(query, c.req.query());
    const userId = member === undefined ? undefined : userIdOf(member);
    if (member !== undefined && userId === undefined) return c.json({ changes: [], next: null });
    const readable = spaces.readable(c.get('me').userId);
    const rows = history.list({
      ...asked,
      ...(asked.record === undefined ? {} : { merged: mergedFrom(asked.record, readable) }),
      ...(userId === undefined ? {} : { userId }),
      limit: PAGE + 1,
      spaces: readable,
    });
    const page = rows.slice(0, PAGE);
    return c.json({ changes: page.map(shown), next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null });
  });

  app.get('/api/history/actions', (c) => {
    const { member, record: _, ...asked } = read(query, c.req.query());
    const userId = member === undefined ? undefined : userIdOf(member);
    if (member !== undefined && userId === undefined) return c.json({ actions: [], next: null });
    const found = history.actions({
      ...asked,
      ...(userId === undefined ? {} : { userId }),
      limit: ACTIONS_PAGE + 1,
      spaces: spaces.readable(c.get('me').userId),
    });
    const page = found.slice(0, ACTIONS_PAGE);
    const actions = page.map(({ user, sample, ...action }) => ({
      ...action,
      by: user === null ? null : memberIdFor(user),
      sample: sample.map(shown),
    }));
    return c.json({ actions, next: found.length > ACTIONS_PAGE ? (page.at(-1)?.id ?? null) : null });
  });

  app.get('/api/history/actions/:stamp', (c) => {
    const { after } = read(part, c.req.query());
    const rows = history.action(c.req.param('stamp'), {
      after,
      limit: ACTION_PAGE + 1,
      spaces: spaces.readable(c.get('me').userId),
    });
    const page = rows.slice(0, ACTION_PAGE);
    return c.json({ changes: page.map(shown), next: rows.length > ACTION_PAGE ? (page.at(-1)?.id ?? null) : null });
  });

  app.get('/api/history/as-of', (c) => {
    const asked = read(moment, c.req.query());
    const { at } = asked;
    const ask = { at, spaces: spaces.readable(c.get('me').userId) };
    const values = 'record' in asked ? history.valuesOf(asked.record, ask) : history.valuesAt(asked.kind, ask);
    return c.json({ at, values: values.map((value) => ({ ...value, old: parsed(value.old) })) });
  });

  return app;
}

function parsed(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}

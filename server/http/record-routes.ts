/**
 * Records over HTTP, derived from the registry: the same commands, the same log and the same live updates as in the app.
 * Reading a body is strict and reports every issue; fields an entity keeps for itself cannot be set.
 */
import { Hono } from 'hono';
import { addAppointment, editAppointment } from '../../shared/commands/appointment-commands.ts';
import { CommandRefused, type Tx } from '../../shared/commands/command.ts';
import { createDeal, moveDeal } from '../../shared/commands/deal-commands.ts';
import { createRecord, deleteRecords, editRecords } from '../../shared/commands/record-commands.ts';
import { addTask, editTask } from '../../shared/commands/task-commands.ts';
import { appointment } from '../../shared/entities/appointment.ts';
import { deal } from '../../shared/entities/deal.ts';
import { notice } from '../../shared/entities/notice.ts';
import { pipeline } from '../../shared/entities/pipeline.ts';
import { entities, isEntityName } from '../../shared/entities/registry.ts';
import { stage } from '../../shared/entities/stage.ts';
import { task } from '../../shared/entities/task.ts';
import type { AnyRecord, Changes, Entity } from '../../shared/model/entity.ts';
import { isRepeat } from '../../shared/model/repeat.ts';
import { isOwnMark, READ_ONLY, refusalOf } from '../../shared/model/rights.ts';
import { sortedPipelines, stagesOf, statusOf } from '../../shared/query/pipeline-view.ts';
import { formatRoomName, parseRoomName, TEAM_SPACE } from '../../shared/sync/room-names.ts';
import type { RoomRecords } from '../../shared/sync/room-records.ts';
import { type OwnWriteScope, writeOwn } from '../sync/own-writes.ts';
import { readJson } from './body.ts';
import { ApiError, type Issue } from './errors.ts';
import type { AppContext, AppEnv, Services } from './services.ts';
import { NO_SPACE } from './space-routes.ts';

/** A deal's column, by stage id. Its place inside the column is the board's business. */
const STAGE = 'stage';

/** How often a task or an appointment comes back: no column and in no file, but a program may write it. */
const REPEATS = 'repeats';
const REPEATING: ReadonlySet<string> = new Set([task.name, appointment.name]);
const BAD_RULE =
  'This repetition cannot be followed. Write it as iCalendar does (RFC 5545), like FREQ=WEEKLY;INTERVAL=2;COUNT=10, or leave it empty.';

/** What makes an appointment one that has a time; without any of them it is a title that waits for one. */
const TIMES = ['start', 'end', REPEATS] as const;

const DELETED = 'deleted';

const NOTICES_ARE_MADE = new ApiError(
  403,
  'not-allowed',
  'Rapport makes notices itself, from what people do. To tell somebody, mention them in a comment or give them a task.',
);
const NOT_YOUR_NOTICE = new ApiError(403, 'not-allowed', 'This notice is somebody else’s. Only they can change it.');

const PAGE = 100;
const LARGEST_PAGE = 1_000;

/** Behind `requireSession`. */
export function recordRoutes({ rooms, log, spaces, isAccount }: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  /** @throws ApiError 403 where the table of rights (shared/model/rights.ts) says no to one of the fields. */
  function writeScope(c: AppContext, entity: Entity, write: { id: string; fields: readonly string[] }): OwnWriteScope {
    const me = c.get('me');
    const isOwnNotice = () => ownerOf(c, entity, write.id) === me.memberId;
    if (entity.name === notice.name) {
      // What the app itself tells people comes with the step that causes it, over sync.
      if (write.id === '') throw NOTICES_ARE_MADE;
      if (!isOwnNotice()) throw NOT_YOUR_NOTICE;
      // Whose it is and what it says stays as it was told.
      if (write.fields.some((field) => field !== DELETED && !isOwnMark(field))) throw NOTICES_ARE_MADE;
    }
    const facts = { role: me.role, room: entity.room, roomOf: () => entity.room, isAccount, isOwnNotice };
    for (const path of write.fields) {
      const refusal = refusalOf({ entity: entity.name, id: write.id, path }, facts);
      if (refusal !== null) throw new ApiError(403, refusal === READ_ONLY ? 'read-only' : 'not-allowed', refusal);
    }
    // Commands look things up in the workspace room (stages, members) whatever they write.
    return {
      actor: { userId: me.userId, memberId: me.memberId },
      kinds: [...new Set([entity.room, 'workspace' as const])],
      spaces: spaces.of(me.userId).map(({ id }) => id),
    };
  }

  /** The rooms of the asker's spaces that an entity's records are in: one each, or a timeline for each year. */
  function recordsOf(c: AppContext, entity: Entity): readonly RoomRecords[] {
    const among = spaces.readable(c.get('me').userId);
    if (entity.room !== 'timeline') {
      const names = among.map((space) => formatRoomName({ space, kind: entity.room, year: null, generation: 1 }));
      return names.filter((name) => log.hasRoom(name)).map((name) => rooms.open(name).records);
    }
    return log.roomNames().flatMap((name) => {
      const parsed = parseRoomName(name);
      const isAsked = parsed !== null && among.includes(parsed.space) && parsed.kind === 'timeline';
      return isAsked ? [rooms.open(name).records] : [];
    });
  }

  function ownerOf(c: AppContext, entity: Entity, id: string): unknown {
    return recordsOf(c, entity)
      .find((records) => records.get(id) !== undefined)
      ?.get(id)?.owner;
  }

  /** `?space=` says where a new record goes; the team's when left out. */
  function newIn(c: AppContext): Pick<OwnWriteScope, 'newIn'> {
    const space = c.req.query('space');
    if (space === undefined || space === TEAM_SPACE) return {};
    if (!spaces.isMember(space, c.get('me').userId)) throw NO_SPACE;
    return { newIn: space };
  }

  function find(c: AppContext, entity: Entity, id: string): AnyRecord {
    for (const records of recordsOf(c, entity)) {
      const record = records.get(id);
      if (record !== undefined && record.entity === entity.name && !record.deleted) return record;
    }
    throw new ApiError(404, 'missing', `There is no such ${entity.label.toLowerCase()}.`);
  }

  /** References to what was merged are not rewritten: this is how a reader follows them, to the end of all merges. */
  function mergesOf(c: AppContext, entity: Entity, id: string): { livesOnIn?: string; mergedFrom?: readonly string[] } {
    const merges = recordsOf(c, entity)
      .find((records) => records.get(id) !== undefined)
      ?.merges();
    const survivor = merges?.survivorOf(id) ?? id;
    if (survivor !== id) return { livesOnIn: survivor };
    const mergedFrom = merges?.mergedFrom(id) ?? [];
    return mergedFrom.length === 0 ? {} : { mergedFrom };
  }

  app.get('/api/records/:entity', (c) => {
    const entity = entityOf(c);
    const limit = Math.min(LARGEST_PAGE, Math.max(1, Number(c.req.query('limit') ?? PAGE) || PAGE));
    const after = c.req.query('after') ?? '';
    const found = recordsOf(c, entity).flatMap((records) =>
      [...records.ids(entity.name)].map((id) => ({ id, records })),
    );
    const rest = found.filter(({ id }) => id > after).sort((left, right) => (left.id < right.id ? -1 : 1));
    const page: AnyRecord[] = [];
    for (const { id, records } of rest) {
      const record = records.get(id);
      if (record !== undefined && !record.deleted && record.mergedInto === null) page.push(record);
      if (page.length > limit) break;
    }
    const shown = page.slice(0, limit);
    return c.json({ records: shown, next: page.length > limit ? (shown.at(-1)?.id ?? null) : null });
  });

  app.get('/api/records/:entity/:id', (c) => {
    const entity = entityOf(c);
    const record = find(c, entity, c.req.param('id'));
    return c.json({ record, ...mergesOf(c, entity, record.id) });
  });

  app.post('/api/records/:entity', async (c) => {
    const entity = entityOf(c);
    const values = valuesOf(entity, await readJson(c), 'all');
    const scope = { ...writeScope(c, entity, { id: '', fields: [''] }), ...newIn(c) };
    const id = writeOwn(rooms, scope, (tx) => create(tx, entity, values));
    return c.json({ record: find(c, entity, id) }, 201);
  });

  app.patch('/api/records/:entity/:id', async (c) => {
    const entity = entityOf(c);
    const { id } = find(c, entity, c.req.param('id'));
    const changes = valuesOf(entity, await readJson(c), 'given');
    const scope = writeScope(c, entity, { id, fields: Object.keys(changes) });
    writeOwn(rooms, scope, (tx) => edit(tx, entity, { id, changes }));
    return c.json({ record: find(c, entity, id) });
  });

  app.delete('/api/records/:entity/:id', (c) => {
    const entity = entityOf(c);
    const { id } = find(c, entity, c.req.param('id'));
    const scope = writeScope(c, entity, { id, fields: [DELETED] });
    writeOwn(rooms, scope, (tx) => deleteRecords(tx, { entity, ids: [id] }));
    return c.json({ ok: true });
  });

  return app;
}

function entityOf(c: AppContext): Entity {
  const name = c.req.param('entity') ?? '';
  if (!isEntityName(name)) throw new ApiError(404, 'no-such-entity', 'There is no such kind of record.');
  return entities[name];
}

type Values = Readonly<Record<string, unknown>>;

/** @throws ApiError 422 with every issue. */
function valuesOf(entity: Entity, body: unknown, expected: 'all' | 'given'): Values {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(422, 'invalid', 'A record is a JSON object of field values.');
  }
  const issues: Issue[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(body)) {
    if (entity.name === deal.name && name === STAGE && typeof raw === 'string') {
      values[STAGE] = raw;
      continue;
    }
    if (REPEATING.has(entity.name) && name === REPEATS) {
      const rule = raw === null ? '' : raw;
      if (typeof rule === 'string' && (rule === '' || isRepeat(rule))) values[REPEATS] = rule;
      else issues.push({ field: name, code: 'invalid', message: BAD_RULE });
      continue;
    }
    const field = Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined;
    if (field === undefined || field.hidden) {
      issues.push({ field: name, code: 'unknown', message: `${entity.label} has no field “${name}”.` });
      continue;
    }
    // Texts are read as a person's typing is; structured values come as they are stored.
    const parsed = typeof raw !== 'string' && field.accepts(raw) ? { ok: true as const, value: raw } : field.parse(raw);
    if (parsed.ok) values[name] = parsed.value;
    else issues.push({ field: name, ...parsed.issue });
  }
  for (const [name, field] of Object.entries(entity.fields)) {
    if (expected === 'all' && field.required && !field.hidden && !Object.hasOwn(body, name)) {
      issues.push({ field: name, code: 'required', message: `${field.label} cannot be empty.` });
    }
  }
  if (issues.length > 0) throw new ApiError(422, 'invalid', issues[0]?.message ?? 'Some values are not right.', issues);
  return values;
}

/**
 * As in the app: a deal is more than its fields, it stands in a column, and its moves are remembered. What repeats is checked
 * against its day and counted from a new one, a task that is done makes the next one, and nothing ends before it starts.
 */
function create(tx: Tx, entity: Entity, values: Values): string {
  if (entity.name === task.name) return addTask(tx, { owner: null, ...values } as Changes<typeof task>);
  if (entity.name === appointment.name && TIMES.some((name) => values[name])) {
    return addAppointment(tx, { owner: null, ...values } as Changes<typeof appointment>);
  }
  if (entity.name !== deal.name) return createRecord(tx, { entity, values: values as Changes<Entity> });
  const { [STAGE]: stageId, ...rest } = values;
  return createDeal(tx, { stageId: stageIdFrom(stageId) ?? firstStage(tx), values: rest as Changes<typeof deal> });
}

function edit(tx: Tx, entity: Entity, { id, changes }: { id: string; changes: Values }): void {
  if (entity.name === task.name) editTask(tx, { id, changes: changes as Changes<typeof task> });
  else if (entity.name === appointment.name) {
    editAppointment(tx, { id, changes: changes as Changes<typeof appointment> });
  } else if (entity.name === deal.name) {
    const { [STAGE]: asked, ...rest } = changes;
    const stageId = stageIdFrom(asked);
    if (stageId !== undefined && tx.get(deal, id)?.place[1] !== stageId) moveDeal(tx, { id, to: { stageId } });
    editRecords(tx, { entity: deal, ids: [id], changes: rest as Changes<typeof deal> });
  } else editRecords(tx, { entity, ids: [id], changes: changes as Changes<Entity> });
}

const stageIdFrom = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Where a new deal begins: the first open stage of the first pipeline that has one. */
function firstStage(tx: Tx): string {
  const stages = [...tx.all(stage)];
  for (const { id } of sortedPipelines(tx.all(pipeline))) {
    const first = stagesOf(stages, id).find((each) => statusOf(each) === 'open');
    if (first !== undefined) return first.id;
  }
  throw new CommandRefused('not-ready', 'There is no open pipeline stage to put a deal into yet.');
}

/**
 * Puts a server together from its parts: data folder, rooms, accounts, HTTP, sockets. Used by main.ts (production), dev.ts
 * and tests alike, which differ only in who serves the client.
 */
import { readdirSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { memberIdFor } from '../shared/entities/member.ts';
import { CLOSE } from '../shared/sync/protocol.ts';
import { createAuth, type Passwords } from './auth/auth.ts';
import { createBackups } from './backup/backups.ts';
import { plainExport } from './backup/plain-export.ts';
import { type Config, FILE_LIMITS } from './config.ts';
import { createApp } from './http/app.ts';
import { isAllowedOrigin } from './http/origins.ts';
import { ensureStandardRooms, ensureTimeline } from './http/room-routes.ts';
import type { Operations, Services } from './http/services.ts';
import { whoIs } from './http/session.ts';
import { currentWorkspaceName } from './http/workspace-info.ts';
import { noteMemberAccounts } from './member-accounts.ts';
import { createPush, type PushOptions } from './push/push.ts';
import { newSetupCode } from './setup-code.ts';
import { StartRefused } from './start-refused.ts';
import { createAccess } from './storage/access.ts';
import { createAccounts } from './storage/accounts.ts';
import { verifyBackup, writeBackup } from './storage/backup-file.ts';
import { changePages } from './storage/change-pages.ts';
import { DATABASE_FILE, openDataFolder } from './storage/data-folder.ts';
import { createErasures } from './storage/erasures.ts';
import { createFileStore, removeMirrored } from './storage/file-store.ts';
import { createHistory } from './storage/history.ts';
import { createInvitations } from './storage/invitations.ts';
import {
  beginEpoch,
  beginLine,
  identityOf,
  newestSeq,
  recoveryOf,
  setRecovery,
  setTrashDays,
  trashDaysOf,
} from './storage/meta.ts';
import { schemaVersion } from './storage/migrate.ts';
import { createPushSubscriptions } from './storage/push-subscriptions.ts';
import { restoreBackup } from './storage/restore-file.ts';
import { compactIfDue, compactInQuiet, NOT_COMPACTED } from './storage/scrubbing.ts';
import { createSnapshotShelf } from './storage/snapshot-shelf.ts';
import { createSpaces } from './storage/spaces.ts';
import { createUpdateLog } from './storage/update-log.ts';
import { resumeErasures } from './sync/erase-person.ts';
import { emptyTrashByTheClock } from './sync/purge.ts';
import { exportRooms } from './sync/room-texts.ts';
import { createRooms, type RoomsOptions } from './sync/rooms.ts';
import { serveSync } from './sync/socket.ts';

export interface ServerParts {
  readonly build: string;
  /** Serves the built client; null when `listener` does that itself. */
  readonly client: MiddlewareHandler | null;
  /** Stands in front of the app: development puts Vite here. */
  readonly wrap?: (app: RequestListener, http: Server) => RequestListener;
  readonly report: (message: string, error?: unknown) => void;
  /** Ends this server, does the work on its data, and starts it again. Without it a backup is restored by hand only. */
  readonly restart?: (work: () => Promise<unknown>) => void;
  /** For tests of what normally takes minutes. */
  readonly rooms?: Pick<RoomsOptions, 'tidyMs' | 'fewestKeys'>;
  /** For tests of what normally takes seconds and a push service. */
  readonly push?: Pick<PushOptions, 'alsoTo' | 'waitMs'>;
  /** See `AuthOptions`. */
  readonly passwords?: Passwords;
}

export interface RunningServer {
  readonly port: number;
  /** What the first visitor must enter; null when there is a workspace, or only this machine can reach the server. */
  readonly setupCode: string | null;
  readonly http: Server;
  /** Ends requests and sockets, writes everything, gives the data folder free. */
  close(): Promise<void>;
}

const NO_BACKUPS_BY_CLOCK = { everyMinutes: 0, retention: { hours: 48, days: 30 } };

/** A request that takes longer than this does not hold up the end. */
const LAST_REQUESTS_MS = 3_000;

/** Longer than proxies keep an idle line (a minute): whoever closes first must not be us, while a request is on its way. */
const IDLE_LINE_MS = 75_000;

/** @throws StartRefused with a sentence for whoever started it. */
export async function startServer(config: Config, parts: ServerParts): Promise<RunningServer> {
  const { build, client, report } = parts;
  const folder = openDataFolder(config.dataFolder);
  const { db } = folder;
  const history = createHistory(db);
  const erasures = createErasures(db);
  const log = createUpdateLog(db, Date.now, folder.witness.note);
  if (folder.warning !== null) report(folder.warning);
  ensureStandardRooms(log, Date.now());
  const identity = { ...identityOf(db) };
  /** Asked for with every message. */
  let recovery = recoveryOf(db);
  const readStanding = () => {
    Object.assign(identity, identityOf(db));
    recovery = recoveryOf(db);
  };
  const accounts = createAccounts(db);
  const access = createAccess(db);
  const spaces = createSpaces(db);
  const isAccount = (memberId: string) =>
    [...accounts.all(), ...accounts.allRemoved()].some(({ id }) => memberIdFor(id) === memberId);
  const shelf = createSnapshotShelf(folder.path, report);
  const rooms = createRooms({
    ...parts.rooms,
    log,
    shelf,
    movedTo: (record) => spaces.movedTo(record),
    erased: erasures,
    report,
  });
  const publicUrl = config.publicUrl;
  const auth = createAuth({
    db,
    secret: identity.authSecret,
    ...(parts.passwords === undefined ? {} : { passwords: parts.passwords }),
    publicUrl: publicUrl ?? `http://localhost:${config.port}`,
    report,
  });

  const http = createHttpServer({ keepAliveTimeout: IDLE_LINE_MS });
  const sockets = serveSync(http, {
    rooms,
    server: {
      build,
      get serverId() {
        return identity.serverId;
      },
      get epoch() {
        return identity.epoch;
      },
      recovery: () => recovery,
      onBehind: (reason) => {
        report(reason);
        beginEpoch(db, { reason, at: Date.now() });
        readStanding();
        folder.witness.begin({ epoch: identity.epoch, seq: newestSeq(db) });
        rejoinAll();
      },
    },
    async authenticate(request) {
      // All that matters of them, and making them is a good part of letting somebody in.
      const me = await whoIs({ auth, accounts }, new Headers({ cookie: request.headers.cookie ?? '' }));
      if (me === null) return null;
      accounts.markSeen(me.userId);
      access.sessions.markSeen(me.sessionId);
      return { id: me.userId, memberId: me.memberId, name: me.name, role: me.role, sessionId: me.sessionId };
    },
    isStillSignedIn: (user) => accounts.isSessionValid(user.sessionId) && accounts.byId(user.id)?.role === user.role,
    isAccount,
    isAllowedOrigin: (origin, host) => isAllowedOrigin(origin, host, publicUrl),
    hasRoom: (name, user) =>
      spaces.mayEnter(name, user.id) && (log.hasRoom(name) || ensureTimeline(log, name, Date.now())),
    sharesUpgrades: client === null,
    report,
  });
  /** Everybody comes back at once and is told anew how things stand. */
  function rejoinAll(): void {
    sockets.closeWhere(() => true, CLOSE.goingAway, 'The server has news about its data.');
  }
  const files = createFileStore(folder.path, config.files ?? FILE_LIMITS);
  const backupFolder = config.backups?.folder ?? join(config.dataFolder, 'backups');
  const backups = createBackups({
    ...(config.backups ?? NO_BACKUPS_BY_CLOCK),
    folder: backupFolder,
    // The records first: what they point to and the server has is then among the files.
    async write(target) {
      await writeBackup(db, target);
      await files.mirrorTo(backupFolder);
      // Content of people who were erased stays for the backups from before, as long as there are any.
      const oldest = backups.list().at(-1)?.at ?? 0;
      forgetFilesBeside(erasures.filesErasedUntil(oldest));
    },
    writesSoFar: () => (db.prepare('SELECT total_changes()').pluck().get() as number) + files.stored(),
    now: Date.now,
    report,
  });
  function forgetFilesBeside(hashes: readonly string[]): void {
    // Somebody may have added the same content again.
    removeMirrored(
      backupFolder,
      hashes.filter((hash) => !files.has(hash)),
    );
  }
  const operations: Operations = {
    backups,
    async forgetOlderBackups() {
      const count = await backups.keepOnlyNewest();
      forgetFilesBeside(erasures.filesErasedUntil(Date.now()));
      for (const name of readdirSync(folder.path)) {
        if (name.startsWith(`${DATABASE_FILE}.before-restore-`)) rmSync(join(folder.path, name), { force: true });
      }
      return count;
    },
    exportEverything: (among) =>
      plainExport({
        workspaceName: currentWorkspaceName(services),
        rooms: () => exportRooms(services, among),
        changes: () => changePages(db, among),
        files,
        at: Date.now(),
      }),
    verify: verifyBackup,
    restore:
      parts.restart === undefined
        ? null
        : (file, mode) =>
            parts.restart?.(() => restoreBackup({ folder: config.dataFolder, file, mode, at: Date.now() })),
    recovery: () => recovery,
    decideRecovery(decision) {
      rooms.services.committer.flush();
      if (decision === 'revert') beginLine(db);
      else if (decision === 'finish') setRecovery(db, { state: 'none', reason: '', since: 0 });
      else setRecovery(db, { ...recovery, state: 'recovering' });
      readStanding();
      folder.witness.begin({ epoch: identity.epoch, seq: newestSeq(db) });
      rejoinAll();
    },
  };
  const trashDays = () => trashDaysOf(db) ?? config.trashDays ?? 0;
  const trashClock = emptyTrashByTheClock({ rooms, history, spaces, days: trashDays, now: Date.now, report });
  // Rooms that nobody looks at are unloaded after a minute.
  const isQuiet = () => rooms.loaded().length === 0;
  const stopCompacting = compactInQuiet({ db, isQuiet, idle: () => backups.idle(), report });
  const subscriptions = createPushSubscriptions(db);
  const push = createPush({
    ...parts.push,
    subscriptions,
    rooms,
    users: () => accounts.all().map(({ id }) => id),
    contact: publicUrl?.startsWith('https:') ? publicUrl : 'mailto:nobody@localhost.invalid',
    report,
  });
  const setupCode = accounts.needsSetup() ? newSetupCode(config) : null;
  const services: Services = {
    operations,
    files,
    push: { push, subscriptions },
    trashClock: {
      days: trashDays,
      setDays(days) {
        setTrashDays(db, days);
        trashClock.begin();
      },
    },
    auth,
    accounts,
    access,
    invitations: createInvitations(db),
    history,
    erasures,
    spaces,
    rooms,
    log,
    identity,
    build,
    publicUrl,
    proxies: config.proxies ?? 0,
    schemaVersion: () => schemaVersion(db),
    endSession: (sessionId) =>
      sockets.closeWhere((user) => user.sessionId === sessionId, CLOSE.signedOut, 'You signed out.'),
    closeSockets: (matches, reason) => sockets.closeWhere(matches, CLOSE.forbidden, reason),
    closeSpace: (space, userId) =>
      sockets.closeWhere(
        (user, room) => user.id === userId && room.startsWith(`${space}.`),
        CLOSE.noSuchRoom,
        'There is no such room.',
      ),
    isAccount,
    setupCode,
    now: Date.now,
    report,
  };
  const app = createApp(services, client ?? undefined);
  const listener: RequestListener = getRequestListener(app.fetch);
  http.on('request', parts.wrap?.(listener, http) ?? listener);

  const closeParts = async () => {
    await backups.stop();
    trashClock.stop();
    stopCompacting();
    push.stop();
    rooms.close();
    folder.close();
  };
  try {
    const resumed = await resumeErasures({ rooms, log, erasures, files, spaces });
    if (resumed > 0) report(`${resumed} records of people who were erased are taken away again`);
  } catch (error) {
    report('Not all of what was to be erased is gone; it is tried again at the next start', error);
  }
  try {
    if (recovery.state === 'none') noteMemberAccounts({ accounts, rooms });
  } catch (error) {
    report('It could not be noted in the profiles whose accounts they are; it is tried again at the next start', error);
  }
  try {
    compactIfDue(db);
  } catch (error) {
    report(NOT_COMPACTED, error);
  }
  try {
    await listen(http, config);
  } catch (error) {
    sockets.close();
    await closeParts();
    throw error;
  }
  return {
    port: (http.address() as AddressInfo).port,
    setupCode,
    http,
    async close() {
      sockets.close();
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeIdleConnections();
      const impatience = setTimeout(() => http.closeAllConnections(), LAST_REQUESTS_MS);
      await closed;
      clearTimeout(impatience);
      await closeParts();
    },
  };
}

function listen(http: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      reject(explained(error, host, port));
    });
    http.listen(port, host, resolve);
  });
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is already in use, perhaps by another Rapport. Your data is safe. Stop the other program, or set PORT to a free port.`,
    EACCES: `This user may not listen on port ${port}. Your data is safe. Set PORT to a number above 1023.`,
    EADDRNOTAVAIL: `This machine has no address “${host}”. Your data is safe. Set HOST to one it has, or leave it out.`,
    ENOTFOUND: `“${host}” is no address of this machine. Your data is safe. Set HOST to one it has, or leave it out.`,
  };
  const sentence = sentences[error.code ?? ''];
  return sentence === undefined ? error : new StartRefused(sentence, { cause: error });
}

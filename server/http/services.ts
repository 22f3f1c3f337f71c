/** What the HTTP side works with; put together in server/server.ts. */
import type { Context } from 'hono';
import type { Role } from '../../shared/sync/protocol.ts';
import type { Auth } from '../auth/auth.ts';
import type { Backups } from '../backup/backups.ts';
import type { Access } from '../storage/access.ts';
import type { Accounts } from '../storage/accounts.ts';
import type { Erasures } from '../storage/erasures.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { History } from '../storage/history.ts';
import type { Invitations } from '../storage/invitations.ts';
import type { Identity, Recovery } from '../storage/meta.ts';
import type { RestoreMode } from '../storage/restore-file.ts';
import type { Spaces } from '../storage/spaces.ts';
import type { UpdateLog } from '../storage/update-log.ts';
import type { Rooms } from '../sync/rooms.ts';
import type { PushServices } from './push-routes.ts';

export interface Services {
  readonly auth: Auth;
  readonly accounts: Accounts;
  readonly access: Access;
  readonly invitations: Invitations;
  readonly rooms: Rooms;
  readonly log: UpdateLog;
  readonly history: History;
  readonly erasures: Erasures;
  readonly spaces: Spaces;
  readonly identity: Identity;
  readonly build: string;
  /** Set by PUBLIC_URL; null when people come by whatever name the server has. */
  readonly publicUrl: string | null;
  /** See client-address.ts; none when left out. */
  readonly proxies?: number;
  /** Version of the database's schema; throws when the database does not answer. */
  readonly schemaVersion: () => number;
  /** Ends open sync sockets of a session. */
  readonly endSession: (sessionId: string) => void;
  /** Ends open sync sockets of people whose access changed; they ask who they are and come back if they may. */
  readonly closeSockets: (
    matches: (user: { readonly id: string; readonly sessionId: string }, room: string) => boolean,
    reason: string,
  ) => void;
  /** Ends a person's open sync sockets in the rooms of a space: from now on there are no such rooms for them. */
  readonly closeSpace: (space: string, userId: string) => void;
  /** Whether a member record stands for an account, of somebody who left too. */
  readonly isAccount: (memberId: string) => boolean;
  /** What the first visitor must enter; null where only this machine can reach the server. */
  readonly setupCode: string | null;
  /** Backups, export and recovery; a server without a data folder (tests) has none. */
  readonly operations?: Operations;
  /** The bytes of files on records; a server without a data folder has none. */
  readonly files?: FileStore;
  /** When the trash is emptied by itself. */
  readonly trashClock: TrashSetting;
  /** Telling people while their app is closed. */
  readonly push?: PushServices;
  readonly now: () => number;
  readonly report: (message: string, error?: unknown) => void;
}

export interface TrashSetting {
  /** After so many days; 0 = never. */
  days(): number;
  setDays(days: number): void;
}

export interface Operations {
  readonly backups: Backups;
  /** Everything of these spaces as a zip that needs no Rapport to read. */
  exportEverything(spaces: readonly string[]): AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Makes a backup and deletes those from before, and what else is left of former data. Returns how many went. */
  forgetOlderBackups(): Promise<number>;
  /** Reads the whole file. @throws BackupUnusable */
  verify(file: string): Promise<unknown>;
  /** Ends the server, puts the backup in the place of its data and starts it again; null where only the command can. */
  readonly restore: ((file: string, mode: RestoreMode) => void) | null;
  recovery(): Recovery;
  /** `recover`: devices bring back what they know. `revert`: the server's data counts. `finish`: nobody is left who knows more. */
  decideRecovery(decision: 'recover' | 'revert' | 'finish'): void;
}

export interface SignedIn {
  readonly sessionId: string;
  readonly userId: string;
  readonly memberId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** `c.get('me')` is there behind `requireSession`. */
export interface AppEnv {
  Variables: { me: SignedIn; clientAddress: string };
}

export type AppContext = Context<AppEnv>;

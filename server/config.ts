/** What can be set from outside, read once at start. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import type { Retention } from './backup/backups.ts';
import { StartRefused } from './start-refused.ts';
import type { FileLimits } from './storage/file-store.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Everything the server stores. */
  readonly dataFolder: string;
  /** Where people reach this server, when that is not the address it listens on; null when not set. */
  readonly publicUrl: string | null;
  /** How many proxies of ours stand in front: so many entries of X-Forwarded-For are believed. None when left out. */
  readonly proxies?: number;
  /** Days after which what is in the trash goes for good; 0 or left out = never by itself. */
  readonly trashDays?: number;
  /** Left out: none by the clock, and those on command in `backups` of the data folder. */
  readonly backups?: BackupConfig;
  /** How large files on records may be. Left out: the defaults of `FILE_LIMITS`. */
  readonly files?: FileLimits;
}

export interface BackupConfig {
  readonly folder: string;
  /** 0 = none by the clock. */
  readonly everyMinutes: number;
  readonly retention: Retention;
}

const DEFAULT_PORT = 8787;
const MB = 1_000_000;
/** What a mail server takes at most, several times over; and what a small machine's disk has room for. */
export const FILE_LIMITS: FileLimits = { largest: 100 * MB, quota: 20_000 * MB };

/** @throws StartRefused for a value that cannot be used. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  return {
    host: env.HOST || '0.0.0.0',
    port: readPort(env.PORT),
    dataFolder: env.DATA_DIR || './data',
    publicUrl: readPublicUrl(env.PUBLIC_URL),
    proxies: readProxies(env.TRUSTED_PROXIES),
    trashDays: readWhole(env, 'TRASH_DAYS', 30),
    backups: {
      folder: env.BACKUP_DIR || join(env.DATA_DIR || './data', 'backups'),
      everyMinutes: readWhole(env, 'BACKUP_EVERY_MINUTES', 60),
      retention: {
        hours: readWhole(env, 'BACKUP_KEEP_HOURS', 48),
        days: readWhole(env, 'BACKUP_KEEP_DAYS', 30),
      },
    },
    files: {
      largest: readWhole(env, 'FILE_MAX_MB', FILE_LIMITS.largest / MB) * MB,
      quota: readWhole(env, 'FILES_QUOTA_MB', FILE_LIMITS.quota / MB) * MB,
    },
  };
}

function readWhole(env: Readonly<Record<string, string | undefined>>, name: string, fallback: number): number {
  const raw = env[name];
  if (raw === undefined || raw === '') return fallback;
  const value = Number(raw);
  if (Number.isInteger(value) && value >= 0 && value <= 1_000_000) return value;
  throw new StartRefused(
    `${name} is “${raw}”, which is no whole number. Nothing was changed. Set it to one, or leave it out for ${fallback}.`,
  );
}

function readPort(raw: string | undefined): number {
  if (raw === undefined || raw === '') return DEFAULT_PORT;
  const port = Number(raw);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StartRefused(
      `PORT is “${raw}”, which is no port number. Nothing was changed. Set it to a number from 1 to 65535, or leave it out for ${DEFAULT_PORT}.`,
    );
  }
  return port;
}

function readProxies(raw: string | undefined): number {
  const proxies = Number(raw ?? '0');
  if (!Number.isInteger(proxies) || proxies < 0 || proxies > 9) {
    throw new StartRefused(
      `TRUSTED_PROXIES is “${raw}”, which is no number of proxies. Nothing was changed. Set it to how many stand in front of this server, usually 1, or leave it out for none.`,
    );
  }
  return proxies;
}

function readPublicUrl(raw: string | undefined): string | null {
  if (raw === undefined || raw === '') return null;
  if (!URL.canParse(raw) || !/^https?:$/.test(new URL(raw).protocol)) {
    throw new StartRefused(
      `PUBLIC_URL is “${raw}”, which is no web address. Nothing was changed. Set it to something like https://crm.example.com, or leave it out.`,
    );
  }
  return new URL(raw).origin;
}

/**
 * Names this build: the version, and a hash of the built page, which names every file of the client.
 *
 * @param page the client's index.html; null in development, where it is made as one goes.
 */
export function buildName(page: string | null): string {
  const { version } = packageJson;
  if (page === null) return `${version}-dev`;
  return `${version}+${createHash('sha256').update(page).digest('hex').slice(0, 8)}`;
}

/** The built client, seen from `server/` and from `dist/server/` alike. */
export function findClientFolder(from: string): string {
  const here = fileURLToPath(from);
  return here.includes('/dist/') || here.includes('\\dist\\')
    ? fileURLToPath(new URL('../client', from))
    : fileURLToPath(new URL('../dist/client', from));
}

/** @throws StartRefused when the client was not built. */
export function readClientPage(folder: string): string {
  try {
    return readFileSync(`${folder}/index.html`, 'utf8');
  } catch (error) {
    throw new StartRefused(
      `The app was not built: there is no index.html in ${folder}. Nothing was changed. Run "npm run build", or "npm start", which does that first.`,
      { cause: error },
    );
  }
}

/** Backups and recovery on the server; all of this needs a connection. */

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export interface Backup {
  readonly name: string;
  /** Epoch ms. */
  readonly at: number;
  readonly kind: 'hourly' | 'manual';
  readonly bytes: number;
}

export interface BackupList {
  /** Newest first. */
  readonly backups: readonly Backup[];
  /** 0 = none by the clock. */
  readonly everyMinutes: number;
  readonly keepHours: number;
  readonly keepDays: number;
  /** Why the last one was not made; null when it was. */
  readonly problem: string | null;
}

export interface Recovery {
  readonly state: 'none' | 'awaiting' | 'recovering';
  readonly reason: string;
}

export async function readBackups(): Promise<Answer<BackupList>> {
  const answer = await ask('/api/backups');
  if (!answer.ok) return answer;
  const { backups, everyMinutes, retention, problem } = objectOf(answer.value);
  const { hours, days } = objectOf(retention);
  return {
    ok: true,
    value: {
      backups: Array.isArray(backups) ? backups.map(readBackup) : [],
      everyMinutes: numberOf(everyMinutes),
      keepHours: numberOf(hours),
      keepDays: numberOf(days),
      problem: typeof problem === 'string' ? problem : null,
    },
  };
}

export async function readRecovery(): Promise<Answer<Recovery>> {
  const answer = await ask('/api/recovery');
  return answer.ok ? { ok: true, value: recoveryIn(answer.value) } : answer;
}

export const backUpNow = () => ask('/api/backups', {});

export const restore = (name: string, mode: 'recover' | 'revert') =>
  ask(`/api/backups/${encodeURIComponent(name)}/restore`, { mode });

export async function decide(decision: 'recover' | 'revert' | 'finish'): Promise<Answer<Recovery>> {
  const answer = await ask('/api/recovery', { decision });
  return answer.ok ? { ok: true, value: recoveryIn(answer.value) } : answer;
}

export const backupUrl = (name: string) => `/api/backups/${encodeURIComponent(name)}`;
export const EXPORT_URL = '/api/export';

const OFFLINE = 'This needs your server, which cannot be reached right now. Everything else keeps working.';

async function ask(path: string, body?: object): Promise<Answer<unknown>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: body ? 'POST' : 'GET',
      cache: 'no-store',
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch {
    return { ok: false, message: OFFLINE };
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return { ok: true, value: answer };
  const { message } = objectOf(objectOf(answer).error);
  return { ok: false, message: typeof message === 'string' ? message : OFFLINE };
}

function readBackup(raw: unknown): Backup {
  const { name, at, kind, bytes } = objectOf(raw);
  return {
    name: typeof name === 'string' ? name : '',
    at: numberOf(at),
    kind: kind === 'hourly' ? 'hourly' : 'manual',
    bytes: numberOf(bytes),
  };
}

function recoveryIn(raw: unknown): Recovery {
  const { state, reason } = objectOf(raw);
  return {
    state: state === 'awaiting' || state === 'recovering' ? state : 'none',
    reason: typeof reason === 'string' ? reason : '',
  };
}

const objectOf = (raw: unknown): Partial<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null ? raw : {};
const numberOf = (raw: unknown): number => (typeof raw === 'number' ? raw : 0);

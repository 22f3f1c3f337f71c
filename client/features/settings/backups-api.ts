/** Backups and recovery on the server; all of this needs a connection. */
import { type Answer, ask, listOf, numberOf, objectOf, post, textOf } from '../../data/ask.ts';

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
  const { everyMinutes, retention, problem } = objectOf(answer.value);
  const { hours, days } = objectOf(retention);
  return {
    ok: true,
    value: {
      backups: listOf(answer.value, 'backups').map(readBackup),
      everyMinutes: numberOf(everyMinutes) ?? 0,
      keepHours: numberOf(hours) ?? 0,
      keepDays: numberOf(days) ?? 0,
      problem: typeof problem === 'string' ? problem : null,
    },
  };
}

export async function readRecovery(): Promise<Answer<Recovery>> {
  const answer = await ask('/api/recovery');
  return answer.ok ? { ok: true, value: recoveryIn(answer.value) } : answer;
}

export const backUpNow = () => post('/api/backups', {});

export const restore = (name: string, mode: 'recover' | 'revert') =>
  post(`/api/backups/${encodeURIComponent(name)}/restore`, { mode });

export async function decide(decision: 'recover' | 'revert' | 'finish'): Promise<Answer<Recovery>> {
  const answer = await post('/api/recovery', { decision });
  return answer.ok ? { ok: true, value: recoveryIn(answer.value) } : answer;
}

export const backupUrl = (name: string) => `/api/backups/${encodeURIComponent(name)}`;
export const EXPORT_URL = '/api/export';

function readBackup(raw: unknown): Backup {
  const { name, at, kind, bytes } = objectOf(raw);
  return {
    name: textOf(name),
    at: numberOf(at) ?? 0,
    kind: kind === 'hourly' ? 'hourly' : 'manual',
    bytes: numberOf(bytes) ?? 0,
  };
}

function recoveryIn(raw: unknown): Recovery {
  const { state, reason } = objectOf(raw);
  return {
    state: state === 'awaiting' || state === 'recovering' ? state : 'none',
    reason: textOf(reason),
  };
}

/**
 * The words of the sync pill and its popover (design guide, 5.6). Rules: "synced" only when it is true, never "saved"
 * without where, and always how many changes still have to travel.
 */
import type { SyncState } from '../data/sync-status.ts';
import { formatAge, formatCount, formatPlural, formatTime } from '../fields/format.ts';
import type { SyncLook } from '../ui/sync-pill.tsx';

export interface SyncFacts {
  readonly state: SyncState;
  readonly waitingCount: number;
  readonly refusedCount: number;
  readonly incomingCount: number;
  /** Epoch ms; null = never on this device, or connected. */
  readonly lastSyncedAt: number | null;
  readonly offlineSince: number | null;
  readonly now: number;
}

export interface SyncWords {
  readonly look: SyncLook;
  readonly label: string;
  readonly detail: string;
}

export function pillWords(facts: SyncFacts): SyncWords {
  const { waitingCount, incomingCount, refusedCount } = facts;
  switch (facts.state) {
    case 'synced':
      return { look: 'synced', label: 'Synced', detail: 'just now' };
    case 'sending':
      return { look: 'syncing', label: `Sending ${changes(waitingCount)}`, detail: '' };
    case 'catching-up':
      return { look: 'syncing', label: 'Catching up', detail: incomingCount > 0 ? changes(incomingCount) : '' };
    case 'offline':
      return {
        look: 'offline',
        label: 'Offline',
        detail: waitingCount > 0 ? `${formatCount(waitingCount)} to sync` : 'all sent',
      };
    case 'needs-you':
      return { look: 'attention', label: 'Needs you', detail: changes(refusedCount) };
    case 'signed-out':
      return { look: 'offline', label: 'Sign in to sync', detail: waitingCount > 0 ? waiting(waitingCount) : '' };
    case 'reload-needed':
      return { look: 'attention', label: 'Reload to keep syncing', detail: '' };
    case 'device-full':
      return { look: 'attention', label: 'Device almost full', detail: '' };
    case 'not-saved':
      return { look: 'attention', label: 'Not saved', detail: waitingCount > 0 ? waiting(waitingCount) : '' };
  }
}

/** Heading and sentence of the popover. */
export function popoverWords(facts: SyncFacts): { readonly title: string; readonly text: string } {
  const { waitingCount, offlineSince, lastSyncedAt, now } = facts;
  switch (facts.state) {
    case 'synced':
      return { title: 'Synced', text: 'Everything is on this device and with your team.' };
    case 'sending':
      return {
        title: `Sending ${changes(waitingCount)}`,
        text: 'Saved on this device, on the way to your team.',
      };
    case 'catching-up':
      return { title: 'Catching up', text: 'Your own changes are safe. New ones are arriving.' };
    case 'offline':
      return {
        title: offlineSince === null ? 'Offline' : `Offline since ${timeOf(offlineSince, now)}`,
        text:
          waitingCount > 0
            ? 'Keep working. Everything is saved on this device and will be sent when you are back online.'
            : lastSyncedAt === null
              ? 'Keep working. Everything is saved on this device.'
              : `You have everything up to ${timeOf(lastSyncedAt, now)}.`,
      };
    case 'needs-you': {
      const one = facts.refusedCount === 1;
      return {
        title: 'Needs you',
        text: `${changes(facts.refusedCount)} could not be shared. ${one ? 'It is' : 'They are'} safe on this device.`,
      };
    }
    case 'signed-out':
      return {
        title: 'Sign in to sync',
        text:
          waitingCount > 0
            ? 'Keep working. Your changes are saved on this device and are sent when you sign in.'
            : 'Keep working. What you have is on this device; new changes arrive when you sign in.',
      };
    case 'reload-needed':
      return {
        title: 'Reload to keep syncing',
        text: 'This version of the app is too old for your server. Your changes are saved on this device, reload takes a second.',
      };
    case 'device-full':
      return {
        title: 'Device almost full',
        text: 'Everything is saved on this device so far. Free some space, so that it stays that way.',
      };
    case 'not-saved':
      return { title: 'Not saved on this device', text: 'What you change now is only in this window.' };
  }
}

/** `11:31, 17 minutes ago`; null = never. */
export function lastSyncedWords(at: number | null, now: number): string {
  if (at === null) return 'Not yet on this device';
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return `${formatTime(at)}, just now`;
  if (minutes < 60) return `${formatTime(at)}, ${formatPlural(minutes, 'minute', 'minutes')} ago`;
  return timeOf(at, now);
}

/** `14,206 records, 48 MB`; the size where the browser tells it. */
export function deviceWords({ records, bytes }: { readonly records: number; readonly bytes: number | null }): string {
  const count = formatPlural(records, 'record', 'records');
  return bytes === null ? count : `${count}, ${sizeWords(bytes)}`;
}

function sizeWords(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  if (megabytes < 0.1) return 'under 0.1 MB';
  return megabytes < 10 ? `${megabytes.toFixed(1)} MB` : `${formatCount(Math.round(megabytes))} MB`;
}

/** `Trying again in 12 s`; empty when there is nothing to wait for. */
export function nextAttemptWords(at: number | null, now: number): string {
  if (at === null) return '';
  const seconds = Math.ceil((at - now) / 1000);
  return seconds <= 0 ? 'Trying now' : `Trying again in ${seconds} s`;
}

/** A clock time today, with the day before that. */
function timeOf(at: number, now: number): string {
  const day = formatAge(at, now);
  return now - at < 20 * 3_600_000 ? formatTime(at) : `${day}, ${formatTime(at)}`;
}

const changes = (count: number): string => formatPlural(count, 'change', 'changes');
const waiting = (count: number): string => `${formatCount(count)} waiting`;

/** What the reader of typed text knows of the person and the workspace. */
import { WORKSPACE_ID } from '../../shared/entities/workspace.ts';
import type { ParseHints } from '../../shared/model/field.ts';
import type { Workspace } from '../data/workspace.ts';
import { currentDay } from './reference.ts';

/** The currency that sums are in and that an amount without one means. Tracks. */
export function workspaceCurrency(workspace: Workspace): string {
  return workspace.collection('workspace').byId(WORKSPACE_ID)?.currency ?? 'EUR';
}

/** Hints for `field.parse`: today, the workspace's currency, and whether 3/4 is in March here. */
export function parseHints(workspace: Workspace): ParseHints {
  return {
    today: currentDay(),
    currency: workspaceCurrency(workspace),
    dayOrder: localDayOrder(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** Day first everywhere but where the locale writes the month first. */
function localDayOrder(): 'dmy' | 'mdy' {
  const parts = new Intl.DateTimeFormat().formatToParts().map((part) => part.type);
  return parts.indexOf('month') < parts.indexOf('day') && parts[0] === 'month' ? 'mdy' : 'dmy';
}

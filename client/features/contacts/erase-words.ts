/** What the dialog that erases a person says, in plain words. */
import { entities, isEntityName } from '../../../shared/entities/registry.ts';
import { formatCount } from '../../fields/format.ts';
import type { PersonData } from './erase-api.ts';

/** Not what people think of as records. */
const SMALL: ReadonlySet<string> = new Set(['contact', 'star', 'notice']);

/** `the contact, 3 activities, 1 file`. */
export function countsInWords(counts: PersonData['counts']): string {
  const parts = Object.entries(counts).flatMap(([name, count]) => {
    if (SMALL.has(name) || !isEntityName(name)) return [];
    const { label, plural } = entities[name];
    return [`${formatCount(count)} ${(count === 1 ? label : plural).toLowerCase()}`];
  });
  const contacts = counts.contact ?? 1;
  const first = contacts > 1 ? `the contact and ${formatCount(contacts - 1)} merged into it` : 'the contact';
  return [first, ...parts].join(', ');
}

/** How long copies from before last. */
export function backupsInWords({ count, days, everyMinutes }: PersonData['backups']): string {
  if (count === 0) return 'There are no backups in the server’s folder.';
  const stay =
    everyMinutes > 0
      ? `${count === 1 ? 'it goes by itself' : 'they go by themselves'} within ${formatCount(days)} days`
      : 'this server makes none by the clock, so what there is stays until somebody deletes it';
  return `${count === 1 ? 'One backup' : `${formatCount(count)} backups`} from before still ${count === 1 ? 'holds' : 'hold'} this person; ${stay}. Should one be restored, the person is erased again at once.`;
}

export function namesMatch(typed: string, name: string): boolean {
  return typed.trim().toLowerCase() === name.trim().toLowerCase();
}

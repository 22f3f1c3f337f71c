/** How long what was deleted can be restored. */

/** Ten years: whoever wants longer says never. */
const MOST_TRASH_DAYS = 3_650;

export const TRASH_DAYS_WORDS = 'The trash keeps things for 1 to 3,650 days, or for ever (0).';

/** Whether the trash may be emptied of what is older than so many days; 0 = never by itself. */
export function isTrashDays(days: number): boolean {
  return Number.isInteger(days) && days >= 0 && days <= MOST_TRASH_DAYS;
}

/** Whether something that the one would keep goes with the other. */
export function isShorterKept(days: number, before: number): boolean {
  return days !== 0 && (before === 0 || days < before);
}

/** The change history is read by person, by time and by action. */
import type { Migration } from '../migrate.ts';

export const historyIndexes: Migration = {
  name: 'history-indexes',
  up: `
    CREATE INDEX changes_by_user ON changes (user, id);
    CREATE INDEX changes_by_time ON changes (at, id);
    CREATE INDEX changes_by_stamp ON changes (stamp);
  `,
};

/**
 * `npm run backup [-- file]`: a verified copy of everything, also while the server runs. Without a file it goes to the
 * backups of the data folder.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backupName } from '../backup/backups.ts';
import { readConfig } from '../config.ts';
import { StartRefused } from '../start-refused.ts';
import { openForReading, verifyBackup, writeBackup } from '../storage/backup-file.ts';
import { DATABASE_FILE, makeFolder } from '../storage/data-folder.ts';
import { mirrorFiles } from '../storage/file-store.ts';
import { refuseStart } from '../terminal.ts';

try {
  const { dataFolder, backups } = readConfig(process.env);
  const database = resolve(join(dataFolder, DATABASE_FILE));
  if (!existsSync(database)) {
    throw new StartRefused(
      `There is no ${database} to back up. Nothing was changed. Set DATA_DIR to the server's data folder.`,
    );
  }
  const [asked] = process.argv.slice(2);
  const target = resolve(asked ?? join(backups?.folder ?? dataFolder, backupName(Date.now(), 'manual')));
  if (existsSync(target))
    throw new StartRefused(`${target} is there already. Nothing was changed. Choose another name.`);
  makeFolder(resolve(target, '..'));
  const db = openForReading(database);
  try {
    await writeBackup(db, target);
  } finally {
    db.close();
  }
  await mirrorFiles(resolve(dataFolder), resolve(target, '..'));
  const { rooms, updates, people } = await verifyBackup(target);
  console.log(
    `Backed up to ${target}, and the files on records to the folder “files” beside it: ${rooms} rooms, ${updates} updates, ${people} ${people === 1 ? 'account' : 'accounts'}, verified. ` +
      'It holds password hashes and the secret that signs sessions: keep it like a password.',
  );
} catch (error) {
  refuseStart(error);
}

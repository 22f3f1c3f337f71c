/**
 * `npm run restore -- <file> [--revert]`: puts a backup in the place of the database, on this machine or another. The
 * server must not be running on the folder. The former database is kept beside it.
 */
import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { StartRefused } from '../start-refused.ts';
import { BackupUnusable } from '../storage/backup-file.ts';
import { restoreBackup } from '../storage/restore-file.ts';
import { refuseStart } from '../terminal.ts';
import { readOptions } from './read-options.ts';

const USAGE = 'npm run restore -- <file> [--revert]';
const NEXT = {
  recover:
    'Devices that know more keep it back until an owner decides in Settings, Backups: bring it back, or go on from this backup.',
  revert: 'Devices start afresh from this backup and offer each person what they had changed since.',
};

try {
  const options = { revert: { type: 'boolean', default: false } } as const;
  const { values, positionals } = readOptions({ allowPositionals: true, options }, USAGE);
  const [file] = positionals;
  if (file === undefined) throw new StartRefused(`Say which backup: ${USAGE}. Nothing was changed.`);
  const { dataFolder } = readConfig(process.env);
  const mode = values.revert ? 'revert' : 'recover';
  const { formerFile } = await restoreBackup({ folder: dataFolder, file: resolve(file), mode, at: Date.now() });
  console.log(`Restored ${file} into ${resolve(dataFolder)}. ${NEXT[mode]}`);
  if (formerFile !== null) console.log(`The database that was there is kept as ${formerFile}.`);
} catch (error) {
  refuseStart(error instanceof BackupUnusable ? new StartRefused(`${error.message} Nothing was changed.`) : error);
}

/**
 * The peers are no dependencies of ours: the bench installs them, exact versions, into a folder of its own under
 * node_modules/.cache. No install script of theirs runs: leveldown brings its binary along, and Hocuspocus's SQLite
 * extension finds our better-sqlite3, which is the version it asks for.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PEERS_FOLDER = fileURLToPath(new URL('../../node_modules/.cache/peers/', import.meta.url));

/** @y/websocket-server 0.1.5 wants yjs 14, which is not released; 0.1.1 is the same server for yjs 13. */
const PEER_VERSIONS: Readonly<Record<string, string>> = {
  ws: '8.23.0',
  yjs: '13.6.33',
  '@hocuspocus/server': '4.7.0',
  '@hocuspocus/extension-sqlite': '4.7.0',
  '@y/websocket-server': '0.1.1',
};

const INSTALL_MS = 120_000;

/** True when they are there. Installs what is missing, when that is allowed. */
export function ensurePeers({ mayInstall }: { readonly mayInstall: boolean }): boolean {
  if (arePresent()) return true;
  if (!mayInstall) return false;
  mkdirSync(PEERS_FOLDER, { recursive: true });
  writeFileSync(join(PEERS_FOLDER, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const wanted = Object.entries(PEER_VERSIONS).map(([name, version]) => `${name}@${version}`);
  spawnSync('npm', ['install', '--save-exact', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], {
    cwd: PEERS_FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_MS,
  });
  rmSync(join(PEERS_FOLDER, 'node_modules', 'better-sqlite3'), { recursive: true, force: true });
  return arePresent();
}

const arePresent = (): boolean =>
  Object.entries(PEER_VERSIONS).every(([name, version]) => {
    const file = join(PEERS_FOLDER, 'node_modules', name, 'package.json');
    return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version === version;
  });

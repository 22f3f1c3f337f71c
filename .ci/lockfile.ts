/**
 * The registry may lag for platform packages; npm then writes a lockfile without them and says nothing, and `npm ci`
 * fails in the next clean clone. So: every optional dependency of every package must be in the lock, and no entry may
 * name the registry it came from.
 */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** One sentence per fault; empty when `npm ci` will take the lockfile on every platform. */
export function lockfileFaults(lock: Lockfile): string[] {
  return Object.entries(lock.packages).flatMap(([path, locked]) => [
    ...Object.keys(locked.optionalDependencies ?? {})
      .filter((name) => !isLocked(lock, path, name))
      .map((name) => `${path || 'package.json'} wants ${name}, which the lockfile lacks: npm ci fails elsewhere.`),
    ...(locked.resolved?.startsWith('http') ? [`${path} names the registry it came from: ${locked.resolved}`] : []),
  ]);
}

/** Node's own lookup: nearest node_modules first, then outwards. */
function isLocked(lock: Lockfile, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder}${folder && '/'}node_modules/${name}` in lock.packages) return true;
    if (!folder.includes('/node_modules/')) return `node_modules/${name}` in lock.packages;
  }
}

/** Third-party sample files beside the repository, for `*.real-data.spec.ts`; their known answers are in SOURCES.md there. */
import { fileURLToPath } from 'node:url';

export function realData(path: string): string {
  return fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
}

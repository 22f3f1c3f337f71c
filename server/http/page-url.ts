import type { AppContext, Services } from './services.ts';

/** The address of a page of this workspace as others reach it; `path` begins with a slash. */
export function pageUrl({ publicUrl }: Services, c: AppContext, path: string): string {
  return `${(publicUrl ?? new URL(c.req.url).origin).replace(/\/$/, '')}${path}`;
}

/** Decides, for one request of a page, whether the service worker answers it or leaves it to the network. */

/**
 * `shell`: the app's page, whatever its address. `file`: a built file, out of the cache.
 * `network`: everything that belongs to the server.
 */
export type Route = 'shell' | 'file' | 'network';

const SERVER_PATHS = /^\/(api|sync|healthz)(\/|$)/;

export function routeOf(
  request: Pick<Request, 'method' | 'mode' | 'url'>,
  origin: string,
  files: ReadonlySet<string>,
): Route {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin || SERVER_PATHS.test(url.pathname)) return 'network';
  if (request.mode === 'navigate') return files.has(url.pathname) && url.pathname !== '/' ? 'file' : 'shell';
  return files.has(url.pathname) || isHashed(url.pathname) ? 'file' : 'network';
}

/** Built files carry a hash of their content in their name: one that was fetched once never changes. */
export function isHashed(path: string): boolean {
  return path.startsWith('/assets/');
}

/** Which web pages may talk to this server with somebody's cookie: its own, and those at PUBLIC_URL. */

/**
 * True for the server's own pages, and when there is no Origin at all (no browser, so no cookie it was not given).
 *
 * @param host the request's Host header.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  publicUrl: string | null,
): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host: originHost, origin: canonical, protocol } = new URL(origin);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return originHost === host || (publicUrl !== null && canonical === new URL(publicUrl).origin);
}

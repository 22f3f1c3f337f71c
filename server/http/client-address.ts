/** Whose request it is, for limits per address. */
import { isIP } from 'node:net';

/**
 * @param remote the other end of the TCP connection.
 * @param forwardedFor the request's X-Forwarded-For. Each proxy appends whom it heard; what stands before that anybody can
 * have written, so only as many entries count, from the end, as there are proxies of our own.
 * @param proxies how many stand in front of this server (TRUSTED_PROXIES); with none the header means nothing.
 */
export function clientAddress(remote: string, forwardedFor: string | undefined, proxies: number): string {
  if (proxies === 0 || forwardedFor === undefined) return remote;
  const told = forwardedFor.split(',').at(-proxies)?.trim() ?? '';
  return isIP(told) === 0 ? remote : told;
}

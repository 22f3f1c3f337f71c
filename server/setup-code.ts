/** The code for the first run: where strangers can reach an empty server, only who sees its terminal makes the workspace. */
import { randomInt } from 'node:crypto';
import type { Config } from './config.ts';

/** Without what is easily mistaken: 0 O, 1 I L. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** `K7QF-2MXA`, some 40 random bits; null where only this machine can reach the server. A new one at each start. */
export function newSetupCode({ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>): string | null {
  if (isLoopback(host) && (publicUrl === null || isLoopback(new URL(publicUrl).hostname))) return null;
  const four = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${four()}-${four()}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127(\.\d{1,3}){3}$/.test(host) || host === '::1' || host === '[::1]';
}

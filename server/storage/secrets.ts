/** Secrets that are handed out once and stored as SHA-256 only: they are random, so no slow hash is needed. */
import { createHash, randomBytes } from 'node:crypto';

/** 192 random bits, URL-safe. */
export const newSecret = (): string => randomBytes(24).toString('base64url');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** docs/security.md tells people the limits: what it says is what holds. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { MAX_FRAME_BYTES, MAX_MESSAGE_BYTES } from '../../shared/sync/protocol.ts';
import * as limits from './limits.ts';

const document = readFileSync(fileURLToPath(new URL('../../docs/security.md', import.meta.url)), 'utf8');
const row = (start: string) => document.split('\n').find((line) => line.startsWith(`| ${start}`)) ?? '';
const count = (value: number) => value.toLocaleString('en');
const mib = (bytes: number) => `${bytes / 1024 / 1024} MiB`;

test.each([
  ['message, frame', [mib(MAX_MESSAGE_BYTES), mib(MAX_FRAME_BYTES)]],
  [
    'structs, deletions',
    [
      count(limits.MOST_STRUCTS),
      count(limits.MOST_DELETES),
      count(limits.MOST_CLIENTS),
      count(limits.MOST_REFERENCES),
      count(limits.MOST_PLACED),
    ],
  ],
  ['one value, one key', [mib(limits.LONGEST_VALUE_BYTES), count(limits.LONGEST_KEY)]],
  ['nesting', [`${limits.DEEPEST_VALUE}, ${limits.DEEPEST_TYPE}`]],
  [
    'reading an update',
    [
      `${limits.LONGEST_SCAN_MS / 1_000} s`,
      `${limits.LONGEST_TRIAL_MS / 1_000} s`,
      `${count(limits.MOST_WORKER_MEGABYTES)} MB`,
    ],
  ],
  ['such updates', [`${limits.MOST_STRIKES} in ${limits.STRIKE_WINDOW_MS / 60_000} minutes`]],
  [
    'messages of a connection',
    [count(limits.TOKENS_PER_SECOND), count(limits.MOST_TOKENS), `${limits.BYTES_PER_TOKEN / 1024} KiB`],
  ],
  [
    'presence',
    [
      `${limits.TOKENS_PER_SECOND / limits.AWARENESS_TOKENS} a second`,
      `${limits.AWARENESS_BYTES_PER_TOKEN} bytes`,
      count(limits.LONGEST_AWARENESS_STATE),
      count(limits.MOST_AWARENESS_ENTRIES),
    ],
  ],
  ['sync steps 1', [`${limits.MOST_STEP_ONES_PER_MINUTE} a minute`]],
  ['sockets of a person', [count(limits.MOST_SOCKETS_PER_USER)]],
  ['unread', [mib(limits.MOST_UNREAD_BYTES)]],
  ['unanswered ping', [`${limits.PING_MS / 1_000} s`]],
])('the limits of %s are as they are told', (start, values) => {
  for (const value of values) expect(row(start)).toContain(value);
});

/**
 * Tells people of notices while their app is closed, by the push services of their browsers. Only for who asked for it; a
 * notice that an open device has shown or somebody has read in the meantime is not sent. Nothing waits for a push service:
 * what cannot be sent is dropped (the inbox has it), and a browser that is gone is forgotten.
 */
import webPush from 'web-push';
import { memberIdFor } from '../../shared/entities/member.ts';
import { type Notice, notice } from '../../shared/entities/notice.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { formatRoomName, TEAM_SPACE } from '../../shared/sync/room-names.ts';
import type { PushSubscription, PushSubscriptions } from '../storage/push-subscriptions.ts';
import type { ChangeRow } from '../storage/update-log.ts';
import type { Rooms } from '../sync/rooms.ts';

export interface PushOptions {
  readonly subscriptions: PushSubscriptions;
  readonly rooms: Rooms;
  /** User ids of those who may be told anything at all. */
  readonly users: () => Iterable<string>;
  /** Who a push service may turn to: `mailto:` or the address of the server. */
  readonly contact: string;
  /** Beginnings of addresses that may be sent to, beside the push services of the browsers; for tests. */
  readonly alsoTo?: readonly string[];
  /** An open device gets so long to show it itself. */
  readonly waitMs?: number;
  readonly report: (message: string, error?: unknown) => void;
}

export interface Push {
  readonly publicKey: () => string;
  /** Whether this is the address of a push service; this server calls no others. */
  readonly mayReach: (endpoint: string) => boolean;
  stop(): void;
}

/** The push services of Chromium, Firefox, Edge and Safari. */
const SERVICES = [
  /^fcm\.googleapis\.com$/,
  /^([a-z0-9-]+\.)*push\.services\.mozilla\.com$/,
  /^([a-z0-9-]+\.)*notify\.windows\.com$/,
  /^([a-z0-9-]+\.)*push\.apple\.com$/,
];

const WAIT_MS = 6_000;
const TIMEOUT_MS = 10_000;
/** A push service keeps it for so long; after a day the inbox is soon enough. */
const KEEP_SECONDS = 86_400;
/** Answers of a push service that mean that this browser is gone. */
const GONE: ReadonlySet<number> = new Set([404, 410]);
const MOST_AT_ONCE = 500;

export function createPush(options: PushOptions): Push {
  const { subscriptions, rooms, users, contact, alsoTo = [], waitMs = WAIT_MS, report } = options;
  const keys = () => subscriptions.keys(() => webPush.generateVAPIDKeys());
  const waiting = new Map<string, { readonly room: string; readonly timer: NodeJS.Timeout }>();
  let isStopped = false;

  rooms.services.committer.onHistory((rows) => {
    if (isStopped) return;
    for (const row of rows) if (isNews(row) && !waiting.has(row.record)) wait(row);
  });

  function wait({ record, room }: ChangeRow): void {
    if (waiting.size >= MOST_AT_ONCE) return;
    const timer = setTimeout(() => {
      waiting.delete(record);
      tell(room, record).catch((error: unknown) => report('A notice could not be pushed', error));
    }, waitMs);
    timer.unref();
    waiting.set(record, { room, timer });
  }

  async function tell(room: string, id: string): Promise<void> {
    const record = rooms.open(room).records.get(id) as unknown as Notice | undefined;
    if (!record || record.deleted || record.shownAt !== null || record.readAt !== null || record.doneAt !== null)
      return;
    const userId = [...users()].find((each) => memberIdFor(each) === record.owner);
    if (userId === undefined) return;
    const payload = JSON.stringify({ tag: id, path: '/inbox', ...wordsOf(record) });
    await Promise.all(subscriptions.of(userId).map((each) => send(each, payload)));
  }

  function wordsOf(record: Notice): { readonly title: string; readonly text: string } {
    const team = rooms.open(formatRoomName({ space: TEAM_SPACE, kind: 'workspace', year: null, generation: 1 }));
    const by = record.by === null ? undefined : team.records.get(record.by);
    return { title: titleOf(record, typeof by?.name === 'string' ? by.name : ''), text: record.text };
  }

  async function send({ endpoint, p256dh, auth }: PushSubscription, payload: string): Promise<void> {
    if (!mayReach(endpoint)) return;
    try {
      const request = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
        vapidDetails: { subject: contact, ...keys() },
        TTL: KEEP_SECONDS,
      });
      const answer = await fetch(request.endpoint, {
        method: 'POST',
        headers: withoutLength(request.headers),
        body: new Uint8Array(request.body as Buffer),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body?.cancel();
      if (GONE.has(answer.status)) subscriptions.remove(endpoint);
    } catch {
      // No line to the outside, a service that is down, keys that are none: the inbox has the notice.
    }
  }

  function mayReach(endpoint: string): boolean {
    if (alsoTo.some((beginning) => endpoint.startsWith(beginning))) return true;
    const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
    return (
      url !== null && url.protocol === 'https:' && url.port === '' && SERVICES.some((each) => each.test(url.hostname))
    );
  }

  return {
    publicKey: () => keys().publicKey,
    mayReach,
    stop() {
      isStopped = true;
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

/** `fetch` counts for itself. */
function withoutLength(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (name === 'Content-Length' ? [] : [[name, String(value)]])),
  );
}

/** A notice that was made, or brought up again. */
function isNews({ record, field, old, new: value }: ChangeRow): boolean {
  if (entityNameOf(record) !== notice.name) return false;
  // A row of a new record tells neither value; that of a purge has the old one.
  return field === '' ? old === null : field === 'at' && value !== null;
}

const TITLES: Readonly<Record<string, (by: string) => string>> = {
  mention: (by) => `${by || 'Somebody'} mentioned you`,
  reply: (by) => `${by || 'Somebody'} replied`,
  comment: (by) => `${by || 'Somebody'} commented`,
  assigned: (by) => `${by || 'Somebody'} gave you something`,
  won: (by) => `${by || 'Somebody'} won a deal`,
  change: (by) => `${by || 'Somebody'} changed what you follow`,
};

function titleOf({ kind }: Notice, by: string): string {
  return TITLES[kind ?? '']?.(by) ?? 'Rapport';
}

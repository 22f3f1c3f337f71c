/**
 * What 50 people at work say to each other in a minute, by the real presence on a clock of its own: messages they send, and
 * CPU the server's relay takes to stamp and encode them. Each types a tenth of the time, drags a card a fiftieth of it,
 * and goes to another page every ten seconds. Then what a whole server process takes for the most they may say.
 */
import { mock } from 'node:test';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createPresence } from '../client/data/presence.ts';
import { RoomAwareness } from '../server/sync/awareness.ts';
import { measured } from './measure.ts';
import { presenceOnServer } from './presence-server.ts';

const PEOPLE = 50;
const MOST_MESSAGES = 100;
const SECONDS = 60;
const STEP_MS = 20;
const OVER = 'stage_negotiation0000';

// The clock the people live by; CPU is measured on the real one.
mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_800_000_000_000 });

let seed = 7;
/** 0 to 1, the same every time (Park and Miller). */
function random(): number {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
}

const relay = new RoomAwareness<object>();
let sent = 0;
let broadcast = 0;
let relayCpuMs = 0;

const people = Array.from({ length: PEOPLE }, (_, index) => {
  const awareness = new Awareness(new Y.Doc());
  awareness.setLocalState(null);
  const speaker = {};
  const user = { id: `user_${index}`, memberId: `member_${index}`, name: `Person ${index}` };
  awareness.on('update', (_changes: unknown, origin: unknown) => {
    if (origin !== 'local') return;
    sent++;
    const bytes = encodeAwarenessUpdate(awareness, [awareness.clientID]);
    const before = process.cpuUsage();
    if (relay.receive(speaker, user, bytes) !== null) broadcast++;
    const { user: userCpu, system } = process.cpuUsage(before);
    relayCpuMs += (userCpu + system) / 1_000;
  });
  const presence = createPresence({
    memberId: user.memberId,
    awareness: () => awareness,
    isOnline: () => true,
    now: () => Date.now(),
    random,
  });
  return { presence, typesUntil: 0, dragsUntil: 0 };
});

for (let ms = 0; ms < SECONDS * 1_000; ms += STEP_MS) {
  for (const person of people) {
    const { presence } = person;
    // Bursts of 5 s of typing and 2 s of dragging.
    if (random() < (0.1 / 5_000) * STEP_MS) person.typesUntil = ms + 5_000;
    if (random() < (0.02 / 2_000) * STEP_MS) person.dragsUntil = ms + 2_000;
    if (random() < STEP_MS / 10_000) presence.tell({ path: `/deals/deal_${ms}`, record: `deal_${ms}` });
    if (ms < person.typesUntil && ms % 160 === 0) presence.tell({ field: 'title', draft: `typed until ${ms}` });
    if (ms < person.dragsUntil) presence.tell({ drag: { id: 'deal_1', over: OVER, before: '', x: 0.5, y: ms } });
    else if (ms < person.dragsUntil + STEP_MS) presence.tell({ drag: null });
  }
  mock.timers.tick(STEP_MS);
}
for (const { presence } of people) presence.dispose();

console.log(
  measured({
    name: 'presence of 50 people, messages sent',
    value: sent / SECONDS,
    unit: 'a second',
    atMost: MOST_MESSAGES,
  }),
);
console.log(
  measured({ name: 'presence of 50 people, handed on', value: (broadcast * PEOPLE) / SECONDS, unit: 'a second' }),
);
console.log(
  measured({
    name: 'presence of 50 people, the relay',
    value: relayCpuMs / SECONDS,
    unit: 'ms CPU a second',
    atMost: 50,
  }),
);
mock.timers.reset();

const server = await presenceOnServer({ people: PEOPLE, messagesPerSecond: MOST_MESSAGES, seconds: 10 });
const load = `presence of ${PEOPLE} people at ${MOST_MESSAGES} messages a second`;
console.log(measured({ name: `${load}, delivered`, value: server.deliveredPerSecond, unit: 'a second' }));
console.log(measured({ name: `${load}, lost`, value: server.lost, unit: 'messages', atMost: 0 }));
console.log(
  measured({ name: `${load}, the whole server`, value: server.cpuMsPerSecond, unit: 'ms CPU a second', atMost: 250 }),
);
process.exit(0);

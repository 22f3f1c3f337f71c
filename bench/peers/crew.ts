/**
 * A process that plays many devices: they sync, edit as fast as the others keep up or at a set pace, lose their lines and
 * come back with what they wrote meanwhile. It counts what arrives and looks at the time on one edit in `SAMPLE`.
 * Commands come over IPC; each is answered once.
 */
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { MESSAGE, readSaved, SYNC } from '../../shared/sync/protocol.ts';
import { type CrewAnswer, type CrewCommand, SILENCE_MS, type Target } from './crew-messages.ts';
import { type Speech, speechOf } from './dialect.ts';
import { Editor, MARK, MARK_DIGITS } from './edits.ts';
import { Wire } from './wire.ts';

const SAMPLE = 16;
/** Bytes. Servers that merge what comes at once deliver several edits in one message. */
const LONGEST_SINGLE_EDIT = 200;
const PACE_TICK_MS = 5;

class Device {
  readonly editor: Editor;
  wire: Wire | null = null;
  isSynced = false;
  sent = 0;
  received = 0;
  offline: Uint8Array | null = null;
  /** Numbers of the storm's edits that are here. */
  readonly here = new Set<number>();
  uploadedEdits = 0;
  isSaved = true;
  problem: string | null = null;
  onNews: () => void = () => undefined;
  private readonly target: Target;
  private readonly speech: Speech;
  private readonly latencies: number[];
  private unsampled = 0;
  private stormMark: string | null = null;

  constructor(target: Target, number: number, records: number, latencies: number[]) {
    this.target = target;
    this.latencies = latencies;
    this.speech = speechOf(target.dialect, target.room);
    const entity = target.room.includes('timeline') ? 'activity' : 'contact';
    this.editor = new Editor({
      // Above what random client ids of the seeded document are.
      clientId: 5_000_000_000 + number * 1_000_003 + (Date.now() % 1_000_000),
      writer: `w${String(number).padStart(9, '0')}`,
      entity,
      records,
    });
  }

  connect(): void {
    const { target } = this;
    this.isSynced = false;
    const wire = new Wire({
      ...target,
      // Nothing is said in answer where nothing is synced.
      onOpen: () => (this.isSynced ||= target.dialect === 'raw'),
      onMessage: (bytes, from, to) => this.hear(bytes, from, to),
      onClose: (reason) => {
        if (this.wire === wire) this.problem ??= reason;
      },
    });
    this.wire = wire;
    const stateVector = Y.encodeStateVector(new Map([[this.editor.clientId, this.editor.clock]]) as never);
    for (const message of this.speech.opening(
      this.editor.clientId,
      this.editor.clock === 0 ? new Uint8Array([0]) : stateVector,
    )) {
      wire.send(message);
    }
  }

  cut(): void {
    const { wire } = this;
    this.wire = null;
    wire?.close();
  }

  edit(): void {
    this.wire?.send(this.speech.sync(SYNC.update, this.editor.next()));
    this.sent++;
  }

  /** Edits without a line; what they are called is unique in the whole storm. */
  editOffline(count: number, mark: string): void {
    this.stormMark = mark;
    this.here.clear();
    this.offline = count === 0 ? null : this.editor.next(count, mark);
    this.isSaved = this.target.dialect !== 'rapport' || count === 0;
  }

  private hear(bytes: Buffer, from: number, to: number): void {
    const at = from + this.speech.prefix;
    const type = bytes[at] ?? 0;
    if (type === MESSAGE.saved && this.target.dialect === 'rapport' && !this.isSaved)
      this.hearSaved(bytes.subarray(at + 1, to));
    if (!this.speech.isSync(type)) return;
    const kind = bytes[at + 1];
    if (kind === SYNC.update) {
      const edits = to - at < LONGEST_SINGLE_EDIT ? 1 : marksIn(bytes, at, to);
      this.received += edits;
      this.unsampled += edits;
      if (this.unsampled >= SAMPLE) this.sample(bytes, at, to);
      if (this.stormMark !== null) this.collect(bytes, at, to);
    } else if (kind === SYNC.step2) {
      this.isSynced = true;
      if (this.stormMark !== null) this.collect(bytes, at, to);
    } else if (kind === SYNC.step1) {
      this.answer(bytes.subarray(at + 2, to));
    }
    this.onNews();
  }

  private hearSaved(message: Uint8Array): void {
    const { clocks } = readSaved(decoding.createDecoder(message));
    if ((clocks.get(this.editor.clientId) ?? 0) >= this.editor.clock) this.isSaved = true;
    this.onNews();
  }

  /** Sends what the server lacks, as every client does. */
  private answer(payload: Uint8Array): void {
    const known = Y.decodeStateVector(decoding.readVarUint8Array(decoding.createDecoder(payload)));
    const lacks = this.offline !== null && (known.get(this.editor.clientId) ?? 0) < this.editor.clock;
    if (lacks) this.uploadedEdits += 1;
    this.wire?.send(this.speech.sync(SYNC.step2, (lacks ? this.offline : null) ?? new Uint8Array([0, 0])));
  }

  private sample(bytes: Buffer, from: number, to: number): void {
    const found = bytes.indexOf(MARK, from, 'latin1');
    if (found < 0 || found > to) return;
    this.unsampled = 0;
    const sentAt = Number(bytes.toString('latin1', found + MARK.length, found + MARK.length + MARK_DIGITS));
    this.latencies.push((Number(process.hrtime.bigint() / 1_000n) - sentAt) / 1_000);
  }

  /** Whose edits of this storm are in there. */
  private collect(bytes: Buffer, from: number, to: number): void {
    const text = bytes.toString('latin1', from, to);
    const round = this.stormMark?.slice(0, 4) ?? '';
    for (let found = text.indexOf(MARK); found >= 0; found = text.indexOf(MARK, found + 1)) {
      const start = found + MARK.length;
      if (text.startsWith(round, start)) this.here.add(Number(text.slice(start + 4, start + MARK_DIGITS)));
    }
  }
}

function marksIn(bytes: Buffer, from: number, to: number): number {
  let marks = 0;
  for (let at = bytes.indexOf(MARK, from, 'latin1'); at >= 0 && at < to; at = bytes.indexOf(MARK, at + 2, 'latin1'))
    marks++;
  return marks;
}

let devices: Device[] = [];
const latencies: number[] = [];
let isEchoing = false;
let deliveredBefore = 0;
let sentBefore = 0;
let uploadedBefore = 0;

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Resolves when `condition` holds, or when nothing has changed for long. Says which. */
function untilQuiet(condition: () => boolean, changing: () => number): Promise<boolean> {
  return new Promise((resolve) => {
    let last = -1;
    let since = Date.now();
    const look = () => {
      const now = changing();
      if (now !== last) {
        last = now;
        since = Date.now();
      }
      if (condition()) resolve(true);
      else if (Date.now() - since > SILENCE_MS || devices.some(({ problem }) => problem !== null)) resolve(false);
      else setTimeout(look, 1);
    };
    look();
  });
}

/** What others sent, without the echo that some servers send back. */
const fromOthers = () =>
  sum(devices.map(({ received, sent }) => (isEchoing ? Math.max(0, received - sent) : received)));

async function run(command: CrewCommand): Promise<number> {
  switch (command.do) {
    case 'join': {
      const joined = command.target;
      isEchoing = joined.dialect === 'yjs' || joined.dialect === 'hocuspocus';
      devices = Array.from(
        { length: command.count },
        (_, index) => new Device(joined, command.first + index, command.records, latencies),
      );
      for (const device of devices) device.connect();
      const isThere = await untilQuiet(() => devices.every(({ isSynced }) => isSynced), received);
      return isThere ? 0 : devices.filter(({ isSynced }) => !isSynced).length;
    }
    case 'burst': {
      const end = performance.now() + command.ms;
      const others = Math.max(1, command.others);
      const base = devices.map(({ sent, received: got }) => ({ sent, got }));
      devices.forEach((device, index) => {
        const { sent, got } = base[index] ?? { sent: 0, got: 0 };
        const more = () => {
          if (performance.now() >= end) return;
          while (device.sent - sent - (device.received - got) / others < command.window) device.edit();
        };
        device.onNews = more;
        more();
      });
      await after(command.ms);
      for (const device of devices) device.onNews = () => undefined;
      return 0;
    }
    case 'pace': {
      const began = performance.now();
      let made = 0;
      while (performance.now() - began < command.ms) {
        const due = ((performance.now() - began) * command.perSecond) / 1_000;
        for (; made < due; made++) devices[made % devices.length]?.edit();
        await after(PACE_TICK_MS);
      }
      return 0;
    }
    case 'drain': {
      const expected = (device: Device) => command.total - (isEchoing ? 0 : device.sent);
      const missing = () => sum(devices.map((device) => Math.max(0, expected(device) - device.received)));
      await untilQuiet(() => missing() === 0, received);
      return missing();
    }
    case 'cut':
      for (const device of devices) device.cut();
      return 0;
    case 'return': {
      const round = String(command.round).padStart(4, '9');
      devices.forEach((device, index) => {
        device.editOffline(command.edits, round + String(firstNumber + index).padStart(MARK_DIGITS - 4, '0'));
        device.connect();
      });
      const isBack = (device: Device) =>
        device.isSynced &&
        device.isSaved &&
        device.here.size >= (isEchoing ? command.everybody : command.everybody - 1);
      const wantsAll = command.edits > 0;
      const isDone = () => devices.every((device) => (wantsAll ? isBack(device) : device.isSynced));
      await untilQuiet(isDone, () => received() + sum(devices.map(({ here }) => here.size)));
      return devices.filter((device) => !(wantsAll ? isBack(device) : device.isSynced)).length;
    }
    case 'leave':
      for (const device of devices) device.cut();
      devices = [];
      return 0;
  }
}

let firstNumber = 0;
const received = () => sum(devices.map((device) => device.wire?.received ?? 0));

process.on('message', (command: CrewCommand) => {
  if (command.do === 'join') firstNumber = command.first;
  latencies.length = 0;
  const cpuBefore = process.cpuUsage();
  deliveredBefore = fromOthers();
  sentBefore = sum(devices.map(({ sent }) => sent));
  uploadedBefore = sum(devices.map(({ uploadedEdits }) => uploadedEdits));
  void run(command).then((missing) => {
    const { user, system } = process.cpuUsage(cpuBefore);
    const answer: CrewAnswer = {
      sent: sum(devices.map(({ sent }) => sent)) - sentBefore,
      delivered: fromOthers() - deliveredBefore,
      latenciesMs: latencies.slice(),
      missing,
      cpuMs: (user + system) / 1_000,
      uploadedEdits: sum(devices.map(({ uploadedEdits }) => uploadedEdits)) - uploadedBefore,
      problem: devices.find(({ problem }) => problem !== null)?.problem ?? null,
    };
    process.send?.(answer);
  });
});
process.on('disconnect', () => process.exit(0));

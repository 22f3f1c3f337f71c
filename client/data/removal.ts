/**
 * What a device does when the server says, about this very person and this very server, that they were removed: hand in
 * what was not sent, let them keep it as a file, then take the copy off the device. Nothing is taken away because of a
 * failure: an answer that is missing, strange, or about somebody else changes nothing.
 */
import { type Accessor, createSignal } from 'solid-js';
import type { RemovalNotice } from './removal-notice.ts';

export type RemovalPhase =
  /** What was not sent is on its way to the people who decide about it. */
  | 'handing-in'
  /** The server cannot be reached; tried again by itself. */
  | 'unreachable'
  /** It is with them. The copy is still here, so that it can be saved as a file. */
  | 'handed-in'
  /** The server would not take it: only the file is left. */
  | 'not-taken'
  /** The copy is gone from this device. */
  | 'wiped';

export interface Removal {
  readonly notice: RemovalNotice;
  readonly phase: Accessor<RemovalPhase>;
  /** Changes that had not been sent. */
  readonly unsent: number;
  /** They as a file. */
  readonly exportUnsent: () => Promise<Blob>;
  /** Takes the copy off this device; refused while it was neither handed in nor saved. */
  readonly wipe: () => Promise<void>;
  readonly dispose: () => void;
}

export interface RemovalOptions {
  readonly notice: RemovalNotice;
  readonly unsent: number;
  readonly exportUnsent: () => Promise<Blob>;
  /** Closes everything and deletes it. */
  readonly wipeDevice: () => Promise<void>;
  readonly fetch: typeof fetch;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly retryMs?: number;
}

/** Notes that the person has seen the page: on the next contact nothing has to be offered again. */
const TOLD = 'rapport.removal-told';
const RETRY_MS = 5_000;

export function startRemoval(options: RemovalOptions): Removal {
  const { notice, unsent, storage, retryMs = RETRY_MS } = options;
  const [phase, setPhase] = createSignal<RemovalPhase>(unsent > 0 ? 'handing-in' : 'handed-in');
  const told = `${notice.userId}@${notice.removedAt}`;
  const wasTold = storage.getItem(TOLD) === told;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSaved = false;
  let wiping: Promise<void> | null = null;

  function wipeNow(): Promise<void> {
    clearTimeout(timer);
    wiping ??= options.wipeDevice().then(() => void setPhase('wiped'));
    return wiping;
  }

  async function handIn(): Promise<void> {
    const taken = await sendUnsent(options);
    if (wiping !== null) return;
    if (taken === 'unreached') {
      setPhase('unreachable');
      timer = setTimeout(() => void handIn(), retryMs);
      return;
    }
    setPhase(taken === 'taken' ? 'handed-in' : 'not-taken');
    if (taken !== 'taken') return;
    if (wasTold) await wipeNow();
    else note();
  }

  /** Without a place to note it the person is asked again, which loses nothing. */
  function note(): void {
    try {
      storage.setItem(TOLD, told);
    } catch {
      return;
    }
  }

  if (unsent > 0) void handIn();
  else void wipeNow();

  return {
    notice,
    phase,
    unsent,
    async exportUnsent() {
      const blob = await options.exportUnsent();
      isSaved = true;
      return blob;
    },
    async wipe() {
      if (phase() === 'handed-in' || isSaved) await wipeNow();
    },
    dispose: () => clearTimeout(timer),
  };
}

type Taken = 'taken' | 'refused' | 'unreached';

async function sendUnsent({ exportUnsent, fetch: fetchFrom }: RemovalOptions): Promise<Taken> {
  const { records: _shownOnly, ...bundle } = JSON.parse(await (await exportUnsent()).text()) as Record<string, unknown>;
  try {
    const answer = await fetchFrom('/api/removed/changes', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(bundle),
    });
    if (answer.status === 201) return 'taken';
    // A server that stumbles may do better in a moment; one that says no will say it again.
    return answer.status >= 500 || answer.status === 429 ? 'unreached' : 'refused';
  } catch {
    return 'unreached';
  }
}

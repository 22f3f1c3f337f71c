/** Files in the workspace: their code and what this device keeps of them come after the first paint; the sync status counts them. */
import { type Accessor, createSignal } from 'solid-js';
import type { Files, UnsentFile } from './files.ts';
import type { SyncStatus, WaitingChange } from './sync-status.ts';
import type { Workspace } from './workspace.ts';

export interface LateFiles {
  /** Undefined until they are loaded, and in a browser that stores nothing; tracks. */
  readonly files: Accessor<Files | undefined>;
  /** Loads them unless they are. Without a line to the code it is tried again the next time. Never rejects. */
  load(): Promise<Files | undefined>;
  close(): void;
}

type Needed = Pick<Workspace, 'run' | 'canWrite' | 'collection'>;

/** `workspace` is asked for when the files are loaded. */
export function createLateFiles(databaseName: string, workspace: () => Needed): LateFiles {
  const [files, setFiles] = createSignal<Files>();
  let loading: Promise<Files | undefined> | null = null;
  let isClosed = false;

  async function open(): Promise<Files | undefined> {
    try {
      const [{ createFiles }, { createFileTransport }] = await Promise.all([
        import('./files.ts'),
        import('./file-transport.ts'),
      ]);
      const made = await createFiles({ databaseName, transport: createFileTransport(), workspace: workspace() });
      if (isClosed) made.close();
      else setFiles(() => made);
      return made;
    } catch {
      loading = null;
      return undefined;
    }
  }

  return {
    files,
    load: () => {
      loading ??= open();
      return loading;
    },
    close() {
      isClosed = true;
      files()?.close();
    },
  };
}

/** The status with what waits among the files: they count as changes do. */
export function withFiles<S extends Omit<SyncStatus, 'tryNow'>>(status: S, files: Accessor<Files | undefined>): S {
  const unsent = () => files()?.unsent() ?? [];
  const waiting = () => unsent().filter(({ place }) => place.kind !== 'refused');
  const refused = () => unsent().flatMap(({ name, place }) => (place.kind === 'refused' ? [{ name, place }] : []));
  return {
    ...status,
    state() {
      const state = status.state();
      if (state !== 'synced' && state !== 'sending') return state;
      return refused().length > 0 ? 'needs-you' : waiting().length > 0 ? 'sending' : state;
    },
    waitingCount: () => status.waitingCount() + waiting().length,
    waiting: () => [...waiting().map(lineOf), ...status.waiting()],
    refused: () => [
      ...status.refused(),
      ...refused().map(({ name, place }) => ({ text: `File ${name}`, reason: place.sentence })),
    ],
  };
}

function lineOf({ name, place, at }: UnsentFile): WaitingChange {
  const share = place.kind === 'sending' ? `, ${Math.floor(place.share * 100)} % sent` : '';
  return { kind: 'file', text: `File ${name}${share}`, at, count: 1 };
}

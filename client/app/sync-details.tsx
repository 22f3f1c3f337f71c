/** What the sync pill opens: what waits, what was refused, when the team was last reached. Loaded late. */
import CloudUpload from 'lucide-solid/icons/cloud-upload';
import Download from 'lucide-solid/icons/download';
import FileUp from 'lucide-solid/icons/file-up';
import Paperclip from 'lucide-solid/icons/paperclip';
import Pencil from 'lucide-solid/icons/pencil';
import Plus from 'lucide-solid/icons/plus';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { WaitingChange } from '../data/sync-status.ts';
import { useWorkspace } from '../data/workspace.ts';
import { formatPlural, formatTime } from '../fields/format.ts';
import { createNow } from '../platform/create-now.ts';
import { clockCorrection } from '../platform/right-now.ts';
import { Button } from '../ui/button.tsx';
import type { Icon } from '../ui/icon.ts';
import { SyncMark } from '../ui/sync-pill.tsx';
import { clockWords } from './clock-words.ts';
import { DealsIcon } from './deals-icon.tsx';
import { saveCopy } from './save-copy.ts';
import styles from './shell.module.css';
import { syncFacts } from './sync-facts.ts';
import {
  deviceWords,
  lastSyncedWords,
  nextAttemptWords,
  pillWords,
  popoverWords,
  type SyncFacts,
} from './sync-words.ts';

const KIND_ICON: Readonly<Record<WaitingChange['kind'], Icon>> = {
  moved: DealsIcon,
  edited: Pencil,
  created: Plus,
  deleted: Trash,
  imported: FileUp,
  file: Paperclip,
};

/** Lines of the waiting list before "Show all". */
const FIRST_FEW = 5;

export function SyncDetails(props: { readonly onReload: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const { sync } = workspace;
  const now = createNow(1000, Date.now);
  const facts = () => syncFacts(workspace, now());
  const words = () => popoverWords(facts());
  return (
    <>
      <header class={`syncpop__head ${styles[pillWords(facts()).look] ?? ''}`}>
        <SyncMark look={pillWords(facts()).look} size={24} />
        <div>
          <h2>{words().title}</h2>
          <p class="fg-2">{sync.storageProblem() ?? words().text}</p>
        </div>
      </header>
      <RefusedList />
      <WaitingList />
      <section class="syncpop__facts">
        <dl>
          <Fact name="Last synced" value={lastSyncedWords(sync.lastSyncedAt(), now())} />
          <Fact name="On this device" value={deviceWords(sync.deviceUsage())} />
          <Show when={clockWords(clockCorrection())}>{(off) => <Fact name="This device’s clock" value={off()} />}</Show>
        </dl>
      </section>
      <footer class="syncpop__foot">
        <MainAction state={sync.state()} onTry={() => sync.tryNow()} onReload={() => props.onReload()} />
        <Button size="sm" variant="quiet" icon={Download} onClick={() => void saveCopy(workspace, 'everything')}>
          Save a copy
        </Button>
        <span class="meta push">{nextAttemptWords(sync.nextAttemptAt(), now())}</span>
      </footer>
    </>
  );
}

function MainAction(
  props: Pick<SyncFacts, 'state'> & { readonly onTry: () => void; readonly onReload: () => void },
): JSX.Element {
  return (
    <Show
      when={props.state === 'signed-out'}
      fallback={
        <Show
          when={props.state === 'reload-needed'}
          fallback={
            <Show when={props.state === 'offline' || props.state === 'not-saved'}>
              <Button size="sm" icon={RefreshCw} onClick={() => props.onTry()}>
                Try now
              </Button>
            </Show>
          }
        >
          <Button size="sm" icon={RefreshCw} onClick={() => props.onReload()}>
            Reload
          </Button>
        </Show>
      }
    >
      <a class="btn btn--sm" href="/sign-in">
        Sign in
      </a>
    </Show>
  );
}

function WaitingList(): JSX.Element {
  const { sync } = useWorkspace();
  const [isWhole, setWhole] = createSignal(false);
  const id = createUniqueId();
  const lines = () => (isWhole() ? sync.waiting() : sync.waiting().slice(0, FIRST_FEW));
  return (
    <Show when={sync.waitingCount() > 0}>
      <section class="syncpop__list" aria-labelledby={id}>
        <header class="row">
          <h3 id={id}>{formatPlural(sync.waitingCount(), 'change', 'changes')} waiting</h3>
          <Show when={sync.waiting().length > FIRST_FEW}>
            <button type="button" class="link fs-12 push" onClick={() => setWhole((whole) => !whole)}>
              {isWhole() ? 'Show fewer' : 'Show all'}
            </button>
          </Show>
        </header>
        <ul class={styles.waiting}>
          <For each={lines()}>
            {(change) => (
              <li class="minirow pend">
                <span class="fg-3">
                  <Dynamic component={KIND_ICON[change.kind] ?? CloudUpload} />
                </span>
                <span class="truncate">{change.text}</span>
                <span class="meta push">{formatTime(change.at)}</span>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

/** What the server would not take, each with its reason, and what can be done: ask it again, or take the changes along. */
function RefusedList(): JSX.Element {
  const workspace = useWorkspace();
  const { sync } = workspace;
  const id = createUniqueId();
  return (
    <Show when={sync.refused().length > 0}>
      <section class="syncpop__list" aria-labelledby={id}>
        <h3 id={id}>Could not be shared</h3>
        <ul class={styles.waiting}>
          <For each={sync.refused()}>
            {(change) => (
              <li class={styles.refused}>
                <span class="fw-5">{change.text}</span>
                <span class="fg-3">{change.reason}</span>
              </li>
            )}
          </For>
        </ul>
        <div class={`row ${styles.choice}`}>
          <Button size="sm" icon={RefreshCw} onClick={() => sync.tryNow()}>
            Try again
          </Button>
          <Button size="sm" icon={Download} onClick={() => void saveCopy(workspace, 'waiting')}>
            Download my changes
          </Button>
        </div>
      </section>
    </Show>
  );
}

function Fact(props: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

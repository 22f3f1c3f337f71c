/** The first sight of an empty workspace: what a board will look like, three ways to fill it, and what else to do. */
import { useNavigate } from '@solidjs/router';
import FileSpreadsheet from 'lucide-solid/icons/file-spreadsheet';
import Plus from 'lucide-solid/icons/plus';
import Sparkle from 'lucide-solid/icons/sparkle';
import Kanban from 'lucide-solid/icons/square-kanban';
import UserPlus from 'lucide-solid/icons/user-plus';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { addSampleData } from '../../../shared/commands/sample-commands.ts';
import { sortedPipelines } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { createHotkeys, type Hotkeys } from '../../platform/hotkeys.ts';
import { Callout } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import type { Icon } from '../../ui/icon.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { ariaKeys } from '../../ui/keys.ts';
import { GettingStarted } from './getting-started.tsx';
import { GhostBoard } from './ghost-board.tsx';
import styles from './welcome.module.css';

/** This page went with the button that was pressed: keys go on from the heading of what is shown instead. */
function focusPage(): void {
  if (document.activeElement !== document.body) return;
  const heading = document.querySelector<HTMLElement>('main h1');
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
}

/** `onNewDeal` shows the board and opens its quick add. */
export function Welcome(props: { readonly onNewDeal: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [refused, setRefused] = createSignal<string>();
  const pipeline = createMemo(() => sortedPipelines(workspace.collection('pipeline').all())[0]);

  const startImport = () => navigate('/import');
  function addSample(): void {
    setRefused(attempt(() => workspace.run('Sample data added', addSampleData)));
    if (refused() === undefined) requestAnimationFrame(focusPage);
  }
  createHotkeys(
    (): Hotkeys => (workspace.canWrite() ? { I: startImport, S: addSample, N: () => props.onNewDeal() } : {}),
  );

  return (
    <>
      <header class="topbar">
        <Kanban class="fg-3" />
        <h1>{pipeline()?.name ?? 'Deals'}</h1>
        <Show when={workspace.canWrite()}>
          <div class={`push row ${styles.actions}`}>
            <a class="btn" href="/settings/members">
              <UserPlus />
              Invite
            </a>
            <Button variant="primary" icon={Plus} keys="N" onClick={() => props.onNewDeal()}>
              New deal
            </Button>
          </div>
        </Show>
      </header>
      <div class={`first ${styles.first}`}>
        <GhostBoard />
        <div class={`first__in ${styles.card}`}>
          <Show when={workspace.canWrite()} fallback={<NothingYet />}>
            <h2>Bring in the people you sell to</h2>
            <p>Rapport gets useful at about 20 contacts. Everything below happens on this device and can be undone.</p>
            <div class="ways">
              <Way
                main
                icon={FileSpreadsheet}
                title="Import a spreadsheet"
                text="A CSV file from any program, HubSpot, Pipedrive and Google Contacts among them. You see every row before anything is written."
                keys="I"
                onChoose={startImport}
              />
              <Way
                icon={Sparkle}
                title="Look around with sample data"
                text="A small company with 60 contacts and 17 deals. One click removes it again."
                keys="S"
                onChoose={addSample}
              />
              <Way
                icon={Plus}
                title="Add the first deal yourself"
                text="Type “Route planner 48k 11 Dec @Kestrel”. The company comes with it."
                keys="N"
                onChoose={() => props.onNewDeal()}
              />
            </div>
            <div role="alert">
              <Show when={refused()}>
                <Callout tone="danger">{refused()}</Callout>
              </Show>
            </div>
            <GettingStarted />
          </Show>
        </div>
      </div>
    </>
  );
}

function Way(props: {
  readonly icon: Icon;
  readonly title: string;
  readonly text: string;
  readonly keys: string;
  readonly main?: boolean;
  readonly onChoose: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class={`way ${styles.way}`}
      classList={{ 'way--main': props.main }}
      aria-keyshortcuts={ariaKeys(props.keys)}
      onClick={() => props.onChoose()}
    >
      <span class="way__i">
        <Dynamic component={props.icon} class="lucide--lg" />
      </span>
      <span class="grow">
        <strong>{props.title}</strong>
        <span>{props.text}</span>
      </span>
      <Kbd keys={props.keys} />
    </button>
  );
}

/** For people who may only look. */
function NothingYet(): JSX.Element {
  return (
    <>
      <h2>Nothing here yet</h2>
      <p>Deals and contacts appear here as soon as a teammate brings them in. You do not have to do anything.</p>
    </>
  );
}

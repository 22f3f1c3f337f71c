/** What this device kept when the server was set back or began anew: look, take over, download, remove. */
import { createResource, createSignal, For, type JSX, Show } from 'solid-js';
import { replaceEmptyPipelines } from '../../../shared/commands/pipeline-commands.ts';
import { dayOfInstant } from '../../../shared/model/day.ts';
import { type FormerCopy, useWorkspace } from '../../data/workspace.ts';
import { formatPlural } from '../../fields/format.ts';
import { download, fileName } from '../../platform/download.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { whenText } from './backups-words.ts';
import { SettingGroup } from './setting-parts.tsx';
import styles from './settings.module.css';

export function FormerCopies(props: { readonly isOwner: boolean }): JSX.Element {
  const workspace = useWorkspace();
  return <For each={workspace.formerCopies()}>{(copy) => <FormerCopyCard copy={copy} isOwner={props.isOwner} />}</For>;
}

async function newsOf(copy: FormerCopy) {
  return { mine: await copy.news('mine'), everything: await copy.news('everything') };
}

/** More lines than this are counted. */
const LINES = 12;

function FormerCopyCard(props: { readonly copy: FormerCopy; readonly isOwner: boolean }): JSX.Element {
  const workspace = useWorkspace();
  const isReady = () => workspace.isLoaded('directory') && workspace.isLoaded('pipeline');
  const [news, { refetch }] = createResource(() => isReady() && props.copy, newsOf);
  const [isBusy, setBusy] = createSignal(false);
  const [note, setNote] = createSignal('');
  const [asksToRemove, setAsksToRemove] = createSignal(false);
  const changes = () => news.latest?.mine.changes ?? [];

  /** A workspace that was set up anew has a first pipeline nobody asked for: it makes way for those that come back. */
  async function takeOver(whose: 'mine' | 'everything'): Promise<void> {
    setBusy(true);
    const ids = workspace
      .collection('pipeline')
      .all()
      .map((each) => each.id);
    const count = await props.copy.takeOver(whose);
    const replaced = workspace.run('Removed the empty pipeline', (tx) => replaceEmptyPipelines(tx, { ids }));
    setBusy(false);
    setNote(
      [
        `${formatPlural(count, 'change', 'changes')} added to this workspace.`,
        ...replaced.map((name) => `The empty pipeline “${name}” it began with was removed.`),
      ].join(' '),
    );
    await refetch();
  }

  async function save(): Promise<void> {
    download(fileName(['Rapport kept copy', dayOfInstant(props.copy.at)], 'json'), await props.copy.download());
  }

  return (
    <SettingGroup
      title={`Kept on this device since ${whenText(props.copy.at)}`}
      text="The server was set back or began anew then. This is what it had before, as this device knew it. Nothing of it is sent unless you say so."
    >
      <div class="box">
        <Show when={news.latest} fallback={<p class="bk__row">Comparing with the workspace…</p>}>
          {(found) => (
            <>
              <div class="bk__row">
                <div class="grow">
                  <p class="fw-5">
                    {found().mine.entries === 0
                      ? 'Everything you wrote is in the workspace.'
                      : `${formatPlural(found().mine.records, 'record', 'records')} with changes of yours that the workspace lacks`}
                  </p>
                  <ul class="meta">
                    <For each={changes().slice(0, LINES)}>{(change) => <li>{change.text}</li>}</For>
                  </ul>
                  <Show when={props.isOwner && found().everything.entries > found().mine.entries}>
                    <p class="meta">
                      Add everything before you invite people again: whoever then joins with the email address they had
                      gets their deals and tasks back.
                    </p>
                  </Show>
                  <Show when={found().everything.homeless > 0}>
                    <p class="meta">
                      {formatPlural(found().everything.homeless, 'record', 'records')} of private spaces this server
                      does not have, or of years it could not be asked about, cannot be added here. They are in the
                      download.
                    </p>
                  </Show>
                  <Show when={changes().length > LINES}>
                    <p class="meta">and {changes().length - LINES} more, all in the download</p>
                  </Show>
                </div>
              </div>
              <div class={`bk__row row ${styles.wrap}`}>
                <Show when={found().mine.entries > 0 && workspace.canWrite()}>
                  <Button size="sm" variant="primary" disabled={isBusy()} onClick={() => void takeOver('mine')}>
                    Add mine to the workspace
                  </Button>
                </Show>
                <Show when={props.isOwner && found().everything.entries > found().mine.entries}>
                  <Button size="sm" disabled={isBusy()} onClick={() => void takeOver('everything')}>
                    Add everything ({formatPlural(found().everything.records, 'record', 'records')})
                  </Button>
                </Show>
                <Button size="sm" onClick={() => void save()}>
                  Download
                </Button>
                <Button size="sm" variant="quiet" onClick={() => setAsksToRemove(true)}>
                  Remove from this device
                </Button>
              </div>
            </>
          )}
        </Show>
      </div>
      <p class="set__note" role="status">
        {note()}
      </p>
      <Show when={asksToRemove()}>
        <Dialog
          open
          onOpenChange={setAsksToRemove}
          title="Remove the kept copy"
          description="What is only in it is then gone from this device for good. Download it first if in doubt."
          actions={
            <>
              <Button variant="quiet" onClick={() => setAsksToRemove(false)}>
                Cancel
              </Button>
              <Button variant="danger" onClick={() => void props.copy.discard()}>
                Remove
              </Button>
            </>
          }
        />
      </Show>
    </SettingGroup>
  );
}

/** Backups of the server for owners, and for everybody what this device kept from before the server was set back. */
import Archive from 'lucide-solid/icons/archive';
import DatabaseBackup from 'lucide-solid/icons/database-backup';
import { createResource, createSignal, For, type JSX, Show } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { formatInstant } from '../../fields/format.ts';
import { Callout } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { type Backup, backUpNow, backupUrl, decide, EXPORT_URL, readBackups, readRecovery } from './backups-api.ts';
import { bytesText, rhythmText, whenText } from './backups-words.ts';
import { FormerCopies } from './former-copies.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { SettingGroup, SettingRow } from './setting-parts.tsx';

export function BackupsSection(): JSX.Element {
  const workspace = useWorkspace();
  const isOwner = () => workspace.me().role === 'owner';
  return (
    <>
      <RecoveryNote isOwner={isOwner()} />
      <FormerCopies isOwner={isOwner()} />
      <Show
        when={isOwner()}
        fallback={
          <p class="fg-3">Backups hold everybody’s data and passwords, so only an owner can make and download them.</p>
        }
      >
        <BackupList />
        <SettingGroup
          title="Everything in plain files"
          text="Needs no Rapport to read: spreadsheets, JSON, texts and the history."
        >
          <div class="box">
            <SettingRow
              icon={Archive}
              label="One zip of everything"
              hint="CSV and JSON per kind of record, the trash included."
            >
              <a class="btn btn--sm" href={EXPORT_URL} download="">
                Download zip
              </a>
            </SettingRow>
          </div>
        </SettingGroup>
      </Show>
    </>
  );
}

function BackupList(): JSX.Element {
  const [answer, { refetch }] = createResource(readBackups);
  const [isMaking, setMaking] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const [note, setNote] = createSignal('');
  const [restoring, setRestoring] = createSignal<Backup | null>(null);
  const list = () => {
    const read = answer.latest;
    return read?.ok ? read.value : null;
  };
  const refusal = () => {
    const read = answer.latest;
    return problem() ?? (read && !read.ok ? read.message : undefined);
  };

  async function make(): Promise<void> {
    setMaking(true);
    setProblem(undefined);
    const made = await backUpNow();
    setMaking(false);
    if (made.ok) setNote('Backed up and verified.');
    else setProblem(made.message);
    await refetch();
  }

  return (
    <SettingGroup
      title="Backups"
      text={list() ? rhythmText(list()) : undefined}
      actions={
        <Button size="sm" disabled={isMaking()} onClick={() => void make()}>
          {isMaking() ? 'Backing up…' : 'Back up now'}
        </Button>
      }
    >
      <Show when={list()?.problem}>
        {(reason) => (
          <Callout tone="warning" title="The last backup was not made">
            {reason()}
          </Callout>
        )}
      </Show>
      <div class="box">
        <For each={list()?.backups} fallback={<SettingRow icon={DatabaseBackup} label="No backups yet" />}>
          {(backup) => (
            <SettingRow
              icon={DatabaseBackup}
              label={formatInstant(backup.at, Date.now())}
              hint={`${backup.kind === 'hourly' ? 'By the clock' : 'By hand'}, ${bytesText(backup.bytes)}, verified`}
            >
              <span class="row">
                <a
                  class="btn btn--sm"
                  href={backupUrl(backup.name)}
                  download={backup.name}
                  aria-label={`Download the backup of ${whenText(backup.at)}`}
                >
                  Download
                </a>
                <Button
                  size="sm"
                  aria-label={`Restore the backup of ${whenText(backup.at)}`}
                  onClick={() => setRestoring(backup)}
                >
                  Restore…
                </Button>
              </span>
            </SettingRow>
          )}
        </For>
      </div>
      <p class="set__note" role="status">
        {note()}
      </p>
      <Refusal text={refusal()} />
      <Show when={restoring()}>
        {(backup) => (
          <RestoreDialog
            backup={backup()}
            onClose={() => setRestoring(null)}
            onStarted={() => {
              setRestoring(null);
              setNote('The server is restoring. It is back in a few seconds, and this page says how it went.');
            }}
          />
        )}
      </Show>
    </SettingGroup>
  );
}

/** After a restore, and when the server noticed that it has lost something. */
function RecoveryNote(props: { readonly isOwner: boolean }): JSX.Element {
  const workspace = useWorkspace();
  // Asked again whenever the line changes: a restore ends and opens it.
  const [answer, { mutate }] = createResource(() => workspace.sync.state(), readRecovery);
  const [problem, setProblem] = createSignal<string>();
  const recovery = () => {
    const read = answer.latest;
    return read?.ok && read.value.state !== 'none' ? read.value : null;
  };

  async function choose(decision: 'recover' | 'revert' | 'finish'): Promise<void> {
    const decided = await decide(decision);
    if (decided.ok) mutate(decided);
    else setProblem(decided.message);
  }

  return (
    <Show when={recovery()}>
      {(now) => (
        <>
          <Callout tone="warning" title={now().reason}>
            <Show
              when={now().state === 'awaiting'}
              fallback={
                <p>Devices bring back what the server lacks as they come online. When all were here, finish.</p>
              }
            >
              <p>
                Devices that know more keep everything and send nothing for now. Bring it back, or go on from the
                backup: then everybody starts from it, and each person is offered what they had changed.
              </p>
            </Show>
            <Show when={props.isOwner} fallback={<p>An owner decides.</p>}>
              <p class="row">
                <Show
                  when={now().state === 'awaiting'}
                  fallback={
                    <Button size="sm" onClick={() => void choose('finish')}>
                      Finish
                    </Button>
                  }
                >
                  <Button size="sm" variant="primary" onClick={() => void choose('recover')}>
                    Bring back what devices have
                  </Button>
                  <Button size="sm" onClick={() => void choose('revert')}>
                    Go on from the backup
                  </Button>
                </Show>
              </p>
            </Show>
          </Callout>
          <Refusal text={problem()} />
        </>
      )}
    </Show>
  );
}

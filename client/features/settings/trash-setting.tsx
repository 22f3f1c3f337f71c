/** How long what was deleted can be restored. The server empties the trash, so this is asked and changed there. */
import { createResource, createSignal, type JSX, Show } from 'solid-js';
import { isShorterKept } from '../../../shared/model/trash-days.ts';
import { readTrashDays, saveTrashDays } from '../../data/trash-days.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { trashOptions, trashWords } from '../../fields/trash-words.ts';
import { announce } from '../../platform/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { Select } from '../../ui/select.tsx';
import { SettingRow } from './setting-parts.tsx';
import styles from './settings.module.css';

export function TrashSetting(): JSX.Element {
  const workspace = useWorkspace();
  const line = () => (workspace.sync.offlineSince() === null ? 'connected' : 'cut');
  const [asked, { mutate }] = createResource(line, readTrashDays, { initialValue: null });
  const [refused, setRefused] = createSignal<string>();
  /** A shorter time that somebody has to say yes to. */
  const [shorter, setShorter] = createSignal<number>();
  // `latest` keeps what is shown while it is asked for again.
  const days = () => asked.latest;

  async function save(chosen: number): Promise<void> {
    setShorter(undefined);
    const sentence = await saveTrashDays(chosen);
    setRefused(sentence);
    if (sentence !== undefined) return;
    mutate(chosen);
    announce(`The trash keeps what was deleted ${trashWords(chosen)} now`);
  }
  function choose(chosen: number): void {
    setRefused(undefined);
    const now = days();
    if (now === null || chosen === now) return;
    if (isShorterKept(chosen, now)) setShorter(chosen);
    else void save(chosen);
  }

  return (
    <>
      <div class={`box ${styles.first}`}>
        <SettingRow
          label="Keep in the trash"
          hint="What was deleted can be restored for so long. Then it goes for good, from the server and from every device."
        >
          <Show when={days() !== null} fallback={<span class="fg-3">Only your server knows</span>}>
            <Show when={workspace.may('settings')} fallback={<span class="fg-2">{trashWords(days() ?? 0)}</span>}>
              <div class={styles.select}>
                <Select
                  label="Keep in the trash"
                  hideLabel
                  options={trashOptions(days() ?? 0)}
                  value={String(days())}
                  onChange={(chosen) => choose(Number(chosen))}
                />
              </div>
            </Show>
          </Show>
        </SettingRow>
      </div>
      <Refusal text={refused()} />
      <Show when={shorter()}>
        {(chosen) => (
          <Dialog
            open
            onOpenChange={(open) => !open && setShorter(undefined)}
            title={`Keep what was deleted ${trashWords(chosen())}`}
            description="What has been in the trash for longer goes for good in about an hour, from the server and from every device. Until then you can choose a longer time again, or restore what somebody still needs."
            actions={
              <>
                <Button variant="quiet" onClick={() => setShorter(undefined)}>
                  Leave it as it is
                </Button>
                <Button variant="danger" onClick={() => void save(chosen())}>
                  Keep {trashWords(chosen())}
                </Button>
              </>
            }
          />
        )}
      </Show>
    </>
  );
}

/** Asks how to go back to a backup: what happens to what came after it. */
import { createSignal, createUniqueId, type JSX } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { type Backup, restore } from './backups-api.ts';
import { whenText } from './backups-words.ts';

type Mode = 'recover' | 'revert';

export function RestoreDialog(props: {
  readonly backup: Backup;
  readonly onStarted: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const id = createUniqueId();
  const [mode, setMode] = createSignal<Mode>('revert');
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();

  async function start(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    const answer = await restore(props.backup.name, mode());
    setBusy(false);
    if (answer.ok) props.onStarted();
    else setProblem(answer.message);
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={`Restore the backup of ${whenText(props.backup.at)}`}
      description="What is here now is backed up first. People who got accounts since then have to be invited again."
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button variant="danger" type="submit" form={id} disabled={isBusy()}>
            {isBusy() ? 'Restoring…' : 'Restore'}
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <RadioGroup
          label="What came after it"
          value={mode()}
          onChange={(value) => setMode(value as Mode)}
          options={[
            {
              value: 'revert',
              label: 'Everybody goes on from the backup',
              hint: 'Each person is offered what they had changed since. Nothing comes back by itself.',
            },
            {
              value: 'recover',
              label: 'Devices bring it back',
              hint: 'For a damaged server: devices that know more send it again, after an owner agrees.',
            },
          ]}
        />
      </form>
      <Refusal text={problem()} />
    </Dialog>
  );
}

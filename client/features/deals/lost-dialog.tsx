/** Asks why a deal was lost. Everything in it may be left empty: Enter marks the deal as lost at once. */
import { createSignal, For, type JSX, Show } from 'solid-js';
import { LOST_REASONS } from '../../../shared/entities/deal.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { describeRecords } from '../../fields/record-edit.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import type { DealActions } from './deal-actions.ts';
import styles from './deals.module.css';

export function LostDialog(props: {
  /** The deals that are being lost; nothing is asked while there are none. */
  readonly ids: readonly string[];
  readonly actions: DealActions;
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <Show when={props.ids.length > 0}>
      <LostForm ids={props.ids} actions={props.actions} onClose={props.onClose} />
    </Show>
  );
}

function LostForm(props: {
  readonly ids: readonly string[];
  readonly actions: DealActions;
  readonly onClose: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const [reason, setReason] = createSignal('');
  const [note, setNote] = createSignal('');
  function submit(): void {
    const ids = props.ids;
    props.onClose();
    props.actions.lose(ids, { reason: reason().trim(), note: note().trim() });
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={`Mark ${describeRecords(workspace, 'deal', props.ids)} as lost`}
      description="A reason helps to see later what deals are lost for. You can leave it empty."
      width={440}
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button variant="danger" onClick={submit}>
            Mark as lost
          </Button>
        </>
      }
    >
      <DialogForm onSubmit={submit}>
        <div class={styles.reasons} role="group" aria-label="Reasons">
          <For each={LOST_REASONS}>
            {(suggestion) => (
              <Button
                size="sm"
                pressed={reason() === suggestion}
                onClick={() => setReason(reason() === suggestion ? '' : suggestion)}
              >
                {suggestion}
              </Button>
            )}
          </For>
        </div>
        <TextField label="Reason" value={reason()} onInput={setReason} placeholder="Choose one or write your own" />
        <TextArea label="Note" value={note()} onInput={setNote} placeholder="What happened, what to remember" />
      </DialogForm>
    </Dialog>
  );
}

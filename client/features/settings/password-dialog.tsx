/** A new password for oneself; the old one is asked, because a device may have been left open. */
import { createSignal, type JSX } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { changePassword } from './security-api.ts';
import styles from './settings.module.css';

const SHORTEST = 10;

export function PasswordDialog(props: { readonly onDone: () => void; readonly onClose: () => void }): JSX.Element {
  const [current, setCurrent] = createSignal('');
  const [next, setNext] = createSignal('');
  const [refused, setRefused] = createSignal<string>();
  const [isTooShort, setTooShort] = createSignal(false);
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTooShort([...next()].length < SHORTEST);
    if (isTooShort()) return;
    const answer = await changePassword({ currentPassword: current(), newPassword: next() });
    if (answer.ok) props.onDone();
    else setRefused(answer.message);
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title="Change password"
      description="You stay signed in on all your devices."
    >
      <form class={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        <TextField
          label="Present password"
          type="password"
          autocomplete="current-password"
          autofocus
          value={current()}
          onInput={setCurrent}
        />
        <TextField
          label="New password"
          type="password"
          autocomplete="new-password"
          hint="At least 10 characters. A few words in a row are easy to keep in mind."
          error={isTooShort() ? `Use at least ${SHORTEST} characters.` : undefined}
          value={next()}
          onInput={setNext}
        />
        <Refusal text={refused()} />
        <div class="quickform__foot">
          <Button variant="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button variant="primary" type="submit">
            Change password
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

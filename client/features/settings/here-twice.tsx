/** Somebody is in the list twice since the server was refilled; said to whoever can mend it, with how. */
import { createSignal, type JSX } from 'solid-js';
import { Callout } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './settings.module.css';

export function HereTwice(props: {
  readonly name: string;
  readonly onBringTogether: () => Promise<unknown>;
}): JSX.Element {
  const [isAsking, setAsking] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);

  async function bring(): Promise<void> {
    if (isBusy()) return;
    setBusy(true);
    await props.onBringTogether();
    setBusy(false);
    setAsking(false);
  }
  return (
    <div class={`${styles.note} ${styles.belowTable}`}>
      <Callout
        title={`${props.name} is here twice`}
        actions={
          <Button size="sm" onClick={() => setAsking(true)}>
            Bring together
          </Button>
        }
      >
        They joined again before this server had its records back. What they had before belongs to the one who cannot
        sign in.
      </Callout>
      <Dialog
        open={isAsking()}
        onOpenChange={setAsking}
        title={`Bring ${props.name} together`}
        description="They are signed out, and you get a link for them. With it and the same e-mail address they come back as who they were: deals, tasks and mentions are theirs again, and what is open under the new account goes to them. Changes that were not sent come to you for review."
        actions={
          <>
            <Button variant="quiet" onClick={() => setAsking(false)}>
              Cancel
            </Button>
            <Button variant="primary" aria-disabled={isBusy() || undefined} onClick={() => void bring()}>
              Sign out and make a link
            </Button>
          </>
        }
      />
    </div>
  );
}

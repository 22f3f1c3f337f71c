/** Leaving this device: the local data goes, so what still waits is sent, saved or given up first, and on purpose. */
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { useWorkspace } from '../data/workspace.ts';
import { formatPlural } from '../fields/format.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { saveCopy } from './save-copy.ts';

export function SignOutDialog(props: { readonly open: boolean; readonly onClose: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const { sync } = workspace;
  const [isCopied, setCopied] = createSignal(false);
  const [isWorking, setWorking] = createSignal(false);
  const count = () => sync.waitingCount() + sync.refused().length;

  async function signOut(discard: boolean): Promise<void> {
    setWorking(true);
    const result = await workspace.signOut({ discard });
    // With changes that came in the meantime the dialog stays and counts them.
    if (result === 'changes-wait') setWorking(false);
  }
  async function copy(): Promise<void> {
    await saveCopy(workspace, 'waiting');
    setCopied(true);
  }
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => !open && props.onClose()}
      title={count() > 0 ? `${formatPlural(count(), 'change', 'changes')} not with your team yet` : 'Sign out'}
      actions={
        <Switch>
          <Match when={count() === 0}>
            <Button onClick={() => props.onClose()}>Stay</Button>
            <Button variant="primary" disabled={isWorking()} onClick={() => void signOut(false)}>
              Sign out
            </Button>
          </Match>
          <Match when={count() > 0}>
            <Button variant="danger-outline" disabled={isWorking()} onClick={() => void signOut(true)}>
              Discard and sign out
            </Button>
            <Button onClick={() => void copy()}>{isCopied() ? 'Save again' : 'Save a copy'}</Button>
            <Button variant="primary" onClick={() => sync.tryNow()}>
              Sync now
            </Button>
          </Match>
        </Switch>
      }
    >
      <Show
        when={count() > 0}
        fallback={<p>Everything is with your team. Signing out removes the copy on this device.</p>}
      >
        <p>
          Signing out removes the copy on this device, and with it what was not sent. Sync first, or save your changes
          as a file.
        </p>
        <p class="fg-3" role="status">
          {sync.state() === 'offline' || sync.state() === 'signed-out'
            ? 'There is no connection to your server right now.'
            : 'Sending them now.'}
          {isCopied() ? ' A file with your changes is in your downloads.' : ''}
        </p>
      </Show>
    </Dialog>
  );
}

/** What somebody sees who was removed from the workspace: who, what becomes of their unsent changes, and the way out. */
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import styles from './account.module.css';
import { AccountFrame } from './account-frame.tsx';
import { type RemovalView, removalWords } from './removal-words.ts';

export interface RemovedPageProps {
  readonly removal: RemovalView;
  /** Saves the changes that were not sent as a file. */
  readonly onSave: () => Promise<void>;
  readonly onWipe: () => Promise<void>;
  /** To the sign-in page, once nothing is left here. */
  readonly onLeave: () => void;
}

export function RemovedPage(props: RemovedPageProps): JSX.Element {
  const [isSaved, setSaved] = createSignal(false);
  const phase = () => props.removal.phase();
  const words = () => removalWords({ ...props.removal.notice, unsent: props.removal.unsent, phase: phase() });
  /** The copy may go once what was not sent is in somebody's hands. */
  const mayWipe = () => phase() === 'handed-in' || isSaved();
  async function save(): Promise<void> {
    await props.onSave();
    setSaved(true);
  }
  return (
    <AccountFrame title={words().title} text={words().text}>
      <div class={styles.fields}>
        <p role="status">{words().status}</p>
        <Switch>
          <Match when={phase() === 'wiped'}>
            <Button size="lg" block onClick={() => props.onLeave()}>
              Go to sign in
            </Button>
          </Match>
          <Match when={props.removal.unsent > 0}>
            <Button size="lg" block variant={mayWipe() ? undefined : 'primary'} onClick={() => void save()}>
              {isSaved() ? 'Save my unsent changes again' : 'Save my unsent changes'}
            </Button>
            <Show when={mayWipe()}>
              <Button size="lg" block variant="primary" onClick={() => void props.onWipe()}>
                Remove the copy from this device
              </Button>
            </Show>
          </Match>
        </Switch>
      </div>
    </AccountFrame>
  );
}

/** A first visit while the server does not answer: nothing is on this device yet that could be opened. */
import type { JSX } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import styles from './account.module.css';
import { AccountFrame } from './account-frame.tsx';

export function UnreachablePage(props: { readonly onTryNow: () => Promise<void> }): JSX.Element {
  return (
    <AccountFrame
      title="Your server does not answer"
      text="There is no copy of your workspace on this device yet, so it has to be reached once. It is tried again every few seconds."
    >
      <div class={styles.who}>
        <Button variant="primary" size="lg" onClick={() => void props.onTryNow()}>
          Try now
        </Button>
      </div>
    </AccountFrame>
  );
}

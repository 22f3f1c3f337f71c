/** The page around everything that happens before there is a workspace: brand, one form, and a look at what comes. */
import type { JSX } from 'solid-js';
import { SyncMark } from '../../ui/sync-pill.tsx';
import styles from './account.module.css';
import { AccountArt } from './account-art.tsx';

export function AccountFrame(props: {
  readonly title: string;
  /** The sentence under the heading. */
  readonly text?: JSX.Element;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <div class={`signin ${styles.page}`}>
      <main class={`signin__form ${styles.form}`} id="main">
        <div class="signin__brand">
          <BrandMark />
          <span>Rapport</span>
        </div>
        <div class={`signin__box ${styles.box}`}>
          <h1>{props.title}</h1>
          <p class="fg-2">{props.text}</p>
          {props.children}
        </div>
        <footer class="signin__foot">
          <SyncMark look="synced" />
          <span>Your data lives on your devices and syncs when you are online.</span>
        </footer>
      </main>
      <AccountArt />
    </div>
  );
}

function BrandMark(): JSX.Element {
  return (
    <svg class="brandmark" width="28" height="28" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="9" cy="12" r="6.5" class="bm-a" />
      <circle cx="15" cy="12" r="6.5" class="bm-b" />
      <path class="bm-c" d="M12 6.23a6.5 6.5 0 0 1 0 11.54 6.5 6.5 0 0 1 0-11.54z" />
    </svg>
  );
}

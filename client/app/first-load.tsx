/** The first time on a device: the workspace is downloaded, and the progress is real. */
import { type JSX, onCleanup, onMount, Show } from 'solid-js';
import { createMediaQuery, SMALL } from '../ui/media-query.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { focusHeadingSoon } from './page-focus.ts';
import styles from './shell.module.css';

export function FirstLoad(props: { readonly progress: number; readonly isOffline: boolean }): JSX.Element {
  const isSmall = createMediaQuery(SMALL);
  let heading!: HTMLHeadingElement;
  // The form that led here went with its focus; keys and voices go on from the words, then from the page that follows.
  onMount(() => document.activeElement === document.body && heading.focus({ preventScroll: true }));
  onCleanup(() => document.activeElement === heading && focusHeadingSoon());
  return (
    <div class={isSmall() ? `app ${styles.small}` : 'app'}>
      {/* Where the sidebar will be. */}
      <Show when={!isSmall()}>
        <div />
      </Show>
      <main class="panel" id="main" aria-busy="true">
        <div style={{ width: 'min(360px, calc(100% - 48px))', margin: 'auto', display: 'grid', gap: 'var(--sp-16)' }}>
          <h1 ref={heading} tabIndex={-1} style={{ 'font-size': 'var(--fs-20)', 'line-height': 'var(--lh-20)' }}>
            Bringing your workspace here
          </h1>
          <p class="fg-2">From then on it opens at once on this device, also without a connection.</p>
          <Show
            when={!props.isOffline}
            fallback={<p role="status">Your server does not answer right now. This goes on by itself when it does.</p>}
          >
            <ProgressBar label="Download" value={props.progress} detail={`${Math.round(props.progress * 100)} %`} />
          </Show>
          <Skeleton />
        </div>
      </main>
    </div>
  );
}

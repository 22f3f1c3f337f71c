/** The outline of a page while its code comes to this device for the first time: later visits have it in the same frame. */
import { For, type JSX } from 'solid-js';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './page-skeleton.module.css';

const ROWS = [72, 58, 66, 44, 61];

export function PageSkeleton(): JSX.Element {
  return (
    <div class={styles.page} aria-busy="true">
      <span class="sr" role="status">
        Opening
      </span>
      <div class={`topbar ${styles.bar}`}>
        <Skeleton width="140px" />
      </div>
      <div class={styles.rows}>
        <For each={ROWS}>{(width) => <Skeleton width={`${width}%`} />}</For>
      </div>
    </div>
  );
}

/**
 * How the composer of a page and the part that takes files on it speak with each other: one asks for files to be chosen or
 * has them dropped on it, the other stores them and answers with their records.
 */
import { onCleanup } from 'solid-js';

const CHOOSE = 'rapport:choose-files';
const ATTACHED = 'rapport:files-attached';

/** Asks the page's files part to let somebody choose files for what is being written. */
export function chooseFiles(): void {
  dispatchEvent(new CustomEvent(CHOOSE));
}

export function onChooseFiles(act: () => void): void {
  addEventListener(CHOOSE, act);
  onCleanup(() => removeEventListener(CHOOSE, act));
}

/** Tells the composer that files were put on the page's record for it. */
export function tellAttached(ids: readonly string[]): void {
  dispatchEvent(new CustomEvent(ATTACHED, { detail: ids }));
}

export function onAttached(act: (ids: readonly string[]) => void): void {
  const listener = (event: Event) => act((event as CustomEvent<readonly string[]>).detail);
  addEventListener(ATTACHED, listener);
  onCleanup(() => removeEventListener(ATTACHED, listener));
}

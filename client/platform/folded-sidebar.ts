/** The sidebar gives its room to a panel of the page while that is open, where the screen is too narrow for both. */
import { createSignal, onCleanup } from 'solid-js';

const [isFolded, setFolded] = createSignal(false);

/** Tracks. */
export const isSidebarFolded = isFolded;

/** Folds it to its rail for the life of the current Solid owner. There is one such panel at a time. */
export function foldSidebar(): void {
  setFolded(true);
  onCleanup(() => setFolded(false));
}

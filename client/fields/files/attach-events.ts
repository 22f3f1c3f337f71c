/**
 * How the composer of a page, a text that is being written, and the part that takes files on the page speak with each
 * other: one asks for files to be chosen or has them dropped on it, the other stores them and answers with their records.
 */
import { onCleanup } from 'solid-js';

const CHOOSE = 'rapport:choose-files';
const ATTACHED = 'rapport:files-attached';
const GIVEN = 'rapport:files-given';
const FOR_TEXT = 'rapport:files-for-text';

/** Asks the page's files part to let somebody choose files for what is being written; `text` is to show them inside. */
export function chooseFiles(text: HTMLElement | null = null): void {
  dispatchEvent(new CustomEvent(CHOOSE, { detail: text }));
}

export function onChooseFiles(act: (text: HTMLElement | null) => void): void {
  const listener = (event: Event) => act((event as CustomEvent<HTMLElement | null>).detail);
  addEventListener(CHOOSE, listener);
  onCleanup(() => removeEventListener(CHOOSE, listener));
}

/** The text that is written where files were dropped or pasted. */
export function textAround(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.rich--edit') : null;
}

export interface GivenFiles {
  readonly text: HTMLElement;
  readonly files: readonly File[];
  /** What is to be said beside what becomes of the files. */
  readonly said: readonly string[];
}

/** Hands files that came with words into a text to the page, which answers as for those dropped there. False when nobody takes them. */
export function giveFiles(given: GivenFiles): boolean {
  return !dispatchEvent(new CustomEvent(GIVEN, { cancelable: true, detail: given }));
}

/** `act` returns whether it takes them. */
export function onGivenFiles(act: (given: GivenFiles) => boolean): void {
  const listener = (event: Event) => {
    if (act((event as CustomEvent<GivenFiles>).detail)) event.preventDefault();
  };
  addEventListener(GIVEN, listener);
  onCleanup(() => removeEventListener(GIVEN, listener));
}

/** Tells a text that files were put on the page's record for it, each with the id of its record. */
export function tellText(text: HTMLElement, added: ReadonlyMap<File, string>): void {
  text.dispatchEvent(new CustomEvent(FOR_TEXT, { detail: added }));
}

/** Returns how to stop. */
export function onFilesForText(text: HTMLElement, act: (added: ReadonlyMap<File, string>) => void): () => void {
  const listener = (event: Event) => act((event as CustomEvent<ReadonlyMap<File, string>>).detail);
  text.addEventListener(FOR_TEXT, listener);
  return () => text.removeEventListener(FOR_TEXT, listener);
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

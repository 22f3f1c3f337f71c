/**
 * Files that are dropped where no page takes them. A browser would leave the app and open the first one; instead it is said
 * where they belong.
 */
import { type JSX, onCleanup } from 'solid-js';
import { isIcs, isMail, MAIL_BELONGS } from '../fields/file-kinds.ts';
import type { Toaster } from '../ui/toaster.tsx';

export function StrayFiles(props: { readonly toaster: Toaster }): JSX.Element {
  const isStray = (event: DragEvent) =>
    !event.defaultPrevented &&
    event.dataTransfer?.types.includes('Files') === true &&
    !(event.target instanceof HTMLInputElement && event.target.type === 'file');
  const over = (event: DragEvent) => {
    if (isStray(event)) event.preventDefault();
  };
  const dropped = (event: DragEvent) => {
    if (!isStray(event)) return;
    event.preventDefault();
    props.toaster.show({ tone: 'failed', text: strayText([...(event.dataTransfer?.files ?? [])]) });
  };
  // After everybody else: whoever takes files says so by keeping the browser off.
  window.addEventListener('dragover', over);
  window.addEventListener('drop', dropped);
  onCleanup(() => {
    window.removeEventListener('dragover', over);
    window.removeEventListener('drop', dropped);
  });
  return null;
}

/** Where files belong that came to a page that takes none. */
export function strayText(files: readonly File[]): string {
  const [file] = files;
  if (file === undefined || files.length > 1) {
    return 'Files are not taken here, and nothing was done with them. Drop them on the page of a person, company or deal.';
  }
  if (isMail(file)) return `${file.name} is an e-mail. ${MAIL_BELONGS}`;
  if (isIcs(file)) {
    return `${file.name} is a calendar file. Drop it on the calendar, or on the page of a person, company or deal.`;
  }
  if (/\.(csv|tsv)$/i.test(file.name)) return `${file.name} is a table. Drop it on the import page.`;
  return `Nothing was done with ${file.name}. Drop it on the page of the person, company or deal it belongs to.`;
}

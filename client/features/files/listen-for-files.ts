/** Files that come to a page by themselves: dragged in from outside, or pasted. */
import { type Accessor, createSignal, onCleanup } from 'solid-js';

export interface ListenForFilesOptions {
  readonly mayTake: () => boolean;
  readonly onFiles: (files: readonly File[], target: EventTarget | null) => void;
}

/**
 * For the life of the current owner; returns whether files are held over the page. Without this a browser leaves the app
 * and opens a file that is dropped beside its mark, so the whole window listens.
 */
export function listenForFiles({ mayTake, onFiles }: ListenForFilesOptions): Accessor<boolean> {
  const [isOver, setOver] = createSignal(false);

  function over(event: DragEvent): void {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.dataTransfer) event.dataTransfer.dropEffect = mayTake() ? 'copy' : 'none';
    setOver(true);
  }
  function left(event: DragEvent): void {
    // Between two elements of the page there is one to come.
    if (event.relatedTarget === null) setOver(false);
  }
  function dropped(event: DragEvent): void {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    if (mayTake()) onFiles([...(event.dataTransfer?.files ?? [])], event.target);
  }
  function pasted(event: ClipboardEvent): void {
    const { clipboardData: data } = event;
    // A word processor puts a picture of the text beside the text: that is no file anybody meant. Beside a picture that was
    // copied alone it puts a text of blanks.
    if (data === null || data.files.length === 0 || data.getData('text/plain').trim() !== '' || !mayTake()) return;
    event.preventDefault();
    event.stopPropagation();
    onFiles([...data.files].map(named), event.target);
  }
  const listeners = { dragover: over, dragleave: left, drop: dropped, paste: pasted } as const;
  for (const [name, listener] of Object.entries(listeners)) {
    window.addEventListener(name, listener as EventListener, { capture: true });
  }
  onCleanup(() => {
    for (const [name, listener] of Object.entries(listeners)) {
      window.removeEventListener(name, listener as EventListener, { capture: true });
    }
  });
  return isOver;
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Every picture of the screen is called image.png. */
function named(file: File): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const at = new Date();
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const ending = file.name.slice('image'.length);
  return new File([file], `Pasted ${day} ${two(at.getHours())}.${two(at.getMinutes())}${ending}`, { type: file.type });
}

/** A file inside of a text: a picture as such, everything else by its name. From this device where it is here, else from the server. */
import './files.css';
import ImageOff from 'lucide-solid/icons/image-off';
import { createEffect, createSignal, type JSX, on, onCleanup, Show, untrack } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { sizeInWords } from '../../../shared/model/byte-size.ts';
import type { FileInText } from '../../../shared/model/rich-parts.ts';
import type { Files } from '../../data/files.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { download } from '../../platform/download.ts';
import { attributesOfFile } from './copied-file.ts';
import { iconOf, lookOf } from './file-kinds.ts';
import { FilePreview } from './file-preview.tsx';

/** A larger picture is not fetched by looking at a page: it is shown by its name until somebody asks. */
const MOST_BYTES = 10_000_000;

const AGAIN_MS = [2_000, 5_000, 15_000, 60_000] as const;
const again = (attempt: number) => AGAIN_MS[Math.min(attempt, AGAIN_MS.length - 1)];

export interface TextFileProps {
  readonly file: FileInText;
  /** In a text that is being written a click chooses it. */
  readonly isEdited?: boolean;
}

export function TextFile(props: TextFileProps): JSX.Element {
  const workspace = useWorkspace();
  const [content, setContent] = createSignal<Blob>();
  const [problem, setProblem] = createSignal<string>();
  const [isShown, setShown] = createSignal(false);
  const isPicture = () => lookOf(props.file) === 'image' && props.file.bytes <= MOST_BYTES;

  async function load(): Promise<Blob | undefined> {
    try {
      const found = await untrack(workspace.files)?.open(props.file);
      setContent(found);
      setProblem(undefined);
      return found;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'FileUnavailable') throw error;
      setProblem(error.message);
      return undefined;
    }
  }
  /** A text is there before the pictures that somebody else has put into it: they are asked for until they are. */
  async function look(files: Files, attempt: number): Promise<void> {
    const { hash, name } = props.file;
    const isHere = files.place(hash).kind !== 'elsewhere';
    if (isHere || (await files.isWithServer(hash))) await load();
    else setProblem(`${name} is not on this device yet. It shows when it has reached the server and you are online.`);
    if (content() === undefined && !isGone) timer = setTimeout(() => void look(files, attempt + 1), again(attempt));
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;
  onCleanup(() => {
    isGone = true;
    clearTimeout(timer);
  });
  createEffect(
    on([() => workspace.files(), () => workspace.sync.offlineSince()], ([files]) => {
      clearTimeout(timer);
      if (files && isPicture() && content() === undefined) void look(files, 0);
    }),
  );
  async function open(): Promise<void> {
    if (content() === undefined) await load();
    if (lookOf(props.file) === 'other') save();
    else if (content() !== undefined) setShown(true);
  }
  const save = () => {
    const found = content();
    if (found) download(props.file.name, new Blob([found], { type: 'application/octet-stream' }));
  };

  return (
    <span class="textfile" {...attributesOfFile(props.file)}>
      <Show
        when={isPicture() ? content() : undefined}
        fallback={
          <Show when={!isPicture() || problem() !== undefined} fallback={<Waiting file={props.file} />}>
            <Chip file={props.file} problem={problem()} isEdited={props.isEdited === true} onOpen={() => void open()} />
          </Show>
        }
      >
        {(found) => (
          <Show when={!props.isEdited} fallback={<Picture file={props.file} content={found()} />}>
            <button
              type="button"
              class="textfile__open"
              aria-label={`Show ${props.file.name} in full`}
              onClick={() => setShown(true)}
            >
              <Picture file={props.file} content={found()} />
            </button>
          </Show>
        )}
      </Show>
      <Show when={isShown() ? content() : undefined}>
        {(found) => <FilePreview file={props.file} content={found()} onSave={save} onClose={() => setShown(false)} />}
      </Show>
    </span>
  );
}

function Picture(props: { readonly file: FileInText; readonly content: Blob }): JSX.Element {
  const [isBroken, setBroken] = createSignal(false);
  // With the type we decided on, which cannot hold a script.
  // oxlint-disable-next-line solid/reactivity -- the bytes of a hash stay what they are.
  const address = URL.createObjectURL(new Blob([props.content], { type: props.file.type }));
  onCleanup(() => URL.revokeObjectURL(address));
  return (
    <Show
      when={!isBroken()}
      fallback={
        <span class="textfile__chip">
          <ImageOff class="lucide--sm" />
          {props.file.name} cannot be shown. Its file is safe.
        </span>
      }
    >
      <img
        class="textfile__picture"
        src={address}
        alt={props.file.name}
        width={props.file.width ?? undefined}
        height={props.file.height ?? undefined}
        draggable={false}
        onError={() => setBroken(true)}
      />
    </Show>
  );
}

/** The place of a picture before its bytes are there, so that nothing moves when they are. */
function Waiting(props: { readonly file: FileInText }): JSX.Element {
  return (
    <svg
      class="textfile__picture textfile__picture--waiting"
      width={props.file.width ?? 160}
      height={props.file.height ?? 120}
      viewBox={`0 0 ${props.file.width ?? 160} ${props.file.height ?? 120}`}
      role="img"
      aria-label={props.file.name}
    />
  );
}

function Chip(props: {
  readonly file: FileInText;
  readonly problem: string | undefined;
  readonly isEdited: boolean;
  readonly onOpen: () => void;
}): JSX.Element {
  const words = () => (
    <>
      <Dynamic component={iconOf(props.file)} class="lucide--sm fg-3" />
      <span class="truncate">{props.file.name}</span>
      <span class="meta">{sizeInWords(props.file.bytes)}</span>
    </>
  );
  return (
    <>
      <Show when={!props.isEdited} fallback={<span class="textfile__chip">{words()}</span>}>
        <button type="button" class="textfile__chip" onClick={() => props.onOpen()}>
          {words()}
        </button>
      </Show>
      <Show when={props.problem}>{(sentence) => <span class="meta textfile__why">{sentence()}</span>}</Show>
    </>
  );
}

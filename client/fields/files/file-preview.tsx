/**
 * A look at a file. Pictures are shown from their bytes. A PDF opens in a tab of its own, in the browser's reader, which
 * keeps it apart from this app; embedding it here would need a hole in the content security policy.
 */
import './files.css';
import Download from 'lucide-solid/icons/download';
import ExternalLink from 'lucide-solid/icons/external-link';
import { createMemo, createSignal, type JSX, onCleanup, Show } from 'solid-js';
import type { FileRecord } from '../../../shared/entities/file.ts';
import { sizeInWords } from '../../../shared/model/byte-size.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { lookOf } from './file-kinds.ts';

/** The tab that was opened reads the address after the click. */
const ADDRESS_LIVES_MS = 60_000;

export function FilePreview(props: {
  readonly file: Pick<FileRecord, 'name' | 'type'>;
  readonly content: Blob;
  readonly onSave: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const [isBroken, setBroken] = createSignal(false);
  const isImage = () => lookOf(props.file) === 'image';
  /** With the type we decided on: what the upload claimed could be a page. */
  const address = createMemo(() => {
    const url = URL.createObjectURL(
      new Blob([props.content], { type: isImage() ? props.file.type : 'application/pdf' }),
    );
    onCleanup(() => setTimeout(() => URL.revokeObjectURL(url), ADDRESS_LIVES_MS));
    return url;
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={props.file.name}
      width={isImage() ? 960 : 480}
      actions={
        <>
          <Button icon={Download} onClick={() => props.onSave()}>
            Download
          </Button>
          <Show when={!isImage()}>
            <a class="btn btn--primary" href={address()} target="_blank" rel="noopener">
              <ExternalLink />
              Open in a new tab
            </a>
          </Show>
        </>
      }
    >
      <Show
        when={isImage()}
        fallback={
          <p>A PDF of {sizeInWords(props.content.size)}. Your browser shows it in a tab of its own, also offline.</p>
        }
      >
        <Show
          when={!isBroken()}
          fallback={<p>This picture cannot be shown. Its file is safe: download it and open it in another program.</p>}
        >
          <img class="filepreview" src={address()} alt={props.file.name} onError={() => setBroken(true)} />
        </Show>
      </Show>
    </Dialog>
  );
}

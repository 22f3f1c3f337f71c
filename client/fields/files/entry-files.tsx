/** The files that came with an entry of the timeline. */
import './files.css';
import { For, type JSX, Show } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { FileRow } from './file-row.tsx';

export function EntryFiles(props: { readonly ids: readonly string[] }): JSX.Element {
  const workspace = useWorkspace();
  return (
    <ul class="filelist filelist--entry" aria-label="Files of this entry">
      <For each={props.ids}>
        {(id) => <Show when={workspace.collection('file').byId(id)}>{(file) => <FileRow file={file()} short />}</Show>}
      </For>
    </ul>
  );
}

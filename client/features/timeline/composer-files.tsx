/** Files that come with what is being written: they are on the record already and become part of the entry when it is saved. */
import Paperclip from 'lucide-solid/icons/paperclip';
import { For, type JSX, Show } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { chooseFiles, onAttached } from '../../fields/files/attach-events.ts';
import { useRecordParts } from '../../fields/record-parts.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { ComposerState } from './composer-state.ts';

export function AttachButton(): JSX.Element {
  const parts = useRecordParts();
  return (
    <Show when={parts.files}>
      <IconButton size="sm" icon={Paperclip} label="Attach files" onClick={() => chooseFiles()} />
    </Show>
  );
}

export function ComposerFiles(props: { readonly state: ComposerState }): JSX.Element {
  const workspace = useWorkspace();
  const ids = () => props.state.draft().files;
  // oxlint-disable-next-line solid/reactivity -- the state is the composer's for its life.
  onAttached((added) => props.state.patch({ files: [...new Set([...ids(), ...added])] }));
  return (
    <Show when={ids().length > 0}>
      <div class="composer__fields composer__also">
        <For each={ids()}>
          {(id) => (
            <Show when={workspace.collection('file').byId(id)}>
              {(file) => (
                <Tag
                  tone="neutral"
                  removeLabel={`Leave ${file().name} out of this entry`}
                  onRemove={() => props.state.patch({ files: ids().filter((each) => each !== id) })}
                >
                  {file().name}
                </Tag>
              )}
            </Show>
          )}
        </For>
      </div>
    </Show>
  );
}

/** What can be done with all selected records at once; one undo step each. */
import Tag from 'lucide-solid/icons/tag';
import Trash from 'lucide-solid/icons/trash';
import UserRound from 'lucide-solid/icons/user';
import X from 'lucide-solid/icons/x';
import { createSignal, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useWorkspace } from '../data/workspace.ts';
import type { Icon } from '../ui/icon.ts';
import { Kbd } from '../ui/kbd.tsx';
import { Picker } from '../ui/picker.tsx';
import { Popover } from '../ui/popover.tsx';
import { formatCount } from './format.ts';
import { createTagList } from './popup-editor.tsx';
import { addToField, trashRecords, writeField } from './record-edit.ts';
import type { RecordList } from './record-list.ts';
import { RecordPicker } from './record-picker.tsx';

export function BulkBar(props: {
  readonly list: RecordList;
  /** Further actions of this table, between the common ones and Delete. */
  readonly children?: JSX.Element;
}): JSX.Element {
  const workspace = useWorkspace();
  const ids = () => props.list.selectedIds();
  const [refused, setRefused] = createSignal<string>();
  const clear = () => props.list.select(new Set());
  return (
    <>
      <span class="sr" role="status">
        {ids().length > 0 ? `${formatCount(ids().length)} selected` : ''}
      </span>
      <Show when={ids().length > 0}>
        <div
          class="bulkbar"
          role="toolbar"
          aria-label="Selected records"
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !event.currentTarget.contains(event.target)) return;
            event.preventDefault();
            clear();
          }}
        >
          <span class="bulkbar__count">{formatCount(ids().length)} selected</span>
          <span class="bulkbar__sep" />
          <BulkMenu label="Owner" icon={UserRound}>
            {(close) => (
              <RecordPicker
                label="Owner of the selected records"
                target="member"
                value={null}
                onPick={(owner) => {
                  setRefused(writeField(workspace, props.list.entity, ids(), 'owner', owner));
                  close();
                }}
              />
            )}
          </BulkMenu>
          <BulkMenu label="Tag" icon={Tag}>
            {(close) => (
              <TagPicker
                onPick={(tag) => {
                  setRefused(addToField(workspace, props.list.entity, ids(), 'tags', tag));
                  close();
                }}
              />
            )}
          </BulkMenu>
          {props.children}
          <button
            type="button"
            class="bulkbar__btn"
            onClick={() => {
              setRefused(trashRecords(workspace, props.list.entity, ids()));
              clear();
            }}
          >
            <Trash />
            Delete
          </button>
          <span class="bulkbar__sep" />
          <button type="button" class="bulkbar__btn" aria-label="Clear the selection" onClick={clear}>
            <X />
            <Kbd keys="Escape" />
          </button>
        </div>
      </Show>
      <Show when={refused()}>
        <p class="sr" role="alert">
          {refused()}
        </p>
      </Show>
    </>
  );
}

/** A button of the bar with a surface above it. */
export function BulkMenu(props: {
  readonly label: string;
  readonly icon: Icon;
  readonly children: (close: () => void) => JSX.Element;
}): JSX.Element {
  const [open, setOpen] = createSignal(false);
  return (
    <Popover
      label={props.label}
      open={open()}
      onOpenChange={setOpen}
      placement="top-start"
      class="popover--picker"
      trigger={(trigger) => (
        <button type="button" {...trigger} class="bulkbar__btn" classList={{ 'is-hover': open() }}>
          <Dynamic component={props.icon} />
          {props.label}
        </button>
      )}
    >
      {props.children(() => setOpen(false))}
    </Popover>
  );
}

function TagPicker(props: { readonly onPick: (tag: string) => void }): JSX.Element {
  const known = createTagList();
  return (
    <Picker
      label="Tag the selected records"
      options={known}
      optionValue={(tag) => tag}
      optionLabel={(tag) => tag}
      isChosen={() => false}
      onPick={(tag) => props.onPick(tag)}
      onCreate={(tag) => props.onPick(tag)}
      createLabel={(tag) => `New tag “${tag}”`}
      placeholder="Find or add a tag"
      emptyText="Type a word and press Enter."
    />
  );
}

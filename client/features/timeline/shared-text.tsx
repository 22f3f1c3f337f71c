/** A shared text being written: the editor with the carets of others; where that cannot be, the text and why. */
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { noteMentions } from '../../../shared/commands/notice-commands.ts';
import { membersIn } from '../../../shared/model/rich-parts.ts';
import { docOfText } from '../../../shared/model/rich-text.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { createEditorSources } from '../../fields/rich-text/editor-sources.ts';
import { richEditor } from '../../fields/rich-text/rich-text.tsx';
import { RichView } from '../../fields/rich-text/rich-view.tsx';
import { Button } from '../../ui/button.tsx';

export interface SharedTextProps {
  readonly recordId: string;
  /** The record's plain text: a text that nobody has written in yet begins with it. */
  readonly plain: string;
  readonly label: string;
  readonly placeholder: string;
  readonly onClose: () => void;
}

export function SharedText(props: SharedTextProps): JSX.Element {
  const workspace = useWorkspace();
  const sources = createEditorSources();
  void richEditor.load();
  // One text for the life of the editor.
  // oxlint-disable-next-line solid/reactivity
  const text = workspace.texts.open(props.recordId, props.plain);
  if (text) onCleanup(text.release);
  const [isUnknown, setUnknown] = createSignal(false);
  const code = () => (text && !isUnknown() ? richEditor.code() : undefined);
  const namer = createNamer(() => props.recordId);
  const shown = () => workspace.texts.read(props.recordId) ?? docOfText(props.plain);
  return (
    <div class="sharedtext">
      <Show
        when={code()}
        fallback={
          <>
            <Show when={isUnknown()}>
              <p class="fg-2 sharedtext__why">
                This text has something from a newer version. Nothing is lost; reload to go on writing.
              </p>
            </Show>
            <Show when={!text}>
              <p class="fg-2 sharedtext__why">This text is still on its way to this device. Try again in a moment.</p>
            </Show>
            <RichView doc={shown()} />
            <Button size="sm" onClick={() => props.onClose()}>
              Close
            </Button>
          </>
        }
      >
        {(editor) => (
          <Dynamic
            component={editor()}
            label={props.label}
            placeholder={props.placeholder}
            sources={sources}
            shared={text ?? undefined}
            autofocus
            onSave={() => props.onClose()}
            onEscape={() => props.onClose()}
            onUnknown={() => setUnknown(true)}
            onNamed={namer}
          >
            <span class="push row row--6">
              <Button size="sm" onClick={() => props.onClose()}>
                Done
              </Button>
            </span>
          </Dynamic>
        )}
      </Show>
    </div>
  );
}

/** Nobody is told while the name is still being looked at, or of one that was taken back at once. */
const TELL_AFTER_MS = 4_000;

/** Tells teammates who are named here, after a pause in naming, and at the latest when the text is closed. */
function createNamer(recordId: () => string): (memberIds: readonly string[]) => void {
  const workspace = useWorkspace();
  const named = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  function tell(): void {
    clearTimeout(timer);
    const doc = named.size === 0 ? null : workspace.texts.read(recordId());
    const members = membersIn(doc ?? docOfText('')).filter(({ memberId }) => named.has(memberId));
    named.clear();
    if (members.length === 0) return;
    attempt(() => workspace.runQuietly((tx) => noteMentions(tx, { recordId: recordId(), members })));
  }
  addEventListener('pagehide', tell);
  onCleanup(() => {
    removeEventListener('pagehide', tell);
    tell();
  });
  return (memberIds) => {
    for (const id of memberIds) named.add(id);
    clearTimeout(timer);
    timer = setTimeout(tell, TELL_AFTER_MS);
  };
}

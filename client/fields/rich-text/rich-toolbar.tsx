/** The buttons under a text: what is bold, listed, linked. Each has its key in the hint. */
import type { Editor } from '@tiptap/core';
import AtSign from 'lucide-solid/icons/at-sign';
import Bold from 'lucide-solid/icons/bold';
import Italic from 'lucide-solid/icons/italic';
import Link from 'lucide-solid/icons/link';
import List from 'lucide-solid/icons/list';
import ListChecks from 'lucide-solid/icons/list-checks';
import Slash from 'lucide-solid/icons/slash';
import { createMemo, createSignal, For, type JSX, onCleanup, Show } from 'solid-js';
import type { Icon } from '../../ui/icon.ts';
import { IconButton } from '../../ui/icon-button.tsx';

interface Tool {
  readonly label: string;
  readonly icon: Icon;
  readonly keys?: string;
  readonly isOn?: (editor: Editor) => boolean;
  readonly run: (editor: Editor) => void;
}

const TOOLS: readonly Tool[] = [
  {
    label: 'Bold',
    icon: Bold,
    keys: 'Mod+B',
    isOn: (editor) => editor.isActive('bold'),
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    label: 'Italic',
    icon: Italic,
    keys: 'Mod+I',
    isOn: (editor) => editor.isActive('italic'),
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    label: 'List',
    icon: List,
    keys: 'Mod+Shift+8',
    isOn: (editor) => editor.isActive('bulletList'),
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    label: 'Checklist',
    icon: ListChecks,
    keys: 'Mod+Shift+9',
    isOn: (editor) => editor.isActive('taskList'),
    run: (editor) => editor.chain().focus().toggleTaskList().run(),
  },
];
const SIGNS: readonly Tool[] = [
  { label: 'Mention', icon: AtSign, run: (editor) => typeSign(editor, '@') },
  { label: 'Insert a block or template', icon: Slash, run: (editor) => typeSign(editor, '/') },
];

/** The lists open after a space or at the beginning of a line. */
function typeSign(editor: Editor, sign: string): void {
  const { $from } = editor.state.selection;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, ' ').slice(-1);
  editor
    .chain()
    .focus()
    .insertContent(before === '' || before === ' ' ? sign : ` ${sign}`)
    .run();
}

export function RichToolbar(props: { readonly editor: Editor | undefined }): JSX.Element {
  const [link, setLink] = createSignal<string>();
  const openLink = (editor: Editor) => setLink(String(editor.getAttributes('link').href ?? ''));
  const tools = () => [
    ...TOOLS,
    { label: 'Link', icon: Link, isOn: (editor: Editor) => editor.isActive('link'), run: openLink },
    ...SIGNS,
  ];
  return (
    <Show when={props.editor} keyed>
      {(editor) => (
        <Show
          when={link() !== undefined}
          fallback={
            <div class="row row--2" role="toolbar" aria-label="Form of the text">
              <For each={tools()}>{(tool) => <ToolButton tool={tool} editor={editor} />}</For>
            </div>
          }
        >
          <LinkInput
            address={link() ?? ''}
            onDone={(address) => {
              setLink(undefined);
              const chain = editor.chain().focus().extendMarkRange('link');
              if (address === '') chain.unsetLink().run();
              else if (address !== undefined) setAddress(editor, address);
              else editor.commands.focus();
            }}
          />
        </Show>
      )}
    </Show>
  );
}

/** What is not selected becomes the text of the link. */
function setAddress(editor: Editor, typed: string): void {
  const href = /^[a-z][a-z0-9+.-]*:|^\//i.test(typed)
    ? typed
    : typed.includes('@')
      ? `mailto:${typed}`
      : `https://${typed}`;
  if (editor.state.selection.empty && !editor.isActive('link')) {
    const marks = [{ type: 'link', attrs: { href } }];
    editor
      .chain()
      .focus()
      .insertContent([
        { type: 'text', text: typed, marks },
        { type: 'text', text: ' ' },
      ])
      .run();
  } else {
    editor.chain().focus().extendMarkRange('link').setLink({ href }).run();
  }
}

function ToolButton(props: { readonly tool: Tool; readonly editor: Editor }): JSX.Element {
  const [version, setVersion] = createSignal(0);
  const changed = () => setVersion((before) => before + 1);
  // oxlint-disable-next-line solid/reactivity -- an editor stays the same for the life of its button.
  const { editor } = props;
  editor.on('transaction', changed);
  onCleanup(() => editor.off('transaction', changed));
  const isOn = createMemo(() => {
    version();
    return props.tool.isOn?.(editor);
  });
  return (
    <IconButton
      size="sm"
      icon={props.tool.icon}
      label={props.tool.label}
      keys={props.tool.keys}
      pressed={isOn()}
      onPointerDown={(event: PointerEvent) => event.preventDefault()}
      onClick={() => props.tool.run(editor)}
    />
  );
}

function LinkInput(props: {
  readonly address: string;
  /** Undefined = left as it was. */
  readonly onDone: (address: string | undefined) => void;
}): JSX.Element {
  return (
    <input
      class="input input--sm rich__link"
      type="text"
      inputMode="url"
      aria-label="Address of the link"
      placeholder="Address, Enter to set, Esc to leave"
      value={props.address}
      ref={(input) => queueMicrotask(() => input.select())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') props.onDone(event.currentTarget.value.trim());
        else if (event.key === 'Escape') props.onDone(undefined);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onBlur={() => props.onDone(undefined)}
    />
  );
}

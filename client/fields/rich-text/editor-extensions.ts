/** Everything a note can hold, for Tiptap. The names of nodes and marks are in stored texts: they only grow. */
import { type Editor, Extension, type Extensions, mergeAttributes, Node } from '@tiptap/core';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { TableKit } from '@tiptap/extension-table';
import { Placeholder } from '@tiptap/extensions';
import { Markdown } from '@tiptap/markdown';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import StarterKit from '@tiptap/starter-kit';
import { Suggestion } from '@tiptap/suggestion';
import { mentionText } from '../../../shared/model/rich-text.ts';
import { type BlockCommand, blockCommands } from './block-commands.ts';
import type { EditorSources, MentionItem } from './editor-sources.ts';
import { fileNode } from './file-node.ts';
import { cleanPastedHtml, looksLikeMarkdown } from './paste-html.ts';
import { pastedPictures } from './pasted-pictures.ts';
import { expectPictures, picturePlaces } from './picture-places.ts';
import { suggestionList } from './suggestion-list.tsx';

/** Nodes and marks of stored texts that this build can edit. A text with others is shown and not edited. */
export const KNOWN_NODES: ReadonlySet<string> = new Set([
  'paragraph',
  'text',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'taskList',
  'taskItem',
  'blockquote',
  'codeBlock',
  'horizontalRule',
  'hardBreak',
  'table',
  'tableRow',
  'tableHeader',
  'tableCell',
  'mention',
  'file',
  'bold',
  'italic',
  'strike',
  'underline',
  'code',
  'link',
]);

export interface ExtensionOptions {
  readonly sources: EditorSources;
  readonly placeholder: string;
  /** A text that is written together has an undo of its own. */
  readonly isShared: boolean;
  readonly onSave: () => void;
  /** Where no list is open that Escape closes first. Returns whether it did anything. */
  readonly onEscape?: () => boolean;
}

export function editorExtensions({ sources, placeholder, isShared, onSave, onEscape }: ExtensionOptions): Extensions {
  return [
    StarterKit.configure({
      ...(isShared ? { undoRedo: false as const } : {}),
      // It would write a line at the end of every text that is only opened.
      trailingNode: false,
      heading: { levels: [1, 2, 3] },
      link: { openOnClick: false, autolink: true, defaultProtocol: 'https', protocols: ['mailto', 'tel', 'sms'] },
    }),
    TaskList,
    TaskItem.configure({ nested: true, a11y: { checkboxLabel: (node) => `Done: ${node.textContent}` } }),
    TableKit.configure({ table: { resizable: false } }),
    Placeholder.configure({ placeholder }),
    Markdown,
    mention(sources),
    fileNode(sources),
    slashMenu(sources),
    pasting(sources),
    leaving(onEscape),
    Extension.create({
      name: 'save',
      priority: 1_000,
      addKeyboardShortcuts: () => ({
        'Mod-Enter': () => {
          onSave();
          return true;
        },
      }),
    }),
  ];
}

const ATTRIBUTES = { id: 'data-id', label: 'data-label' } as const;

/** `@` names a teammate or links to a record; the text keeps id and the name of the day it was written. */
function mention(sources: EditorSources) {
  return Node.create({
    name: 'mention',
    group: 'inline',
    inline: true,
    atom: true,
    selectable: false,
    addAttributes: () =>
      Object.fromEntries(
        Object.entries(ATTRIBUTES).map(([name, attribute]) => [
          name,
          {
            default: '',
            parseHTML: (element: HTMLElement) => element.getAttribute(attribute) ?? '',
            renderHTML: (attributes: Record<string, unknown>) => ({ [attribute]: String(attributes[name] ?? '') }),
          },
        ]),
      ),
    parseHTML: () => [{ tag: 'span[data-type="mention"]' }],
    renderHTML: ({ node, HTMLAttributes }) => [
      'span',
      mergeAttributes({ 'data-type': 'mention', class: 'mention' }, HTMLAttributes),
      mentionText({ type: 'mention', attrs: node.attrs }),
    ],
    renderText: ({ node }) => mentionText({ type: 'mention', attrs: node.attrs }),
    renderMarkdown: (node) => mentionText({ type: 'mention', attrs: node.attrs }),
    addProseMirrorPlugins() {
      return [
        Suggestion<MentionItem, MentionItem>({
          editor: this.editor,
          char: '@',
          pluginKey: new PluginKey('mention'),
          items: ({ query }) => [...sources.mentions(query)],
          command({ editor, range, props: { id, label } }) {
            editor
              .chain()
              .focus()
              .insertContentAt(range, [
                { type: 'mention', attrs: { id, label } },
                { type: 'text', text: ' ' },
              ])
              .run();
          },
          render: suggestionList('Mention', (item) => item, 'Nobody and nothing of this name'),
        }),
      ];
    },
  });
}

/** `/` offers blocks and templates. */
function slashMenu(sources: EditorSources) {
  return Extension.create({
    name: 'slashMenu',
    addProseMirrorPlugins() {
      return [
        Suggestion<BlockCommand, BlockCommand>({
          editor: this.editor,
          char: '/',
          pluginKey: new PluginKey('slashMenu'),
          allow: ({ editor }) => !editor.isActive('codeBlock'),
          items: ({ query }) => blockCommands(sources, query),
          command: ({ editor, range, props }) => {
            editor.chain().focus().deleteRange(range).run();
            props.run(editor);
          },
          render: suggestionList('Insert', (item) => item, 'Nothing of this name'),
        }),
      ];
    },
  });
}

/** After everybody else has looked at the key. */
function leaving(onEscape: ExtensionOptions['onEscape']) {
  return Extension.create({
    name: 'leaving',
    priority: 1,
    addProseMirrorPlugins: () => [
      new Plugin({
        key: new PluginKey('leaving'),
        props: {
          handleKeyDown(_view, event) {
            if (event.key !== 'Escape' || onEscape?.() !== true) return false;
            event.stopPropagation();
            return true;
          },
        },
      }),
    ],
  });
}

/** What other programs put on the clipboard, or is dragged out of them. */
function pasting(sources: EditorSources) {
  return Extension.create({
    name: 'pasting',
    addProseMirrorPlugins() {
      const { editor } = this;
      const takePictures = (view: EditorView, data: DataTransfer | null) => {
        const pictures = pastedPictures(data);
        expectPictures(view.state, pictures);
        // They follow when the words are there: storing them takes a moment.
        if (pictures.length > 0) sources.takePictures(view.dom, pictures);
      };
      return [
        picturePlaces(editor),
        new Plugin({
          key: new PluginKey('pasting'),
          props: {
            transformPastedHTML: cleanPastedHtml,
            handlePaste(view, event) {
              takePictures(view, event.clipboardData);
              const text = event.clipboardData?.getData('text/plain') ?? '';
              const html = event.clipboardData?.getData('text/html') ?? '';
              if (html !== '' || view.state.selection.$from.parent.type.spec.code || !looksLikeMarkdown(text))
                return false;
              return insertMarkdown(editor, text);
            },
            handleDrop(view, event, _slice, moved) {
              if (!moved) takePictures(view, event.dataTransfer);
              return false;
            },
          },
        }),
      ];
    },
  });
}

export function insertMarkdown(editor: Editor, markdown: string): boolean {
  const content = editor.markdown?.parse(markdown).content;
  return content ? editor.chain().focus().insertContent(content).run() : false;
}

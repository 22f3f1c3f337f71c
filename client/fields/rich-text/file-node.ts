/**
 * Files inside of a text, for Tiptap. The text keeps all it takes to find the bytes; they are put on the record of the page
 * first, wherever they came from (`attach-events.ts`), and then shown where the caret is.
 */
import { type Editor, mergeAttributes, Node } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { fileOfNode } from '../../../shared/model/rich-parts.ts';
import { onFilesForText } from '../files/attach-events.ts';
import type { EditorSources } from './editor-sources.ts';

const TEXTS = ['id', 'hash', 'name', 'type'] as const;
const NUMBERS = ['bytes', 'width', 'height'] as const;

export function fileNode(sources: EditorSources) {
  return Node.create({
    name: 'file',
    group: 'block',
    atom: true,
    draggable: true,
    addAttributes: () => ({
      ...Object.fromEntries(
        TEXTS.map((name) => [
          name,
          {
            default: '',
            parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`) ?? '',
            renderHTML: (attributes: Record<string, unknown>) => ({ [`data-${name}`]: String(attributes[name] ?? '') }),
          },
        ]),
      ),
      ...Object.fromEntries(
        NUMBERS.map((name) => [
          name,
          {
            default: null,
            parseHTML: (element: HTMLElement) => Number(element.getAttribute(`data-${name}`)) || null,
            renderHTML: (attributes: Record<string, unknown>) =>
              attributes[name] ? { [`data-${name}`]: String(attributes[name]) } : {},
          },
        ]),
      ),
    }),
    parseHTML: () => [{ tag: 'div[data-type="file"]' }],
    renderHTML: ({ node, HTMLAttributes }) => [
      'div',
      mergeAttributes({ 'data-type': 'file' }, HTMLAttributes),
      String(node.attrs.name),
    ],
    renderText: ({ node }) => String(node.attrs.name),
    renderMarkdown: (node) => String(node.attrs?.name ?? ''),
    addNodeView:
      () =>
      ({ node }) => {
        const dom = document.createElement('div');
        dom.contentEditable = 'false';
        return { dom, destroy: sources.showFile(dom, fileOfNode(node)), ignoreMutation: () => true };
      },
    addProseMirrorPlugins() {
      const { editor } = this;
      return [
        new Plugin({
          key: new PluginKey('filesForText'),
          view: ({ dom }) => ({
            destroy: onFilesForText(dom, (ids) => void insertFiles(editor, sources, ids)),
          }),
        }),
      ];
    },
  });
}

async function insertFiles(editor: Editor, sources: EditorSources, ids: readonly string[]): Promise<void> {
  const files = await Promise.all(ids.map((id) => sources.fileFacts(id)));
  const nodes = files.flatMap((file) => (file ? [{ type: 'file', attrs: { ...file } }] : []));
  if (nodes.length === 0 || editor.isDestroyed) return;
  // A line to go on writing in.
  editor.commands.insertContent([...nodes, { type: 'paragraph' }]);
  editor.commands.scrollIntoView();
}

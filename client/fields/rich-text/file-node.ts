/**
 * Files inside of a text, for Tiptap. The text keeps all it takes to find the bytes; they are put on the record of the page
 * first, wherever they came from (`attach-events.ts`), and then shown where the caret is.
 */
import { type Editor, Node } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { type FileInText, fileOfNode } from '../../../shared/model/rich-parts.ts';
import { onFilesForText } from '../files/attach-events.ts';
import { attributesOfFile, COPIED_FILE, fileOfElement } from '../files/copied-file.ts';
import type { EditorSources } from './editor-sources.ts';
import { putPictures } from './picture-places.ts';

/** What stands for what a stored text does not say of a file. */
const UNSAID: Readonly<Record<keyof FileInText, '' | null>> = {
  id: '',
  hash: '',
  name: '',
  type: '',
  bytes: null,
  width: null,
  height: null,
};

export function fileNode(sources: EditorSources) {
  return Node.create({
    name: 'file',
    group: 'block',
    atom: true,
    draggable: true,
    addAttributes: () =>
      Object.fromEntries(
        Object.entries(UNSAID).map(([name, unsaid]) => [
          name,
          {
            default: unsaid,
            parseHTML: (element: HTMLElement) => fileOfElement(element)[name as keyof FileInText],
            rendered: false,
          },
        ]),
      ),
    parseHTML: () => [{ tag: `div${COPIED_FILE}` }, { tag: `span${COPIED_FILE}` }],
    renderHTML: ({ node }) => ['div', attributesOfFile(fileOfNode(node)), String(node.attrs.name)],
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
            destroy: onFilesForText(dom, (added) => void insertFiles(editor, sources, added)),
          }),
        }),
      ];
    },
  });
}

/** At the places of pictures that were pasted with words; everything else where the caret is. */
async function insertFiles(editor: Editor, sources: EditorSources, added: ReadonlyMap<File, string>): Promise<void> {
  const found = await Promise.all([...added].map(async ([file, id]) => [file, await sources.fileFacts(id)] as const));
  if (editor.isDestroyed) return;
  const nodes = found.flatMap(([file, facts]) =>
    facts ? [[file, { type: 'file', attrs: { ...facts } }] as const] : [],
  );
  const left = putPictures(editor, new Map(nodes));
  if (left.length === 0) return;
  // A line to go on writing in.
  editor.commands.insertContent([...left, { type: 'paragraph' }]);
  editor.commands.scrollIntoView();
}

/** What the `/` menu offers: blocks of text, and the team's templates. */
import type { Editor } from '@tiptap/core';
import { foldText } from '../../../shared/model/text-order.ts';
import { chooseFiles } from '../files/attach-events.ts';
import type { EditorSources } from './editor-sources.ts';

export interface BlockCommand {
  readonly label: string;
  readonly about?: string;
  readonly run: (editor: Editor) => void;
}

interface NamedBlock extends BlockCommand {
  /** Other words people look for it by. */
  readonly also: string;
}

const BLOCKS: readonly NamedBlock[] = [
  {
    label: 'Heading',
    also: 'title h1',
    about: '#',
    run: (editor) => editor.chain().focus().setHeading({ level: 1 }).run(),
  },
  {
    label: 'Subheading',
    also: 'heading h2',
    about: '##',
    run: (editor) => editor.chain().focus().setHeading({ level: 2 }).run(),
  },
  { label: 'List', also: 'bullet ul', about: '-', run: (editor) => editor.chain().focus().toggleBulletList().run() },
  {
    label: 'Numbered list',
    also: 'ol ordered',
    about: '1.',
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    label: 'Checklist',
    also: 'todo task checkbox',
    about: '[ ]',
    run: (editor) => editor.chain().focus().toggleTaskList().run(),
  },
  { label: 'Quote', also: 'blockquote', about: '>', run: (editor) => editor.chain().focus().toggleBlockquote().run() },
  { label: 'Code', also: 'pre block', about: '```', run: (editor) => editor.chain().focus().toggleCodeBlock().run() },
  {
    label: 'Table',
    also: 'grid',
    about: '3 × 3',
    run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  },
  {
    label: 'Picture or file',
    also: 'image photo attachment upload',
    run: (editor) => chooseFiles(editor.view.dom),
  },
  {
    label: 'Line',
    also: 'divider rule hr',
    about: '---',
    run: (editor) => editor.chain().focus().setHorizontalRule().run(),
  },
  { label: 'Text', also: 'paragraph plain', run: (editor) => editor.chain().focus().setParagraph().run() },
];

const MOST_SHOWN = 12;

export function blockCommands(sources: EditorSources, query: string): BlockCommand[] {
  const folded = foldText(query);
  const matches = (words: string) =>
    foldText(words)
      .split(' ')
      .some((word) => word.startsWith(folded)) || foldText(words).startsWith(folded);
  const templates = sources.templates().map(
    ({ name, body }): NamedBlock => ({
      label: name,
      also: 'template',
      about: 'Template',
      run: (editor) => {
        const content = editor.markdown?.parse(body).content;
        if (content) editor.chain().focus().insertContent(content).run();
      },
    }),
  );
  return [...templates, ...BLOCKS].filter(({ label, also }) => matches(`${label} ${also}`)).slice(0, MOST_SHOWN);
}

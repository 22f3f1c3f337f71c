import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { afterEach, expect, test } from 'vitest';
import { logActivity } from '../../../shared/commands/activity-commands.ts';
import { docOfText } from '../../../shared/model/rich-text.ts';
import { createMemoryWorkspace, type MemoryWorkspace } from '../../data/memory-workspace.ts';
import { editorExtensions } from './editor-extensions.ts';
import type { EditorSources } from './editor-sources.ts';
import { steadyCaret } from './steady-caret.ts';
import '../../testing/jsdom-parts.ts';

const editors: Editor[] = [];
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy();
  document.body.replaceChildren();
});

const sources: EditorSources = {
  mentions: () => [],
  templates: () => [],
  colourOf: () => '',
  showFile: () => () => undefined,
  fileFacts: async () => undefined,
  takePictures: () => undefined,
};

/** Two people in one note, with these lines. */
function setupNote(lines: readonly string[]) {
  const anna = createMemoryWorkspace({ isSetUp: true });
  const jonas = createMemoryWorkspace({ name: 'Jonas', memberId: 'member_jonas0000000000' });
  const id = anna.run('Note saved', (tx) =>
    logActivity(tx, { kind: 'note', body: 'Note', about: ['contact_ingrid0000000000'] }),
  );
  anna.exchange(jonas);
  const open = (workspace: MemoryWorkspace): Editor => {
    const shared = workspace.texts.open(id, 'Note');
    if (!shared) throw new Error('the timeline is here');
    const editor = new Editor({
      element: document.body.appendChild(document.createElement('div')),
      extensions: [
        ...editorExtensions({ sources, placeholder: '', isShared: true, onSave: () => undefined }),
        Collaboration.configure({ fragment: shared.fragment }),
        steadyCaret(shared),
      ],
    });
    editors.push(editor);
    return editor;
  };
  const [mine, his] = [open(anna), open(jonas)];
  mine.commands.setContent(docOfText(lines.join('\n')) as never);
  const exchange = () => anna.exchange(jonas);
  exchange();
  return { mine, his, exchange };
}

/** The place of a line's letter. */
function at(editor: Editor, line: number, letter = 0): number {
  let place = 1;
  for (let index = 0; index < line; index++) place += editor.state.doc.child(index).nodeSize;
  return place + letter;
}

const linesOf = (editor: Editor) => editor.state.doc.content.content.map((line) => line.textContent);

type Edit = (his: Editor) => void;
const writes =
  (line: number, letter: number, words: string): Edit =>
  (his) =>
    his.commands.insertContentAt(at(his, line, letter), words);
const takes =
  (line: number, from: number, to: number): Edit =>
  (his) =>
    his.commands.deleteRange({ from: at(his, line, from), to: at(his, line, to) });

test.each<[string, readonly string[], readonly [number, number], Edit, readonly string[]]>([
  ['writes in an empty line above', ['a', '', '', '', 'b'], [2, 0], writes(1, 0, 'x'), ['a', 'x', '|', '', 'b']],
  ['writes in the same empty line', ['a', '', '', 'b'], [1, 0], writes(1, 0, 'x'), ['a', 'x|', '', 'b']],
  ['writes into one of two like lines', ['abc', 'abc'], [0, 3], writes(0, 0, 'x'), ['xabc|', 'abc']],
  ['writes into a like line above', ['abc', 'abc', 'abc'], [1, 0], writes(0, 0, 'x'), ['xabc', '|abc', 'abc']],
  ['writes before it', ['Site walk'], [0, 4], writes(0, 0, 'The '), ['The Site| walk']],
  ['writes behind it', ['Site walk'], [0, 4], writes(0, 9, ' now'), ['Site| walk now']],
  ['takes what is before it', ['Site walk', 'End'], [0, 4], takes(0, 0, 4), ['| walk', 'End']],
  ['takes what it stands in', ['a', 'Site walk', 'End'], [1, 4], takes(1, 2, 6), ['a', 'Si|alk', 'End']],
  [
    'takes the line above',
    ['a', 'Site', 'Site', 'End'],
    [2, 3],
    (his) => his.commands.deleteRange({ from: at(his, 1) - 1, to: at(his, 2) - 1 }),
    ['a', 'Sit|e', 'End'],
  ],
  [
    'makes the line a heading',
    ['a', 'Site walk', 'End'],
    [1, 5],
    (his) => his.chain().setTextSelection(at(his, 1)).setHeading({ level: 1 }).run(),
    ['a', 'Site |walk', 'End'],
  ],
  [
    'splits the line before it',
    ['a', 'Site walk', 'End'],
    [1, 8],
    (his) =>
      his
        .chain()
        .setTextSelection(at(his, 1, 3))
        .splitBlock()
        .run(),
    ['a', 'Sit', 'e wal|k', 'End'],
  ],
  [
    'joins the line with the one above',
    ['a', 'Site', 'walk', 'End'],
    [2, 3],
    (his) => his.chain().setTextSelection(at(his, 2)).joinBackward().run(),
    ['a', 'Sitewal|k', 'End'],
  ],
])('the caret stays when somebody %s', (_what, lines, [line, letter], edit, expected) => {
  const { mine, his, exchange } = setupNote(lines);
  mine.commands.setTextSelection(at(mine, line, letter));
  edit(his);
  exchange();
  mine.commands.insertContent('|');
  expect(linesOf(mine)).toEqual(expected);
  exchange();
  expect(linesOf(his)).toEqual(expected);
});

test('what is selected stays selected, and undo leaves the caret where it took back', () => {
  const { mine, his, exchange } = setupNote(['', 'Rooms 3 to 9', 'Rooms 3 to 9', '']);
  mine.commands.setTextSelection({ from: at(mine, 1, 6), to: at(mine, 1, 12) });
  his.commands.insertContentAt(at(his, 1), 'Cold: ');
  exchange();
  const { from, to } = mine.state.selection;
  expect(mine.state.doc.textBetween(from, to)).toBe('3 to 9');

  mine.commands.setTextSelection(at(mine, 2, 12));
  mine.commands.insertContent(', all');
  his.commands.insertContentAt(at(his, 0), 'Jonas');
  exchange();
  mine.commands.undo();
  mine.commands.insertContent('.');
  expect(linesOf(mine)).toEqual(['Jonas', 'Cold: Rooms 3 to 9', 'Rooms 3 to 9.', '']);
});

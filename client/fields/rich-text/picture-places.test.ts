import { fireEvent } from '@solidjs/testing-library';
import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { afterEach, expect, test } from 'vitest';
import { logActivity } from '../../../shared/commands/activity-commands.ts';
import type { FileInText } from '../../../shared/model/rich-parts.ts';
import { createMemoryWorkspace, type MemoryWorkspace } from '../../data/memory-workspace.ts';
import { tellText } from '../files/attach-events.ts';
import { attributesOfFile } from '../files/copied-file.ts';
import { editorExtensions } from './editor-extensions.ts';
import type { EditorSources } from './editor-sources.ts';
import '../../testing/jsdom-parts.ts';

const editors: Editor[] = [];
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy();
  document.body.replaceChildren();
});

/** An editor whose pictures are stored when the test says so: `arrive()`. */
function setupEditor({
  workspace,
  noteId,
  text,
}: {
  workspace?: MemoryWorkspace;
  noteId?: string;
  text?: string;
} = {}) {
  const shared = workspace?.texts.open(noteId ?? '', 'Note') ?? undefined;
  const waiting: File[] = [];
  const sources: EditorSources = {
    mentions: () => [],
    templates: () => [],
    colourOf: () => '',
    showFile: () => () => undefined,
    fileFacts: async (id) => ({ id, hash: '', name: id, type: 'image/png', bytes: 1, width: null, height: null }),
    takePictures: (_text, pictures) => waiting.push(...pictures.filter((each) => each !== null)),
  };
  const editor = new Editor({
    element: document.body.appendChild(document.createElement('div')),
    extensions: [
      ...editorExtensions({ sources, placeholder: '', isShared: shared !== undefined, onSave: () => undefined }),
      ...(shared ? [Collaboration.configure({ fragment: shared.fragment })] : []),
    ],
    ...(text === undefined ? {} : { content: text }),
  });
  editors.push(editor);
  editor.commands.setTextSelection(editor.state.doc.content.size);
  return {
    editor,
    paste(html: string) {
      const data: Readonly<Record<string, string>> = { 'text/html': html, 'text/plain': 'text' };
      const clipboardData = { types: Object.keys(data), files: [], getData: (type: string) => data[type] ?? '' };
      const event = new Event('paste', { bubbles: true, cancelable: true });
      fireEvent(editor.view.dom, Object.assign(event, { clipboardData }));
    },
    async arrive(files = waiting.splice(0)) {
      tellText(
        editor.view.dom,
        new Map(files.map((file) => [file, file.name.replace(/^Pasted picture ?|\.png$/g, '') || '1'])),
      );
      await new Promise((resolve) => setTimeout(resolve));
    },
    /** One line each: the words, or the number of a picture. */
    lines: () => linesOf(editor),
  };
}

function linesOf(editor: Editor): string[] {
  const lines: string[] = [];
  editor.state.doc.descendants((node) => {
    if (node.type.name === 'file') lines.push(`[${node.attrs.id}]`);
    if (node.isTextblock) lines.push(node.textContent);
  });
  return lines;
}

/** As a text shows a picture. */
function shown(file: FileInText): string {
  const element = document.createElement('span');
  for (const [name, value] of Object.entries(attributesOfFile(file))) element.setAttribute(name, value);
  element.innerHTML = '<button type="button"><img src="blob:x" alt="dock.png"></button>';
  return `<h3>Dock</h3>${element.outerHTML}`;
}

const PICTURE = `<img src="data:image/png;base64,${btoa('picture')}">`;

test('pictures of a pasted text stand where they stood in it, and what is written next follows it', async () => {
  const { editor, paste, arrive, lines } = setupEditor({ text: '<p>Before</p><p></p>' });
  paste(`${PICTURE}<p>Dock ${PICTURE}one</p><p>${PICTURE}</p><ul><li>Door${PICTURE}${PICTURE}</li></ul><p>End</p>`);
  editor.commands.insertContent(' of it');
  expect(lines()).toEqual(['Before', '', 'Dock one', '', 'Door', 'End of it']);
  await arrive();
  editor.commands.insertContent('.');
  expect(lines()).toEqual(['Before', '[1]', 'Dock ', '[2]', 'one', '[3]', 'Door', '[4]', '[5]', 'End of it.']);
});

test('a picture at the end of what was pasted stands before what is written next, and the text goes on behind it', async () => {
  const { editor, paste, arrive, lines } = setupEditor();
  paste(`<p>Dock</p><p>${PICTURE}</p>`);
  await arrive();
  editor.commands.insertContent('Two doors');
  expect(lines()).toEqual(['Dock', '[1]', 'Two doors']);
  paste(`<p>, and ${PICTURE}</p>`);
  editor.commands.insertContent('a third');
  await arrive();
  expect(lines()).toEqual(['Dock', '[1]', 'Two doors, and ', '[1]', 'a third']);
});

test('in a cell of a table and in a checklist a picture stands in its own place', async () => {
  const { paste, arrive, editor } = setupEditor();
  paste(
    `<table><tr><td>a</td><td>b${PICTURE}</td></tr></table><ul><li role="checkbox" aria-checked="true"><p>Done</p></li></ul><p>End</p>`,
  );
  await arrive();
  const where: string[] = [];
  editor.state.doc.descendants((node, _position, parent) => {
    if (node.type.name === 'file') where.push(`${parent?.type.name}: ${parent?.textContent}`);
  });
  expect(where).toEqual(['tableCell: b']);
});

test('writing before the place moves it along; what stood there taken back, the picture does not come', async () => {
  const { editor, paste, arrive, lines } = setupEditor({ text: '<p>Start</p>' });
  paste(`<p>, one ${PICTURE}two</p>`);
  editor.commands.insertContentAt(1, 'At the ');
  await arrive();
  expect(lines()).toEqual(['At the Start, one ', '[1]', 'two']);

  paste(`<p>, three ${PICTURE}four</p>`);
  editor.commands.clearContent();
  await arrive();
  expect(lines()).toEqual(['']);
});

test('only the picture that was stored comes, and a file that was chosen stands at the caret', async () => {
  const { editor, paste, arrive, lines } = setupEditor();
  paste(`<p>a${PICTURE}b${PICTURE}c</p>`);
  expect(lines()).toEqual(['abc']);
  await arrive([new File([], 'other.png')]);
  expect(lines()).toEqual(['abc', '[other]', '']);
  await arrive();
  expect(lines()).toEqual(['a', '[1]', 'b', '[2]', 'c', '[other]', '']);
  expect(editor.getText()).not.toMatch(/[\ufdd0\ufdd1]/);
});

test('a picture that is copied, out of an editor or a text that is shown, is the same file where it is pasted', () => {
  const attrs = { id: 'file_1', hash: 'ab', name: 'dock.png', type: 'image/png', bytes: 9, width: 3, height: null };
  const { editor, paste } = setupEditor();
  editor.commands.insertContent({ type: 'file', attrs });
  const copied = editor.view.serializeForClipboard(editor.state.doc.slice(0)).dom.innerHTML;
  for (const html of [copied, shown(attrs)]) {
    editor.commands.clearContent();
    paste(html);
    expect(editor.getJSON().content?.filter(({ type }) => type === 'file')).toEqual([{ type: 'file', attrs }]);
  }
});

test('in a text that is written together the places stay true while others write, and nobody sees a mark', async () => {
  const anna = createMemoryWorkspace({ isSetUp: true });
  const jonas = createMemoryWorkspace({ name: 'Jonas', memberId: 'member_jonas0000000000' });
  const noteId = anna.run('Note saved', (tx) =>
    logActivity(tx, { kind: 'note', body: 'Note', about: ['contact_ingrid0000000000'] }),
  );
  anna.exchange(jonas);
  const mine = setupEditor({ workspace: anna, noteId });
  const his = setupEditor({ workspace: jonas, noteId });
  mine.editor.commands.setContent('<p>Site walk</p><p>Rooms</p>');
  mine.editor.commands.setTextSelection(mine.editor.state.doc.content.size);
  anna.exchange(jonas);
  mine.paste(`<p>: 3 ${PICTURE}to 9</p><p>${PICTURE}</p><p>Doors</p>`);
  anna.exchange(jonas);
  expect(his.lines()).toEqual(['Site walk', 'Rooms: 3 to 9', '', 'Doors']);
  his.editor.commands.insertContentAt(1, 'Jonas first. ');
  his.editor.commands.insertContentAt(his.editor.state.doc.content.size, '<p>Jonas last</p>');
  anna.exchange(jonas);
  mine.editor.commands.insertContent(' open');
  his.editor.commands.insertContentAt(1, 'And again. ');
  anna.exchange(jonas);
  await mine.arrive();
  anna.exchange(jonas);
  const merged = ['And again. Jonas first. Site walk', 'Rooms: 3 ', '[1]', 'to 9', '[2]', 'Doors open', 'Jonas last'];
  expect(mine.lines()).toEqual(merged);
  expect(his.lines()).toEqual(merged);

  // What somebody else takes away goes with its picture's place; the picture is still in the text.
  mine.paste(`<p>, ${PICTURE}</p><p>Windows ${PICTURE}wide</p>`);
  anna.exchange(jonas);
  his.editor.commands.clearContent();
  anna.exchange(jonas);
  await mine.arrive();
  anna.exchange(jonas);
  expect(mine.lines().filter((line) => line.startsWith('[')).length).toBe(2);
  expect(his.lines()).toEqual(mine.lines());
});

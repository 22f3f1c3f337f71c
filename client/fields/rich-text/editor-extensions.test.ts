import { fireEvent, waitFor } from '@solidjs/testing-library';
import { Editor } from '@tiptap/core';
import { createRoot } from 'solid-js';
import { afterEach, expect, test } from 'vitest';
import { contact } from '../../../shared/entities/contact.ts';
import { member } from '../../../shared/entities/member.ts';
import { markdownOf } from '../../../shared/model/rich-markdown.ts';
import { plainTextOf, type RichDoc } from '../../../shared/model/rich-text.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { blockCommands } from './block-commands.ts';
import { editorExtensions, insertMarkdown, KNOWN_NODES } from './editor-extensions.ts';
import { createEditorSources, type EditorSources } from './editor-sources.ts';
import '../../testing/jsdom-parts.ts';

const editors: Editor[] = [];
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy();
  document.body.replaceChildren();
});

const NO_SOURCES: EditorSources = {
  mentions: () => [],
  templates: () => [{ name: 'First call', body: '## Needs\n\n- [ ] Budget' }],
  colourOf: () => '',
  showFile: () => () => undefined,
  fileFacts: async () => undefined,
  takePictures: () => undefined,
};

function setupEditor(onEscape?: () => boolean): Editor {
  const editor = new Editor({
    element: document.body.appendChild(document.createElement('div')),
    extensions: editorExtensions({
      sources: NO_SOURCES,
      placeholder: '',
      isShared: false,
      onSave: () => undefined,
      ...(onEscape ? { onEscape } : {}),
    }),
  });
  editors.push(editor);
  return editor;
}

function paste(editor: Editor, data: Readonly<Record<string, string>>): void {
  const clipboardData = { types: Object.keys(data), files: [], getData: (type: string) => data[type] ?? '' };
  fireEvent(editor.view.dom, Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData }));
}

/** A letter at a time, as a keyboard gives them. */
function type(editor: Editor, words: string): void {
  for (const letter of words) {
    const { from, to } = editor.state.selection;
    const isTaken = editor.view.someProp('handleTextInput', (take) =>
      take(editor.view, from, to, letter, () => editor.state.tr),
    );
    if (!isTaken) editor.view.dispatch(editor.state.tr.insertText(letter, from, to));
  }
}

const docOf = (editor: Editor) => editor.getJSON() as unknown as RichDoc;

test('the nodes and marks a stored text may have are those the editor knows, and no other', () => {
  const { schema } = setupEditor();
  const names = [...Object.keys(schema.nodes), ...Object.keys(schema.marks)].filter((name) => name !== 'doc');
  expect(new Set(names)).toEqual(KNOWN_NODES);
});

test.each([
  ['Heading', 'heading'],
  ['Subheading', 'heading'],
  ['List', 'bulletList'],
  ['Numbered list', 'orderedList'],
  ['Checklist', 'taskList'],
  ['Quote', 'blockquote'],
  ['Code', 'codeBlock'],
  ['Table', 'table'],
  ['Line', 'horizontalRule'],
  ['Text', 'paragraph'],
])('the / menu has %s', (label, node) => {
  const editor = setupEditor();
  const [found] = blockCommands(NO_SOURCES, label.toLowerCase()).filter((each) => each.label === label);
  found?.run(editor);
  expect(docOf(editor).content[0]?.type).toBe(node);
});

test('the / menu finds a block by its other names, and a template of the team', () => {
  expect(blockCommands(NO_SOURCES, 'todo').map(({ label }) => label)).toEqual(['Checklist']);
  expect(blockCommands(NO_SOURCES, 'image').map(({ label }) => label)).toEqual(['Picture or file']);
  const editor = setupEditor();
  blockCommands(NO_SOURCES, 'first')[0]?.run(editor);
  expect(plainTextOf(docOf(editor))).toContain('Needs\n[ ] Budget');
});

test.each([
  ['# Title', '# Title'],
  ['- one', '- one'],
  ['3. three', '3. three'],
  ['[x] done', '- [x] done'],
  ['> said', '> said'],
  ['**bold** and `code`', '**bold** and `code`'],
])('typing %j gives it that form', (typed, markdown) => {
  const editor = setupEditor();
  type(editor, typed);
  expect(markdownOf(docOf(editor)).trim()).toBe(markdown);
});

const MARKDOWN = `# Offer

They lose **€2,100** a month, [see](https://example.com/x).

- Door alarms
  - at night

1. First
2. Second

- [x] Called
- [ ] Offer sent

> Soon

\`\`\`
let a = 1
\`\`\`

| Rooms | Sensors |
| --- | --- |
| 3 | 12 |`;

test('a Markdown text is pasted with its form, and taken along again as the same', () => {
  const editor = setupEditor();
  paste(editor, { 'text/plain': MARKDOWN });
  expect(docOf(editor).content.map((node) => node.type)).toEqual([
    'heading',
    'paragraph',
    'bulletList',
    'orderedList',
    'taskList',
    'blockquote',
    'codeBlock',
    'table',
  ]);
  const markdown = markdownOf(docOf(editor));
  const again = setupEditor();
  insertMarkdown(again, markdown);
  expect(markdownOf(docOf(again))).toBe(markdown);
  expect(markdown).toContain('[see](https://example.com/x)');
});

test('in a block of code a pasted text stays what it is', () => {
  const editor = setupEditor();
  editor.commands.setCodeBlock();
  paste(editor, { 'text/plain': '# no heading' });
  expect(docOf(editor).content).toEqual([
    { type: 'codeBlock', attrs: { language: null }, content: [{ type: 'text', text: '# no heading' }] },
  ]);
});

test('lists of Word and checkboxes of Google Docs are lists in the text, and a table stays one', () => {
  const editor = setupEditor();
  const item = (level: number, words: string) =>
    `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·</span><![endif]>${words}</p>`;
  const table = '<table><tr><td><p>Rooms</p></td><td><p>3</p></td></tr></table>';
  const word = `<html><head><style>p{}</style></head><body><h1>Needs</h1>${item(1, 'Alarms')}${item(2, 'at night')}${table}</body></html>`;
  paste(editor, { 'text/html': word, 'text/plain': 'Needs' });
  expect(plainTextOf(docOf(editor)).split('\n').slice(0, 4)).toEqual([
    'Needs',
    '- Alarms',
    '  - at night',
    'Rooms | 3',
  ]);

  const docs = setupEditor();
  const checkbox = (words: string, checked: boolean) =>
    `<li role="checkbox" aria-checked="${checked}"><p>${words}</p></li>`;
  paste(docs, {
    'text/html': `<b style="font-weight:normal" id="docs-internal-guid-1"><p>Open</p><ul>${checkbox('Called', true)}${checkbox('Sent', false)}</ul></b>`,
    'text/plain': 'Open',
  });
  expect(plainTextOf(docOf(docs)).trim()).toBe('Open\n[x] Called\n[ ] Sent');
  expect(JSON.stringify(docOf(docs))).not.toContain('bold');
});

test('what a link may not lead to is no link', () => {
  const editor = setupEditor();
  paste(editor, {
    'text/html': '<p><a href="javascript:alert(1)">bad</a> <a href="https://example.com">good</a></p>',
    'text/plain': 'x',
  });
  const links = JSON.stringify(docOf(editor)).match(/"href":"[^"]*"/g);
  expect(links).toEqual(['"href":"https://example.com"']);
});

test('Escape closes an open list first, and the text is left with the next one', async () => {
  let left = 0;
  const editor = setupEditor(() => {
    left++;
    return true;
  });
  type(editor, '/');
  await waitFor(() => expect(document.querySelector('.suggest')).toBeTruthy());
  fireEvent.keyDown(editor.view.dom, { key: 'Escape' });
  expect(document.querySelector('.suggest')).toBeNull();
  expect(left).toBe(0);
  fireEvent.keyDown(editor.view.dom, { key: 'Escape' });
  expect(left).toBe(1);
});

test('@ offers teammates and records by name, and nobody who was removed', () => {
  createRoot((dispose) => {
    const workspace = createMemoryWorkspace({ isSetUp: true });
    workspace.arrange((tx) => {
      tx.insert(member, { name: 'Jonas Weber', role: 'member' });
      tx.insert(member, { name: 'Jost Gone', role: null });
      tx.insert(contact, { firstName: 'Johanna', lastName: 'Berg' });
    });
    const sources = createEditorSources(workspace);
    expect(sources.mentions('jo').map(({ label, about }) => [label, about])).toEqual([
      ['Jonas', 'Jonas Weber'],
      ['Johanna Berg', 'Contact'],
    ]);
    dispose();
  });
});

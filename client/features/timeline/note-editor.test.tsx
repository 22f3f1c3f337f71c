import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import type { GivenFiles } from '../../fields/files/attach-events.ts';
import { richEditor } from '../../fields/rich-text/rich-text.tsx';
import { createToaster, type Toaster, ToasterProvider } from '../../ui/toaster.tsx';
import { type ComposerState, createComposerState } from './composer-state.ts';
import { NoteEditor, type NoteHandle } from './note-editor.tsx';
import '../../testing/jsdom-parts.ts';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

let toaster: Toaster | undefined;
const said = () => toaster?.current()?.text;

function setupNote() {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  let state!: ComposerState;
  let handle: NoteHandle | undefined;
  render(() => (
    <WorkspaceProvider value={workspace}>
      {(() => {
        state = createComposerState('contact_1', () => []);
        toaster = createToaster();
        return (
          <ToasterProvider value={toaster}>
            <NoteEditor
              state={state}
              placeholder="Write a note"
              onSave={() => undefined}
              ref={(given) => {
                handle = given;
              }}
            >
              <span />
            </NoteEditor>
          </ToasterProvider>
        );
      })()}
    </WorkspaceProvider>
  ));
  return { state, handle: () => handle as NoteHandle };
}

const box = () => screen.getByRole('textbox', { name: 'Note' });

/** Its code is there, and the page is painted. */
async function setupEditor() {
  await richEditor.load();
  const note = setupNote();
  await waitFor(() => expect(box().tagName).toBe('DIV'));
  return note;
}

/** The first two run before the editor's code was ever loaded. */
test('a template that comes before the editor does stands under what is written already', () => {
  const { state, handle } = setupNote();
  fireEvent.input(box(), { target: { value: 'First call' } });
  handle().insertMarkdown('- Budget\n- Decision');
  expect((box() as HTMLTextAreaElement).value).toBe('First call\n- Budget\n- Decision');
  expect(state.isEmpty()).toBe(false);
});

test('who writes in the plain box goes on in the editor at the same place, with every letter', async () => {
  const { state } = setupNote();
  const plain = box() as HTMLTextAreaElement;
  expect(plain.tagName).toBe('TEXTAREA');
  plain.focus();
  fireEvent.input(plain, { target: { value: 'Half\na thought' } });
  plain.setSelectionRange(6, 6);
  // A letter is being put together: its box stays until it is done.
  fireEvent.compositionStart(plain);
  await richEditor.load();
  expect(box()).toBe(plain);
  plain.value = 'Half\nå thought';
  fireEvent.compositionEnd(plain);
  await waitFor(() => expect(box()).not.toBe(plain));
  expect(box().textContent).toBe('Halfå thought');
  expect(document.activeElement).toBe(box());
  const { anchorNode, anchorOffset } = document.getSelection() as Selection;
  expect([anchorNode?.textContent, anchorOffset]).toEqual(['å thought', plain.selectionEnd - 5]);
  expect(state.isEmpty()).toBe(false);
});

test('the editor has the focus in the moment it is asked to take it: the next letter is already its own', async () => {
  const { handle } = await setupEditor();
  expect(document.activeElement).not.toBe(box());
  handle().focus();
  expect(document.activeElement).toBe(box());
});

/** As a browser tells of it; jsdom has no clipboard. */
function paste(into: HTMLElement, data: Readonly<Record<string, string>>): void {
  const event = new Event('paste', { bubbles: true, cancelable: true });
  const clipboardData = { types: Object.keys(data), files: [], getData: (type: string) => data[type] ?? '' };
  fireEvent(into, Object.assign(event, { clipboardData }));
}

test('pictures in a pasted text are handed to the page as files; what cannot come along is counted in words', async () => {
  const { handle } = await setupEditor();
  handle().focus();
  const given: string[] = [];
  const take = (event: Event) => {
    const { files, said: lost } = (event as CustomEvent<GivenFiles>).detail;
    given.push(...files.map(({ name }) => name), ...lost);
    event.preventDefault();
  };
  addEventListener('rapport:files-given', take);
  const picture = `<img src="data:image/png;base64,${btoa('picture')}">`;
  paste(box(), {
    'text/html': `<p>Site walk ${picture}<img src="file:///C:/clip.png"></p>`,
    'text/plain': 'Site walk',
  });
  removeEventListener('rapport:files-given', take);
  expect(box().textContent).toContain('Site walk');
  const inWords = /^The text is here, but 1 picture in it could not be taken along/;
  expect(given).toEqual(['Pasted picture.png', expect.stringMatching(inWords)]);
  expect(said()).toBeUndefined();

  // A page that takes no files.
  paste(box(), { 'text/html': `<p>Once more ${picture}${picture}</p>`, 'text/plain': 'Once more' });
  expect(said()).toMatch(/^The text is here, but 2 pictures in it could not be taken along/);
});

import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { richEditor } from '../../fields/rich-text/rich-text.tsx';
import { type ComposerState, createComposerState } from './composer-state.ts';
import { NoteEditor, type NoteHandle } from './note-editor.tsx';

// jsdom lays nothing out.
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
document.elementFromPoint ??= () => null;

beforeEach(() => localStorage.clear());
afterEach(cleanup);

function setupNote() {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  let state!: ComposerState;
  let handle: NoteHandle | undefined;
  render(() => (
    <WorkspaceProvider value={workspace}>
      {(() => {
        state = createComposerState('contact_1', () => []);
        return (
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
        );
      })()}
    </WorkspaceProvider>
  ));
  return { state, handle: () => handle as NoteHandle };
}

const box = () => screen.getByRole('textbox', { name: 'Note' });

/** The first of them runs before the editor's code was ever loaded. */
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
  await richEditor.load();
  const { handle } = setupNote();
  expect(document.activeElement).not.toBe(box());
  handle().focus();
  expect(document.activeElement).toBe(box());
});

/**
 * The places of pictures that were pasted with words. The words are in the text at once, the pictures only when they are
 * stored: until then each place is remembered, wherever writing moves it, and the marks that `cleanPastedHtml` put there are
 * gone before anybody else gets to see the text.
 */
import type { Editor, JSONContent, MappablePosition } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state';
import { canSplit } from '@tiptap/pm/transform';
import { PICTURE_MARK } from './paste-html.ts';
import type { PastedPictures } from './pasted-pictures.ts';

/** Null when what stood around it is gone: somebody has taken the pasted text back. */
type Places = ReadonlyMap<File, number | null>;

interface PlacesState {
  readonly places: Places;
  /** What the marks of the next paste stand for. */
  readonly expected: { pictures: PastedPictures };
}

interface PlacesChange {
  readonly add?: Places;
  readonly remove?: readonly File[];
}

const key = new PluginKey<PlacesState>('picturePlaces');

/** Before the words are pasted: their marks stand for these. */
export function expectPictures(state: EditorState, pictures: PastedPictures): void {
  const expected = key.getState(state)?.expected;
  if (expected) expected.pictures = pictures;
}

export function picturePlaces(editor: Editor): Plugin<PlacesState> {
  /** In a text that is written together, a change of others replaces all of it: only these know a place then. */
  const anchors = new Map<File, MappablePosition>();

  function moved(file: File, place: number, transaction: Transaction): number | null {
    const anchor = anchors.get(file);
    if (anchor && isFromOthers(transaction)) {
      const { position } = editor.utils.getUpdatedPosition(anchor, transaction).position;
      // What it held on to is gone: about where it was.
      return Math.min(position || place, transaction.doc.content.size);
    }
    const { pos, deletedAcross } = transaction.mapping.mapResult(place, -1);
    return deletedAcross ? null : pos;
  }

  return new Plugin<PlacesState>({
    key,
    state: {
      init: () => ({ places: new Map(), expected: { pictures: [] } }),
      apply(transaction, before) {
        const { places, expected } = before;
        const change = transaction.getMeta(key) as PlacesChange | undefined;
        if (places.size === 0 && !change) return before;
        const next = new Map<File, number | null>();
        for (const [file, place] of places) {
          next.set(file, place === null || !transaction.docChanged ? place : moved(file, place, transaction));
        }
        for (const [file, place] of change?.add ?? []) next.set(file, place);
        for (const file of change?.remove ?? []) next.delete(file);
        return { places: next, expected };
      },
    },
    appendTransaction(transactions, _before, state) {
      const isPasted = (each: Transaction) => each.docChanged && ['paste', 'drop'].includes(each.getMeta('uiEvent'));
      return transactions.some(isPasted) ? withoutMarks(state) : null;
    },
    // After the shared text has taken the change in: its plugin comes first.
    view: () => ({
      update({ state }) {
        anchors.clear();
        for (const [file, place] of key.getState(state)?.places ?? []) {
          if (place !== null) anchors.set(file, editor.utils.createMappablePosition(place));
        }
      },
    }),
  });
}

function isFromOthers(transaction: Transaction): boolean {
  return (transaction.getMeta('y-sync$') as { isChangeOrigin?: boolean } | undefined)?.isChangeOrigin === true;
}

/** Takes the marks out of the text and remembers the places of those pictures that come along. */
function withoutMarks(state: EditorState): Transaction | null {
  const marks: { readonly from: number; readonly to: number; readonly file: File | null }[] = [];
  const pictures = key.getState(state)?.expected.pictures ?? [];
  state.doc.descendants((node, position) => {
    for (const match of node.text?.matchAll(PICTURE_MARK) ?? []) {
      const from = position + match.index;
      marks.push({ from, to: from + match[0].length, file: pictures[Number(match[1])] ?? null });
    }
  });
  if (marks.length === 0) return null;
  const transaction = state.tr;
  for (const { from, to } of marks.toReversed()) transaction.delete(from, to);
  const add = new Map<File, number>();
  for (const { from, file } of marks) if (file) add.set(file, transaction.mapping.map(from));
  return transaction.setMeta(key, { add } satisfies PlacesChange);
}

/**
 * Puts what shows the pictures at their places, in one step. Returns what has no place of its own: it did not come with a
 * pasted text.
 */
export function putPictures(editor: Editor, nodes: ReadonlyMap<File, JSONContent>): readonly JSONContent[] {
  const { state } = editor;
  const places = key.getState(state)?.places ?? new Map<File, number | null>();
  const known = [...nodes].filter(([file]) => places.has(file));
  const left = [...nodes].filter(([file]) => !places.has(file)).map(([, node]) => node);
  if (known.length === 0) return left;
  const transaction = state.tr;
  const put = new Set<Node>();
  for (const [file, json] of known) {
    const place = places.get(file);
    if (typeof place !== 'number') continue;
    const node = state.schema.nodeFromJSON(json);
    putBlock(transaction, transaction.mapping.map(place), node, put);
    put.add(node);
  }
  const last = transaction.doc.lastChild;
  // A line to go on writing in.
  if (transaction.docChanged && last?.isAtom) {
    transaction.insert(transaction.doc.content.size, state.schema.node('paragraph'));
  }
  editor.view.dispatch(transaction.setMeta(key, { remove: known.map(([file]) => file) } satisfies PlacesChange));
  return left;
}

/** Between two blocks; a block that has words on both sides of the place becomes two. */
function putBlock(transaction: Transaction, place: number, node: Node, put: ReadonlySet<Node>): void {
  const at = transaction.doc.resolve(place);
  const { selection } = transaction;
  const isCaret = selection instanceof TextSelection && selection.empty && selection.head === place;
  if (!at.parent.isTextblock) {
    transaction.insert(place, node);
    return;
  }
  const index = at.index(-1);
  const mayStand = (from: number, to = from) => at.node(-1).canReplaceWith(from, to, node.type);
  const { size } = at.parent.content;
  if (size === 0 && !isCaret && mayStand(index, index + 1)) transaction.replaceWith(at.before(), at.after(), node);
  else if (at.parentOffset === 0 && mayStand(index)) transaction.insert(at.before(), node);
  else if (at.parentOffset === size && !isCaret && mayStand(index + 1)) {
    let behind = at.after();
    // Pictures of the same place follow each other.
    for (let next = at.node(-1).maybeChild(index + 1); next && put.has(next); next = transaction.doc.nodeAt(behind)) {
      behind += next.nodeSize;
    }
    transaction.insert(behind, node);
  }
  // The caret stands behind the picture then, and what is written next follows it.
  else if (canSplit(transaction.doc, place)) transaction.split(place).insert(place + 1, node);
  else transaction.insert(transaction.doc.content.size, node);
}

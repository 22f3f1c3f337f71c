/**
 * Keeps the caret where it is while others write. The binding replaces the whole text at each change of theirs and then looks
 * for the caret's line by its words: of two lines that say the same, or nothing, it takes the wrong one, and what is typed
 * next lands there. Here a caret keeps to the letter before it, and where that was written anew (a line that was split,
 * joined or made a heading) to what is around it.
 */
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, TextSelection, type Transaction } from '@tiptap/pm/state';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';
import type { OpenText, SharedFragment, TextPlace } from '../../data/texts.ts';

/** Of the binding what is used here; its own types say `any`. */
interface SyncState {
  readonly type: SharedFragment;
  readonly isChangeOrigin: boolean;
  readonly binding: {
    readonly mapping: Map<never, never>;
    readonly beforeTransactionSelection: { absAnchor?: unknown; absHead?: unknown } | null;
  };
}

const syncOf = (state: EditorState) => ySyncPluginKey.getState(state) as SyncState | undefined;

/** For an editor that is bound to this text, and made right after. */
export function steadyCaret(shared: OpenText): Extension {
  let current: (() => EditorState) | undefined;
  /** The ends of the selection, by what they keep to. */
  let kept: Readonly<Record<'anchor' | 'head', TextPlace>> | null = null;

  // Without these the binding does not look for words.
  const stop = shared.onChange(() => {
    const before = current && syncOf(current())?.binding.beforeTransactionSelection;
    if (before) Object.assign(before, { absAnchor: undefined, absHead: undefined });
  });

  function take(state: EditorState): void {
    const sync = syncOf(state);
    const { selection } = state;
    if (!sync || !(selection instanceof TextSelection)) {
      kept = null;
      return;
    }
    const placeOf = (at: number): TextPlace => absolutePositionToRelativePosition(at, sync.type, sync.binding.mapping);
    const anchor = placeOf(selection.anchor);
    kept = { anchor, head: selection.empty ? anchor : placeOf(selection.head) };
  }

  function restored(before: EditorState, after: EditorState): Transaction | null {
    const sync = syncOf(after);
    const { selection } = before;
    const { doc } = shared.fragment;
    if (!sync || !doc || !kept || !(selection instanceof TextSelection)) return null;
    const endOf = (end: 'anchor' | 'head', places: NonNullable<typeof kept>): number => {
      const found = shared.holds(places[end])
        ? relativePositionToAbsolutePosition(doc, sync.type, places[end], sync.binding.mapping)
        : null;
      return Math.min(found ?? placeAfter(before.doc, after.doc, selection[end]), after.doc.content.size);
    };
    const [anchor, head] = [endOf('anchor', kept), endOf('head', kept)];
    const found = TextSelection.between(after.doc.resolve(anchor), after.doc.resolve(head));
    return found.eq(after.selection) ? null : after.tr.setSelection(found);
  }

  return Extension.create({
    name: 'steadyCaret',
    addProseMirrorPlugins: () => [
      new Plugin({
        appendTransaction(transactions, before, after) {
          const theirs = transactions.find((each) => each.docChanged && each.getMeta(ySyncPluginKey)?.isChangeOrigin);
          return theirs
            ? (restored(before, after)?.setMeta(ySyncPluginKey, theirs.getMeta(ySyncPluginKey)) ?? null)
            : null;
        },
        // After the binding has taken a change in: its plugin comes first.
        view: (view) => {
          current = () => view.state;
          take(view.state);
          return {
            update({ state }, before) {
              if (state.doc !== before.doc || !state.selection.eq(before.selection)) take(state);
            },
          };
        },
      }),
    ],
    onDestroy: stop,
  });
}

/** Where a place of a text is after a change that wrote what is around it anew. */
function placeAfter(before: Node, after: Node, place: number): number {
  const from = before.content.findDiffStart(after.content);
  const ends = before.content.findDiffEnd(after.content);
  if (from === null || ends === null || place <= from) return place;
  // What is alike at both ends may overlap: in "aa" after "a".
  const overlap = Math.max(0, from - Math.min(ends.a, ends.b));
  const [was, is] = [ends.a + overlap, ends.b + overlap];
  if (place >= was) return place + is - was;
  let letters = before.textBetween(from, place).length;
  let found = is;
  after.nodesBetween(from, is, (node, at) => {
    if (!node.isText || letters < 0) return;
    const [begin, end] = [Math.max(at, from), Math.min(at + node.nodeSize, is)];
    if (letters <= end - begin) found = begin + letters;
    letters -= letters <= end - begin ? Number.POSITIVE_INFINITY : end - begin;
  });
  return found;
}

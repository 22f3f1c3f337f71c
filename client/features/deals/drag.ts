/** Dragging with the mouse. It is not needed to see the board, so it is loaded after that. */
import { createEffect, onCleanup, untrack } from 'solid-js';
import { late } from '../../ui/late.tsx';

const library = late(async () => {
  const [elements, preview, scroll, settle] = await Promise.all([
    import('@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'),
    import('@atlaskit/pragmatic-drag-and-drop/element/disable-native-drag-preview'),
    import('@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'),
    import('./settle-dropped.ts'),
  ]);
  const { draggable, dropTargetForElements, monitorForElements } = elements;
  const { disableNativeDragPreview } = preview;
  const { autoScrollForElements } = scroll;
  return {
    draggable,
    dropTargetForElements,
    monitorForElements,
    disableNativeDragPreview,
    autoScrollForElements,
    settleDropped: settle.settleDropped,
  };
});

type DragLibrary = NonNullable<ReturnType<typeof library.code>>;

/** Asks for the library now: somebody points at the board. */
export const loadDrag = library.load;

/** A dropped card glides to its place; the drag that went before has loaded how. */
export const settleDropped: DragLibrary['settleDropped'] = (...drop) => library.code()?.settleDropped(...drop);

/** Runs when the library is there and the caller is in the document; what it returns runs when the caller is taken down. */
export function whenDraggable(attach: (library: DragLibrary) => () => void): void {
  createEffect(() => {
    const loaded = library.code();
    if (loaded) onCleanup(untrack(() => attach(loaded)));
  });
}

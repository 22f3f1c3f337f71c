/** Dragging with the mouse. Its library is not needed to see the board, so it is loaded after that. */
import { createEffect, onCleanup, untrack } from 'solid-js';
import { late } from '../../ui/late.tsx';

const library = late(async () => {
  const [elements, preview, scroll] = await Promise.all([
    import('@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'),
    import('@atlaskit/pragmatic-drag-and-drop/element/disable-native-drag-preview'),
    import('@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'),
  ]);
  const { draggable, dropTargetForElements, monitorForElements } = elements;
  const { disableNativeDragPreview } = preview;
  const { autoScrollForElements } = scroll;
  return { draggable, dropTargetForElements, monitorForElements, disableNativeDragPreview, autoScrollForElements };
});

type DragLibrary = NonNullable<ReturnType<typeof library.code>>;

/** Asks for the library now: somebody points at the board. */
export const loadDrag = library.load;

/** Runs when the library is there and the caller is in the document; what it returns runs when the caller is taken down. */
export function whenDraggable(attach: (library: DragLibrary) => () => void): void {
  createEffect(() => {
    const loaded = library.code();
    if (loaded) onCleanup(untrack(() => attach(loaded)));
  });
}

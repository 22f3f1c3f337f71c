/** Dragging a task to another day with the mouse. By keyboard the snooze menu (S) and the form (E) do the same. */
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { onCleanup } from 'solid-js';

const KEY = 'rapport-task';

/** Makes a line draggable for the life of the current owner. */
export function draggableTask(element: HTMLElement, id: string): void {
  onCleanup(draggable({ element, getInitialData: () => ({ [KEY]: id }) }));
}

/** Makes a heading a place to drop tasks on; returns what ends that. */
export function droppableGroup(
  element: HTMLElement,
  { onOver, onDrop }: { readonly onOver: (isOver: boolean) => void; readonly onDrop: (id: string) => void },
): () => void {
  // The whole group takes the drop, its heading shows it.
  return dropTargetForElements({
    element: element.parentElement ?? element,
    canDrop: ({ source }) => typeof source.data[KEY] === 'string',
    onDragEnter: () => onOver(true),
    onDragLeave: () => onOver(false),
    onDrop: ({ source }) => {
      onOver(false);
      onDrop(String(source.data[KEY]));
    },
  });
}

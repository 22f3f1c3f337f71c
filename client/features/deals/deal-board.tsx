/** The board: columns side by side, keys, the mouse's drag, and what floats above it while a card is carried. */
import { Key } from '@solid-primitives/keyed';
import { createMemo, type JSX, onCleanup, Show } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { late, lateComponent } from '../../ui/late.tsx';
import { matchesMedia } from '../../ui/media-query.ts';
import styles from './board.module.css';
import { BoardColumnView } from './board-column.tsx';
import { type Board, BoardProvider } from './board-context.tsx';
import { loadDrag, whenDraggable } from './drag.ts';
import { StageChips } from './stage-chips.tsx';
import { carryByTouch } from './touch-carry.ts';

/** What follows the hand, and where it can put things: there is nothing in it at first. */
const HeldCard = lateComponent(() => import('./carried-card.tsx').then((module) => module.HeldCard));
const MoveTray = lateComponent(() => import('./move-tray.tsx').then((module) => module.MoveTray));
const keys = late(() => import('./board-keys.ts').then((module) => module.createBoardKeys));
/** Cards in the hands of teammates, and what they see of one's own. */
const SharedDrags = lateComponent(() => import('./shared-drag.tsx').then((module) => module.SharedDrags));
const LostDialog = lateComponent(() => import('./lost-dialog.tsx').then((module) => module.LostDialog));

export function DealBoard(props: { readonly board: Board; readonly label: string }): JSX.Element {
  // The board lives as long as this page; only what it shows changes.
  // oxlint-disable-next-line solid/reactivity
  const board = props.board;
  const workspace = useWorkspace();
  let root!: HTMLDivElement;

  const handler = createMemo(() => keys.code()?.({ board, workspace, root: () => root }));
  async function onKeyDown(event: KeyboardEvent): Promise<void> {
    // Pressed in the first moment: done as soon as the code is there.
    if (!handler()) await keys.load();
    handler()?.(event);
  }

  board.setFocuser((_column, id) => {
    // After what is being changed now is in the document.
    queueMicrotask(() => root.querySelector<HTMLElement>(`[data-card="${id}"]`)?.focus());
  });
  board.setTurner((by) => {
    const width = root.querySelector<HTMLElement>('[data-column]')?.offsetWidth ?? root.clientWidth;
    root.scrollBy({ left: by * (width + 8), behavior: 'smooth' });
  });

  whenDraggable(({ autoScrollForElements }) => autoScrollForElements({ element: root }));
  whenDraggable(({ monitorForElements }) =>
    monitorForElements({
      canMonitor: ({ source }) => typeof source.data.card === 'string',
      onDragStart({ source, location }) {
        const [id, column] = [String(source.data.card), String(source.data.column)];
        const box = source.element.getBoundingClientRect();
        const index = board.idsOf(column).indexOf(id);
        const ids = board.carriedWith(column, id);
        const size = { width: box.width, height: box.height };
        const { clientX, clientY } = location.initial.input;
        board.hold({ x: clientX, y: clientY }, box);
        board.carry.start({ ids, lead: id, from: { column, index }, by: 'pointer', ...size });
      },
      onDrag({ location }) {
        const { clientX, clientY } = location.current.input;
        board.moveHeld({ x: clientX, y: clientY });
        board.carry.over(spotOf(location.current.dropTargets[0]?.data, clientY));
      },
      onDrop({ location }) {
        // Esc and leaving the window end a native drag over nothing.
        const [over] = location.current.dropTargets;
        if (!over) {
          board.carry.cancel();
          return;
        }
        // Moves are reported once a frame: a quick hand is further than the last report.
        board.carry.over(spotOf(over.data, location.current.input.clientY));
        board.carry.drop();
      },
    }),
  );

  let putBack: () => void = () => undefined;
  onCleanup(() => putBack());
  function onPointerDown(event: PointerEvent): void {
    const card = clickedCard(event.target, root);
    // The native drag of a mouse would start from a long press too.
    if (card?.hasAttribute('draggable')) card.draggable = event.pointerType === 'mouse';
    const [id, column] = placeOfCard(card);
    if (!card || id === undefined || column === undefined) return;
    if (event.pointerType === 'mouse' || !event.isPrimary || !workspace.canWrite()) return;
    putBack();
    putBack = carryByTouch(board, card, id, column, event);
  }

  return (
    <BoardProvider value={board}>
      <StageChips board={() => root} />
      <div
        ref={root}
        class={`board ${styles.board}`}
        classList={{
          [styles.carrying ?? '']: board.carry.carried() !== null,
          [styles.gliding ?? '']: board.carry.carried()?.by === 'pointer',
        }}
        role="group"
        aria-label={props.label}
        aria-describedby="board-keys"
        onKeyDown={onKeyDown}
        onPointerEnter={() => void loadDrag()}
        onPointerDown={onPointerDown}
        onClick={(event) => {
          const [id, column] = placeOfCard(clickedCard(event.target, root));
          if (event.defaultPrevented || id === undefined || column === undefined) return;
          // A finger has no modifier keys: after the first card was selected from its menu, a tap selects.
          const selects = board.selected().size > 0 && matchesMedia('(pointer: coarse)');
          if (event.metaKey || event.ctrlKey || selects) board.toggle(id);
          else board.actions.open(id, board.idsOf(column));
        }}
      >
        <Key each={board.columns()} by="key">
          {(column) => <BoardColumnView column={column()} />}
        </Key>
      </div>
      <Show when={board.carry.carried()?.by === 'pointer'}>
        <MoveTray />
        <HeldCard />
      </Show>
      <Show when={workspace.presence()}>
        <SharedDrags root={() => root} />
      </Show>
      <Show when={board.losing().length > 0}>
        <LostDialog ids={board.losing()} onClose={() => board.lose([])} actions={board.actions} />
      </Show>
      <p id="board-keys" class="sr">
        Arrow keys go from card to card. Enter opens.{' '}
        {workspace.canWrite() ? 'Space lifts a card to move it, M moves it to a stage.' : ''}
      </p>
      <div class="sr" aria-live="assertive">
        {board.spoken()}
      </div>
    </BoardProvider>
  );
}

/** The card that was clicked, unless the click was for something of its own in it: a button, an open editor. */
function clickedCard(target: EventTarget | null, root: HTMLElement): HTMLElement | null {
  if (!(target instanceof Element) || !root.contains(target)) return null;
  return target.closest('button, a, input, textarea, .celledit') ? null : target.closest<HTMLElement>('[data-card]');
}

function placeOfCard(card: HTMLElement | null): [id: string | undefined, column: string | undefined] {
  return [card?.dataset.card, card?.closest<HTMLElement>('[data-column]')?.dataset.column];
}

function spotOf(
  data: Record<string | symbol, unknown> | undefined,
  clientY: number,
): { column: string; clientY: number } | { tray: 'won' | 'lost' } | null {
  if (data?.tray === 'won' || data?.tray === 'lost') return { tray: data.tray };
  return typeof data?.column === 'string' ? { column: data.column, clientY } : null;
}

/** A stage of the board: its head with count and sums, the quick add, and its cards, of which only those near the view are in the document. */
import Plus from 'lucide-solid/icons/plus';
import {
  batch,
  createEffect,
  createMemo,
  createSelector,
  For,
  type JSX,
  on,
  onCleanup,
  onMount,
  Show,
  untrack,
} from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { formatCount, formatPlural, formatSums } from '../../fields/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { late, lateComponent } from '../../ui/late.tsx';
import { createMediaQuery, NARROW } from '../../ui/media-query.ts';
import { StageGlyph } from '../../ui/stage-glyph.tsx';
import styles from './board.module.css';
import { useBoard } from './board-context.tsx';
import { type CardLayoutInputs, createFirstLayout } from './card-layout.ts';
import { CARD_GAP } from './carry.ts';
import { ColumnMenu } from './column-menu.tsx';
import { type BoardColumn, NO_STAGE } from './deal-board-model.ts';
import { DealCard } from './deal-card.tsx';
import { leadingSum } from './deal-sums.ts';
import { whenDraggable } from './drag.ts';
import { createRemoteCarry, type RemoteCarry } from './remote-carry.ts';

/** Not needed for the first cards, which is all that is seen at first. */
const virtual = late(() => import('./virtual-cards.ts'));

const CarriedSlot = lateComponent(() => import('./carried-card.tsx').then((module) => module.CarriedSlot));
const QuickAdd = lateComponent(() => import('./quick-add.tsx').then((module) => module.QuickAdd));

/** Height of a card until it has been measured; a closed one says nothing of a next step. */
const CARD_HEIGHT = 116;
const CLOSED_CARD_HEIGHT = 88;
/** As many of the lowest cards as are as high as the window, and a few. */
const firstCards = () => Math.ceil(innerHeight / (CLOSED_CARD_HEIGHT + CARD_GAP)) + 4;

export function BoardColumnView(props: { readonly column: BoardColumn }): JSX.Element {
  const workspace = useWorkspace();
  const board = useBoard();
  const key = () => props.column.key;
  const canAdd = () => workspace.canWrite() && props.column.status === 'open' && key() !== NO_STAGE;
  const remote = createRemoteCarry(board, key);
  let section!: HTMLElement;

  whenDraggable(({ dropTargetForElements }) =>
    dropTargetForElements({
      element: section,
      canDrop: ({ source }) => typeof source.data.card === 'string' && key() !== NO_STAGE,
      getData: () => ({ column: key() }),
    }),
  );

  return (
    <section
      ref={section}
      class={`column ${styles.column} ${remote.colour()} ${remote.drag() || board.carry.isOver(key()) ? styles.target : ''}`}
      aria-labelledby={`column-${key()}`}
      data-column={key()}
      data-drop-column={key() === NO_STAGE ? undefined : key()}
    >
      <ColumnHead column={props.column} canAdd={canAdd()} remote={remote} />
      <ColumnCards column={props.column} remote={remote} />
    </section>
  );
}

function ColumnHead(props: {
  readonly column: BoardColumn;
  readonly canAdd: boolean;
  readonly remote: RemoteCarry;
}): JSX.Element {
  const board = useBoard();
  const count = () => board.idsOf(props.column.key).length;
  const sums = createMemo(() => board.sumsOf(props.column.key));
  const shownTotal = createMemo(() => leadingSum(sums().total, board.currency()));
  /** What the carried cards would add; totals themselves change only on drop. */
  const coming = createMemo(() => {
    const card = board.carry.carried();
    if (!card) return props.remote.coming();
    if (card.from.column === props.column.key || !board.carry.isOver(props.column.key)) return '';
    return board.sumText(card.ids);
  });
  const isOpen = () => props.column.status === 'open';
  const isNarrow = createMediaQuery(NARROW);
  return (
    <header class={`column__head ${styles.head}`}>
      <div class="column__title">
        <StageGlyph
          type={props.column.status}
          position={props.column.position}
          count={props.column.openCount}
          hue={props.column.hue}
          size={14}
        />
        <h2 id={`column-${props.column.key}`} class="truncate" title={props.column.title}>
          {props.column.title}
        </h2>
        <span class="count">
          <span aria-hidden="true">{formatCount(count())}</span>
          <span class="sr">{count() === 1 ? '1 deal' : `${formatCount(count())} deals`}</span>
        </span>
        <Show when={props.canAdd}>
          <IconButton
            label={`Add deal to ${props.column.name}`}
            icon={Plus}
            size="xs"
            onClick={() => board.addIn(props.column.key)}
          />
        </Show>
        <Show when={!isOpen() || isNarrow()}>
          <ColumnMenu column={props.column} isNarrow={isNarrow()} />
        </Show>
      </div>
      <div
        class={`column__sum ${styles.sum}`}
        title={`Total ${formatSums(sums().total, board.currency())}\nWeighted ${formatSums(sums().weighted, board.currency())}`}
      >
        <strong>{shownTotal().text}</strong>
        <Show when={shownTotal().others > 0}>
          <span>+{formatPlural(shownTotal().others, 'currency', 'currencies')}</span>
        </Show>
        <Show
          when={coming()}
          fallback={
            <Show when={isOpen()}>
              <span>{leadingSum(sums().weighted, board.currency()).text} weighted</span>
            </Show>
          }
        >
          <span class={styles.coming}>+{coming()}</span>
        </Show>
      </div>
    </header>
  );
}

function ColumnCards(props: { readonly column: BoardColumn; readonly remote: RemoteCarry }): JSX.Element {
  const workspace = useWorkspace();
  const board = useBoard();
  const key = () => props.column.key;
  const ids = createMemo(() => board.idsOf(key()));
  const deals = workspace.collection('deal');
  let scroller!: HTMLDivElement;
  let list!: HTMLUListElement;

  const indexOf = createMemo(() => new Map(ids().map((id, index) => [id, index])));
  /** The card that Tab reaches: the one last focused, else the first. */
  const active = createMemo(() => {
    const wanted = board.activeIn(key());
    return wanted !== undefined && indexOf().has(wanted) ? wanted : ids()[0];
  });
  const isActive = createSelector(active);

  const inputs: CardLayoutInputs = {
    ids,
    indexOf,
    active,
    // One number for all: a card that is not in the document has nothing to be measured by.
    estimate: () => (props.column.status === 'open' ? CARD_HEIGHT : CLOSED_CARD_HEIGHT),
    heights: new Map(),
    scroller: () => scroller,
  };
  const layout = createMemo(() => {
    const code = virtual.code();
    return untrack(() => (code ? code.createVirtualLayout(inputs) : createFirstLayout(inputs, firstCards())));
  });

  let focusedBefore: string | undefined;
  const rows = createMemo(() => {
    // Taken before the document changes: a card that is moved in it would lose the focus.
    focusedBefore = document.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card;
    return layout().rows();
  });
  createEffect(
    on(rows, () => {
      if (focusedBefore === undefined || document.activeElement !== document.body) return;
      list.querySelector<HTMLElement>(`[data-card="${focusedBefore}"]`)?.focus({ preventScroll: true });
    }),
  );

  const slot = createMemo(() => board.carry.slotIn(key()) ?? props.remote.slot());
  const slotHeight = () => (board.carry.carried()?.height ?? (props.remote.drag() ? CARD_HEIGHT : 0)) + CARD_GAP;
  const slotTop = () => {
    const index = slot();
    if (index === null) return 0;
    return layout().edges()[index]?.start ?? endOfCards();
  };
  const endOfCards = () => {
    const last = layout().edges().at(-1);
    return last ? last.end + CARD_GAP : 0;
  };
  const shiftOf = (id: string) => {
    const index = slot();
    return index !== null && (indexOf().get(id) ?? 0) >= index ? slotHeight() : 0;
  };

  // Measured after layout and before paint, all in one go; asking each card for its height would lay out anew each time.
  const sizes = new ResizeObserver((entries) => {
    batch(() => {
      for (const entry of entries) {
        const id = (entry.target as HTMLElement).dataset.row;
        const index = id === undefined ? undefined : indexOf().get(id);
        const height = entry.borderBoxSize[0]?.blockSize ?? 0;
        if (index !== undefined && height > 0) layout().resize(index, height);
      }
    });
  });
  onCleanup(() => sizes.disconnect());

  whenDraggable(({ autoScrollForElements }) => autoScrollForElements({ element: scroller }));
  onMount(() => {
    onCleanup(
      board.carry.register(key(), {
        edges: () => layout().edges(),
        top: () => list.getBoundingClientRect().top,
        isOrdered: () => props.column.status === 'open',
      }),
    );
    onCleanup(
      // oxlint-disable-next-line solid/reactivity -- asked when somebody goes to a card.
      board.registerScroll(key(), (id) => {
        const index = indexOf().get(id);
        if (index !== undefined) layout().show(index);
      }),
    );
  });

  return (
    <div class={`column__cards ${styles.scroller}`} ref={scroller} data-scroller tabIndex={-1}>
      <Show when={board.addingIn() === key()}>
        <QuickAdd column={props.column} />
      </Show>
      <ul
        ref={list}
        class={styles.cards}
        aria-labelledby={`column-${key()}`}
        style={{ height: `${layout().total() + (slot() === null ? 0 : slotHeight())}px` }}
      >
        <For each={rows()}>
          {(id) => (
            <li
              class={styles.row}
              ref={(row) => {
                sizes.observe(row);
                onCleanup(() => sizes.unobserve(row));
              }}
              data-row={id}
              aria-posinset={(indexOf().get(id) ?? 0) + 1}
              aria-setsize={ids().length}
              style={{ transform: `translateY(${layout().startOf(id) + shiftOf(id)}px)` }}
            >
              <Show when={deals.byId(id)}>
                {(deal) => <DealCard deal={deal()} column={key()} stage={props.column.stage} isActive={isActive(id)} />}
              </Show>
            </li>
          )}
        </For>
        <Show when={slot() !== null && board.carry.carried() !== null}>
          <CarriedSlot top={slotTop()} />
        </Show>
        <Show when={props.remote.slot() !== null}>
          <li
            class={styles.row}
            aria-hidden="true"
            style={{ transform: `translateY(${slotTop()}px)`, height: `${CARD_HEIGHT}px` }}
          >
            <div class={styles.slot} />
          </li>
        </Show>
      </ul>
      <Show when={ids().length === 0 && slot() === null && board.addingIn() !== key()}>
        <p class={styles.empty}>{emptyWords(props.column, board.isFiltered())}</p>
      </Show>
    </div>
  );
}

function emptyWords(column: BoardColumn, filtered: boolean): string {
  if (filtered) return 'No deal here fits the filters.';
  if (column.status === 'open') return 'No deals here yet.';
  return column.status === 'won' ? 'No deals won in this period.' : 'No deals lost in this period.';
}

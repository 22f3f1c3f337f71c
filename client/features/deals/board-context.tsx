/** What the parts of the board share: who is focused, selected, edited or carried, and what can be done with a card. */
import { type Accessor, createContext, createSelector, createSignal, useContext } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import { cancelledWords, droppedWords, liftedWords, placeWords, type SpokenPlace } from './board-words.ts';
import { type Carried, type Carry, type CarryTarget, createCarry } from './carry.ts';
import type { DealActions } from './deal-actions.ts';
import { type BoardColumn, type BoardPlace, NO_STAGE, neighboursAt, steppedPlace } from './deal-board-model.ts';
import { type DealSums, shortSums } from './deal-sums.ts';
import type { DealsAddress } from './deals-url.ts';

/** What is being edited on a card, each with its key. */
export type CardEdit = 'amount' | 'owner' | 'closesOn' | 'place';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Board {
  readonly today: Accessor<string>;
  readonly columns: Accessor<readonly BoardColumn[]>;
  readonly idsOf: (column: string) => readonly string[];
  readonly sumsOf: (column: string) => DealSums;
  readonly currency: Accessor<string>;
  readonly isFiltered: Accessor<boolean>;
  readonly periods: Accessor<Pick<DealsAddress, 'won' | 'lost'>>;
  readonly setPeriod: (change: Partial<Pick<DealsAddress, 'won' | 'lost'>>) => void;
  /** What the page lets people choose: board or table, which deals. */
  readonly options: Accessor<readonly MenuItem[]>;
  readonly actions: DealActions;
  readonly carry: Carry;

  /** The card of a column that Tab reaches. */
  readonly activeIn: (column: string) => string | undefined;
  readonly setActive: (column: string, id: string) => void;
  /** The card under the pointer, which shows its actions. */
  readonly isHot: (id: string) => boolean;
  readonly setHot: (id: string | null) => void;
  /** The card whose menu is open. */
  readonly isMenuOpen: (id: string) => boolean;
  readonly openMenu: (id: string | null) => void;

  readonly selected: Accessor<ReadonlySet<string>>;
  /** For a card: tells only the cards for which it changes. */
  readonly isSelected: (id: string) => boolean;
  readonly select: (ids: ReadonlySet<string>) => void;
  readonly toggle: (id: string) => void;

  /** Whether a card is in the hand, or goes along with it; tells only these cards. */
  readonly isCarried: (id: string) => boolean;

  readonly isEditing: (id: string) => boolean;
  readonly editing: Accessor<{ readonly id: string; readonly what: CardEdit } | null>;
  readonly edit: (id: string, what: CardEdit) => void;
  readonly stopEditing: () => void;

  /** The column whose quick add is open. */
  readonly addingIn: Accessor<string | null>;
  readonly addIn: (column: string | null) => void;
  /** Lines that were typed into a quick add and not added, by column. */
  readonly drafts: Map<string, string>;
  /** Asks why before marking as lost. */
  readonly lose: (ids: readonly string[]) => void;
  readonly losing: Accessor<readonly string[]>;

  readonly spoken: Accessor<string>;
  readonly say: (words: string) => void;
  /** Puts the focus on a card, also one that has just moved. */
  readonly focusCard: (column: string, id: string) => void;
  readonly setFocuser: (focus: (column: string, id: string) => void) => void;
  readonly spokenPlace: (place: BoardPlace) => SpokenPlace;
  /** Cards picked up together with this one: the selection when it is part of it. */
  readonly carriedWith: (column: string, id: string) => readonly string[];
  /** Picks a card up by keyboard. */
  readonly lift: (column: string, id: string, size: { readonly width: number; readonly height: number }) => void;
  /** Moves the lifted card by places or by columns. */
  readonly moveLifted: (by: { readonly places: number } | { readonly columns: number }) => void;

  /** The carried card follows this point of the window; `box` is where the card lay when it was taken. */
  readonly hold: (point: Point, box: DOMRect) => void;
  readonly moveHeld: (point: Point) => void;
  /** Where the held card lies now: px from the top left of the window. */
  readonly held: () => Point;
  readonly setHeldElement: (element: HTMLElement | undefined) => void;
  /** A column says how to bring one of its cards into view. */
  readonly registerScroll: (column: string, scrollTo: (id: string) => void) => () => void;
  readonly scrollTo: (column: string, id: string) => void;
  /** The amounts of deals as text: "€86,400". */
  readonly sumText: (ids: readonly string[]) => string;
  /** Brings the next stage into view, to the right (1) or to the left (-1). */
  readonly turn: (by: -1 | 1) => void;
  readonly setTurner: (turn: (by: -1 | 1) => void) => void;
}

const BoardContext = createContext<Board>();
const NO_IDS: readonly string[] = [];

export const BoardProvider = BoardContext.Provider;

export function useBoard(): Board {
  const board = useContext(BoardContext);
  if (!board) throw new Error('useBoard needs a BoardProvider above it');
  return board;
}

type GivenParts =
  | 'today'
  | 'columns'
  | 'idsOf'
  | 'sumsOf'
  | 'currency'
  | 'actions'
  | 'isFiltered'
  | 'periods'
  | 'options'
  | 'setPeriod';

export interface BoardOptions extends Pick<Board, GivenParts> {
  readonly selected: Accessor<ReadonlySet<string>>;
  readonly select: (ids: ReadonlySet<string>) => void;
  readonly onDropped: (carried: Carried, target: CarryTarget) => void;
}

export function createBoard(options: BoardOptions): Board {
  const workspace = useWorkspace();
  const [active, setActive] = createSignal<Readonly<Record<string, string>>>({});
  const [hot, setHot] = createSignal<string | null>(null);
  const [menu, openMenu] = createSignal<string | null>(null);
  const [editing, setEditing] = createSignal<{ id: string; what: CardEdit } | null>(null);
  const [addingIn, addIn] = createSignal<string | null>(null);
  const [losing, setLosing] = createSignal<readonly string[]>([]);
  const [spoken, say] = createSignal('');
  const isEditing = createSelector(() => editing()?.id ?? null);
  const isHot = createSelector(hot);
  const isMenuOpen = createSelector(menu);
  let focusElement: (column: string, id: string) => void = () => undefined;
  let turnTo: (by: -1 | 1) => void = () => undefined;
  // Not signals: a pointer moves sixty times a second and only one element has to follow.
  let heldElement: HTMLElement | undefined;
  let grip: Point = { x: 0, y: 0 };
  let held: Point = { x: 0, y: 0 };
  const scrollers = new Map<string, (id: string) => void>();
  function showHeld(): void {
    if (heldElement) heldElement.style.transform = `translate(${held.x}px, ${held.y}px)`;
  }

  const nameOf = (column: string) => options.columns().find((each) => each.key === column)?.name ?? '';
  const titleOf = (id: string) => workspace.collection('deal').peek(id)?.title || 'Untitled deal';

  function spokenPlace({ column, index }: BoardPlace): SpokenPlace {
    const card = carry.carried();
    const ids = options.idsOf(column).filter((id) => !card?.ids.includes(id));
    const before = options
      .idsOf(column)
      .slice(0, index)
      .filter((id) => !card?.ids.includes(id)).length;
    return { column: nameOf(column), position: before + 1, count: ids.length + (card?.ids.length ?? 0) };
  }

  const carry = createCarry({
    idsOf: options.idsOf,
    onDrop(card, target) {
      if (target.kind === 'tray') {
        if (target.as === 'won') options.actions.win(card.ids);
        else setLosing(card.ids);
      } else dropAt(card, target.place);
      options.onDropped(card, target);
    },
    onCancel(card) {
      say(cancelledWords(spokenPlace(card.from)));
      if (card.by === 'keyboard') focusCard(card.from.column, card.lead);
    },
  });

  function dropAt(card: Carried, place: BoardPlace): void {
    if (place.column === NO_STAGE) return;
    const column = options.columns().find((each) => each.key === place.column);
    if (column?.status === 'lost' && card.from.column !== place.column) {
      setLosing(card.ids);
      return;
    }
    const ids = options.idsOf(place.column);
    const { below, above } = neighboursAt(ids, place.index, new Set(card.ids));
    const alone = below === '' && above === '';
    options.actions.place(card.ids, { stageId: place.column, ...(alone ? {} : { below, above }) });
    say(droppedWords(nameOf(place.column), options.sumsOf(place.column).total));
    if (card.by === 'keyboard') focusCard(place.column, card.lead);
    else setActive((before) => ({ ...before, [place.column]: card.lead }));
  }

  function focusCard(column: string, id: string): void {
    setActive((before) => ({ ...before, [column]: id }));
    focusElement(column, id);
  }

  function carriedWith(column: string, id: string): readonly string[] {
    if (!options.selected().has(id)) return [id];
    const here = options.idsOf(column).filter((each) => options.selected().has(each));
    const elsewhere = [...options.selected()].filter((each) => !here.includes(each));
    return [...here, ...elsewhere];
  }

  const isCarried = createSelector<readonly string[], string>(
    () => carry.carried()?.ids ?? NO_IDS,
    (id, ids) => ids.includes(id),
  );
  const isSelected = createSelector<ReadonlySet<string>, string>(
    () => options.selected(),
    (id, ids) => ids.has(id),
  );

  return {
    ...options,
    carry,
    isCarried,
    isSelected,
    activeIn: (column) => active()[column],
    setActive: (column, id) => setActive((before) => (before[column] === id ? before : { ...before, [column]: id })),
    isHot,
    setHot,
    isMenuOpen,
    openMenu,
    toggle(id) {
      const next = new Set(options.selected());
      if (!next.delete(id)) next.add(id);
      options.select(next);
    },
    isEditing,
    editing,
    edit: (id, what) => workspace.canWrite() && setEditing({ id, what }),
    stopEditing: () => setEditing(null),
    addingIn,
    addIn,
    drafts: new Map(),
    lose: (ids) => setLosing(ids),
    losing,
    spoken,
    say,
    focusCard,
    setFocuser(focus) {
      focusElement = focus;
    },
    spokenPlace,
    carriedWith,
    hold(point, box) {
      grip = { x: point.x - box.left, y: point.y - box.top };
      held = { x: box.left, y: box.top };
      showHeld();
    },
    moveHeld(point) {
      held = { x: point.x - grip.x, y: point.y - grip.y };
      showHeld();
    },
    held: () => held,
    setHeldElement(element) {
      heldElement = element;
      showHeld();
    },
    registerScroll(column, scrollTo) {
      scrollers.set(column, scrollTo);
      return () => scrollers.get(column) === scrollTo && scrollers.delete(column);
    },
    scrollTo: (column, id) => scrollers.get(column)?.(id),
    sumText(ids) {
      const sums = new Map<string, number>();
      for (const id of ids) {
        const amount = workspace.collection('deal').peek(id)?.amount;
        if (amount) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.minor);
      }
      return sums.size === 0 ? '' : shortSums(sums, options.currency());
    },
    turn: (by) => turnTo(by),
    setTurner(turn) {
      turnTo = turn;
    },
    lift(column, id, size) {
      const ids = carriedWith(column, id);
      const from = { column, index: options.idsOf(column).indexOf(id) };
      carry.start({ ids, lead: id, from, by: 'keyboard', ...size });
      say(liftedWords(titleOf(id), ids.length - 1, spokenPlace(from)));
    },
    moveLifted(by) {
      const [card, target] = [carry.carried(), carry.target()];
      if (!card || target?.kind !== 'place') return;
      const next = steppedPlace(options.columns(), options.idsOf, { at: target.place, carried: new Set(card.ids) }, by);
      carry.moveTo(next);
      say(placeWords(spokenPlace(next)));
    },
  };
}

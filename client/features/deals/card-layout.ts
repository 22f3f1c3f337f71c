/**
 * Where the cards of a column lie, and which of them are in the document. The first layout knows little and needs no
 * library: the board is on screen with it; `virtual-cards.ts` takes over when it is there, at the same places.
 */
import { type Accessor, createMemo, createSignal, onCleanup, onMount } from 'solid-js';
import { CARD_GAP } from './carry.ts';

export interface CardLayout {
  /** Ids of the cards in the document, from top to bottom. */
  readonly rows: Accessor<readonly string[]>;
  /** The place of a card that is in the document; px from the top of the list. */
  readonly startOf: (id: string) => number;
  readonly edges: () => readonly { readonly start: number; readonly end: number }[];
  /** Height of the whole list in px. */
  readonly total: Accessor<number>;
  /** A card has been measured. */
  readonly resize: (index: number, height: number) => void;
  /** Brings a card into view. */
  readonly show: (index: number) => void;
}

export interface CardLayoutInputs {
  readonly ids: Accessor<readonly string[]>;
  readonly indexOf: Accessor<ReadonlyMap<string, number>>;
  /** The card that Tab reaches, which is always in the document. */
  readonly active: Accessor<string | undefined>;
  /** Height in px of a card that has not been measured. */
  readonly estimate: () => number;
  /** Heights in px that are known, by id; one layout leaves them to the next. */
  readonly heights: Map<string, number>;
  /** Undefined until it is in the document. */
  readonly scroller: () => HTMLElement | undefined;
}

/** How many cards are added at the end when somebody comes near it. */
const MORE = 20;
/** Px from the end at which that happens. */
const NEAR_END = 800;

/** The cards from the top as far as somebody has scrolled; `first` of them to begin with. */
export function createFirstLayout(inputs: CardLayoutInputs, first: number): CardLayout {
  const [count, setCount] = createSignal(first);
  const [measured, setMeasured] = createSignal(0);

  const edges = createMemo(() => {
    measured();
    let start = 0;
    return inputs.ids().map((id) => {
      const edge = { start, end: start + (inputs.heights.get(id) ?? inputs.estimate()) };
      start = edge.end + CARD_GAP;
      return edge;
    });
  });
  const rows = createMemo(() => {
    const shown = inputs.ids().slice(0, count());
    const active = inputs.active();
    const isBelow = active !== undefined && (inputs.indexOf().get(active) ?? 0) >= shown.length;
    return isBelow ? [...shown, active] : shown;
  });

  onMount(() => {
    const scroller = inputs.scroller();
    function follow(): void {
      if (!scroller || count() >= inputs.ids().length) return;
      const end = edges()[count() - 1]?.end ?? 0;
      if (scroller.scrollTop + scroller.clientHeight > end - NEAR_END) setCount(count() + MORE);
    }
    scroller?.addEventListener('scroll', follow, { passive: true });
    onCleanup(() => scroller?.removeEventListener('scroll', follow));
  });

  return {
    rows,
    edges,
    startOf: (id) => edges()[inputs.indexOf().get(id) ?? -1]?.start ?? 0,
    total: () => edges().at(-1)?.end ?? 0,
    resize(index, height) {
      const id = inputs.ids()[index];
      if (id === undefined || inputs.heights.get(id) === height) return;
      inputs.heights.set(id, height);
      setMeasured((times) => times + 1);
    },
    show(index) {
      if (index >= count()) setCount(index + MORE);
      const scroller = inputs.scroller();
      const edge = edges()[index];
      if (!scroller || !edge) return;
      if (edge.start < scroller.scrollTop) scroller.scrollTop = edge.start;
      else if (edge.end > scroller.scrollTop + scroller.clientHeight)
        scroller.scrollTop = edge.end - scroller.clientHeight;
    },
  };
}

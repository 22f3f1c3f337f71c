/**
 * A card in somebody's hand: by mouse, by finger or by keyboard. One state for the three, so that slots, tints and
 * the tray look the same. Knows places, not pixels of the page: columns tell where their cards are.
 */
import { type Accessor, batch, createSignal } from 'solid-js';
import { type BoardPlace, isSamePlace, slotIndexAt } from './deal-board-model.ts';

export interface Carried {
  /** What is carried, in the order of its column; the first card somebody took hold of is `lead`. */
  readonly ids: readonly string[];
  readonly lead: string;
  readonly from: BoardPlace;
  /** Size of the lead card in px. */
  readonly width: number;
  readonly height: number;
  readonly by: 'pointer' | 'keyboard';
}

export type CarryTarget =
  | { readonly kind: 'place'; readonly place: BoardPlace }
  | { readonly kind: 'tray'; readonly as: 'won' | 'lost' };

/** Where the cards of a column are, without a slot; px from the top of its list. */
export interface ColumnGeometry {
  readonly edges: () => readonly { readonly start: number; readonly end: number }[];
  readonly top: () => number;
  /** Closed columns are ordered by date: a card always lands on top. */
  readonly isOrdered: () => boolean;
}

export interface Carry {
  readonly carried: Accessor<Carried | null>;
  readonly target: Accessor<CarryTarget | null>;
  /** The slot that is open in a column: its index, or null. A drop that changes nothing opens none. */
  readonly slotIn: (column: string) => number | null;
  readonly isOver: (column: string) => boolean;
  readonly register: (column: string, geometry: ColumnGeometry) => () => void;
  readonly start: (carried: Carried) => void;
  /** The pointer is over a column at this height of the window, over a part of the tray, or over neither. */
  readonly over: (what: { column: string; clientY: number } | { tray: 'won' | 'lost' } | null) => void;
  readonly moveTo: (place: BoardPlace) => void;
  readonly drop: () => void;
  readonly cancel: () => void;
}

/** Room a slot takes beside the height of its card. */
export const CARD_GAP = 6;

export function createCarry(options: {
  readonly idsOf: (column: string) => readonly string[];
  readonly onDrop: (carried: Carried, target: CarryTarget) => void;
  readonly onCancel: (carried: Carried) => void;
}): Carry {
  const [carried, setCarried] = createSignal<Carried | null>(null);
  const [target, setTarget] = createSignal<CarryTarget | null>(null, { equals: sameTarget });
  const columns = new Map<string, ColumnGeometry>();

  function slotIn(column: string): number | null {
    const [card, where] = [carried(), target()];
    if (!card || where?.kind !== 'place' || where.place.column !== column) return null;
    const own = column === card.from.column;
    if (own && isSamePlace(options.idsOf(column), where.place.index, new Set(card.ids))) return null;
    return where.place.index;
  }
  function placeAt(column: string, clientY: number): BoardPlace | null {
    const geometry = columns.get(column);
    const card = carried();
    if (!geometry || !card) return null;
    if (!geometry.isOrdered()) return { column, index: 0 };
    const slot = slotIn(column);
    const open = slot === null ? null : { index: slot, height: card.height + CARD_GAP };
    return { column, index: slotIndexAt(clientY - geometry.top(), geometry.edges(), open) };
  }
  function end(): void {
    batch(() => {
      setCarried(null);
      setTarget(null);
    });
  }

  return {
    carried,
    target,
    slotIn,
    isOver(column) {
      const where = target();
      return where?.kind === 'place' && where.place.column === column;
    },
    register(column, geometry) {
      columns.set(column, geometry);
      return () => columns.get(column) === geometry && columns.delete(column);
    },
    start(card) {
      batch(() => {
        setCarried(card);
        setTarget({ kind: 'place', place: card.from });
      });
    },
    over(what) {
      if (what === null) setTarget(null);
      else if ('tray' in what) setTarget({ kind: 'tray', as: what.tray });
      else {
        const place = placeAt(what.column, what.clientY);
        setTarget(place && { kind: 'place', place });
      }
    },
    moveTo: (place) => setTarget({ kind: 'place', place }),
    drop() {
      const [card, where] = [carried(), target()];
      if (!card) return;
      batch(() => {
        end();
        if (where) options.onDrop(card, where);
        else options.onCancel(card);
      });
    },
    cancel() {
      const card = carried();
      end();
      if (card) options.onCancel(card);
    },
  };
}

function sameTarget(left: CarryTarget | null, right: CarryTarget | null): boolean {
  if (left === null || right === null) return left === right;
  if (left.kind === 'tray' || right.kind === 'tray') {
    return left.kind === 'tray' && right.kind === 'tray' && left.as === right.as;
  }
  return left.place.column === right.place.column && left.place.index === right.place.index;
}

/** A dropped card glides from the hand to its place. Only its transform is animated, and only when motion is welcome. */
import type { Board, Point } from './board-context.tsx';
import type { Carried, CarryTarget } from './carry.ts';

const SETTLE_MS = 180;

export function settleDropped(board: Board, carried: Carried, target: CarryTarget): void {
  if (carried.by === 'pointer' && target.kind === 'place') glideFrom(carried.lead, board.held());
}

/** `from` is px from the top left of the window to the top left of the card in the hand. */
export function glideFrom(id: string, from: Point): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  // Measured in the next frame, when it is laid out anyway: asking now would lay out the whole board twice.
  requestAnimationFrame(() => {
    const card = document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
    if (!card?.animate) return;
    const box = card.getBoundingClientRect();
    const [dx, dy] = [from.x - box.left, from.y - box.top];
    if (Math.abs(dx) + Math.abs(dy) < 2) return;
    card.animate(
      [
        { transform: `translate(${dx}px, ${dy}px) rotate(-1.6deg)`, zIndex: 20 },
        { transform: 'none', zIndex: 20 },
      ],
      { duration: SETTLE_MS, easing: 'cubic-bezier(0.3, 1.35, 0.55, 1)' },
    );
  });
}

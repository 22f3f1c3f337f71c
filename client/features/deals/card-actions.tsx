/** What can be done to a card with the pointer: a few buttons while it is hovered, and a menu with everything. */
import Ellipsis from 'lucide-solid/icons/ellipsis';
import { type JSX, Show } from 'solid-js';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { late } from '../../ui/late.tsx';
import { matchesMedia } from '../../ui/media-query.ts';
import styles from './board.module.css';
import { useBoard } from './board-context.tsx';

const hover = late(() => import('./card-hover.tsx').then((module) => module.CardHover));

/**
 * Everything here has a key of its own on the card, so none of it is a tab stop. Only the card under the pointer
 * has the buttons: on every card they would cost more than the cards themselves.
 */
export function CardActions(props: { readonly deal: Deal; readonly stage: Stage | undefined }): JSX.Element {
  const board = useBoard();
  const id = () => props.deal.id;
  // With a finger nothing is hovered: there only the menu's own button is there, in the same place before and after.
  const isCoarse = matchesMedia('(pointer: coarse)');
  const isWanted = () => ((board.isHot(id()) && !isCoarse) || board.isMenuOpen(id())) && board.carry.carried() === null;
  // The button stays until the rest is there.
  const isShown = () => {
    if (!isWanted()) return undefined;
    void hover.load();
    return hover.code();
  };
  return (
    <Show
      keyed
      when={isShown()}
      fallback={
        <button
          type="button"
          class={`iconbtn ${styles.touchMenu}`}
          tabIndex={-1}
          aria-label={`More for ${props.deal.title}`}
          onClick={() => board.openMenu(id())}
        >
          <Ellipsis />
        </button>
      }
    >
      {(CardHover) => <CardHover deal={props.deal} stage={props.stage} isCoarse={isCoarse} />}
    </Show>
  );
}

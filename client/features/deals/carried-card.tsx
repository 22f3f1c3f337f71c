/** A card in hand: the one that follows the pointer, and the slot that shows where it would land. */
import { createMemo, type JSX, onCleanup, Show } from 'solid-js';
import { Portal } from 'solid-js/web';
import { useWorkspace } from '../../data/workspace.ts';
import { nextStepWords } from '../../fields/next-step.ts';
import styles from './board.module.css';
import { useBoard } from './board-context.tsx';
import { CardFace } from './deal-card-face.tsx';
import { cardFacts } from './deal-card-model.ts';

/** The carried card itself. Under the pointer it hangs free over the page; by keyboard it lies in its slot. */
function CarriedFace(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  const board = useBoard();
  const deal = () => workspace.collection('deal').byId(props.id);
  const stage = () => workspace.collection('stage').byId(deal()?.place[1]);
  const more = () => (board.carry.carried()?.ids.length ?? 1) - 1;
  return (
    <Show when={deal()}>
      {(found) => (
        <article class={`card ${styles.lifted} ${more() > 0 ? styles.stack : ''}`} aria-hidden="true">
          <CardFace
            deal={found()}
            facts={cardFacts(found(), stage(), board.today(), nextStepWords(workspace, found().id))}
          />
          <Show when={more() > 0}>
            <span class={styles.more}>{more() + 1}</span>
          </Show>
        </article>
      )}
    </Show>
  );
}

/** Follows the pointer while a card is carried by mouse or finger. */
export function HeldCard(): JSX.Element {
  const board = useBoard();
  const held = createMemo(() => {
    const card = board.carry.carried();
    return card?.by === 'pointer' ? card : null;
  });
  return (
    <Show when={held()}>
      {(card) => (
        <Portal>
          <div
            class={styles.held}
            style={{ width: `${card().width}px` }}
            ref={(element) => {
              board.setHeldElement(element);
              onCleanup(() => board.setHeldElement(undefined));
            }}
          >
            <CarriedFace id={card().lead} />
          </div>
        </Portal>
      )}
    </Show>
  );
}

/** The open place in a column. */
export function CarriedSlot(props: { readonly top: number }): JSX.Element {
  const board = useBoard();
  const card = () => board.carry.carried();
  return (
    <li
      class={styles.row}
      aria-hidden="true"
      ref={(element) =>
        queueMicrotask(
          () => card()?.by === 'keyboard' && element.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
        )
      }
      style={{ transform: `translateY(${props.top}px)`, height: `${card()?.height ?? 0}px` }}
    >
      <div class={styles.slot}>
        <Show when={card()?.by === 'keyboard' && card()}>{(lifted) => <CarriedFace id={lifted().lead} />}</Show>
      </div>
    </li>
  );
}

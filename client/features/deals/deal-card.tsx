/** One deal on the board: who it is with, what it is, how much, by when and what comes next. */
import { createMemo, type JSX, Show } from 'solid-js';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatMoney } from '../../fields/format.ts';
import { nextStepWords } from '../../fields/next-step.ts';
import { memberColourClass } from '../../fields/peer-words.ts';
import { CardDraft, CardPresence } from '../../fields/presence.tsx';
import { lateComponent } from '../../ui/late.tsx';
import styles from './board.module.css';
import { useBoard } from './board-context.tsx';
import { CardActions } from './card-actions.tsx';
import { CardFace } from './deal-card-face.tsx';
import { type CardFacts, cardFacts } from './deal-card-model.ts';
import { whenDraggable } from './drag.ts';

const CardFieldEditor = lateComponent(() => import('./card-field-editor.tsx').then((module) => module.CardFieldEditor));

/** A card with everything that can be done to it. */
export function DealCard(props: {
  readonly deal: Deal;
  readonly column: string;
  readonly stage: Stage | undefined;
  /** Whether Tab reaches it. */
  readonly isActive: boolean;
}): JSX.Element {
  const workspace = useWorkspace();
  const board = useBoard();
  const facts = createMemo(() =>
    cardFacts(props.deal, props.stage, board.today(), nextStepWords(workspace, props.deal.id)),
  );
  const id = () => props.deal.id;
  const isSelected = () => board.isSelected(id());
  const here = createMemo(() => workspace.presence()?.onRecord(id()) ?? []);
  const mover = () => here().find(({ carries }) => carries === id());
  const change = createMemo(() => workspace.presence()?.changes.record(id()));
  function cardClass(): string {
    const [peer, news] = [mover() ?? here()[0], change()];
    const whose = peer?.memberId ?? news?.memberId;
    if (whose === undefined) return 'card';
    const isTinted = news?.memberId === whose;
    return `card ${peer ? 'card--viewed' : ''} ${isTinted ? 'just-changed' : ''} ${memberColourClass(workspace, whose)}`;
  }
  let article!: HTMLElement;

  whenDraggable(({ draggable, disableNativeDragPreview }) =>
    draggable({
      element: article,
      canDrag: ({ input }) => workspace.canWrite() && !board.isEditing(id()) && input.button === 0,
      getInitialData: () => ({ card: id(), column: props.column }),
      onGenerateDragPreview: ({ nativeSetDragImage }) => disableNativeDragPreview({ nativeSetDragImage }),
    }),
  );

  return (
    <article
      ref={article}
      class={cardClass()}
      classList={{
        [`card--${facts().quiet}`]: facts().quiet !== 'no',
        'is-selected': isSelected(),
        'is-hover': board.isHot(id()),
        [styles.carried ?? '']: board.isCarried(id()),
        [styles.taken ?? '']: mover() !== undefined,
      }}
      data-card={id()}
      tabIndex={props.isActive ? 0 : -1}
      aria-roledescription="deal card"
      aria-label={spokenCard(props.deal, facts(), isSelected())}
      onPointerEnter={(event) => event.pointerType === 'mouse' && board.setHot(id())}
      onPointerLeave={() => !board.isMenuOpen(id()) && board.setHot(null)}
      onFocusIn={() => board.setActive(props.column, id())}
    >
      <CardFace
        deal={props.deal}
        facts={facts()}
        isNews={change() !== undefined}
        editor={
          <>
            <Show when={board.isEditing(id()) && board.editing()}>
              {(editing) => <CardFieldEditor deal={props.deal} field={editing().what} column={props.column} />}
            </Show>
            <Show when={here().length > 0}>
              <CardDraft id={id()} />
            </Show>
          </>
        }
      />
      <CardActions deal={props.deal} stage={props.stage} />
      <Show when={here().length > 0}>
        <CardPresence id={id()} />
      </Show>
    </article>
  );
}

function spokenCard(deal: Deal, facts: CardFacts, selected: boolean): string {
  const amount = deal.amount ? formatMoney(deal.amount) : 'no value';
  const next = facts.next && [facts.next.text, facts.next.when].filter(Boolean).join(', ');
  return [deal.title || 'Untitled deal', amount, facts.date?.text, next, selected ? 'selected' : '']
    .filter(Boolean)
    .join(', ');
}

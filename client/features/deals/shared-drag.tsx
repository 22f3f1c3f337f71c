/** Cards in hands, across screens: tells the team where one's own is, and draws those of teammates with their pointers. */
import { createEffect, For, type JSX, on, onCleanup, Show } from 'solid-js';
import { Portal } from 'solid-js/web';
import type { PeerDrag, SharedDrag } from '../../data/presence.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { nextStepWords } from '../../fields/next-step.ts';
import { firstName, memberColourClass, peerName } from '../../fields/peer-words.ts';
import styles from './board.module.css';
import { useBoard } from './board-context.tsx';
import { CardFace } from './deal-card-face.tsx';
import { cardFacts } from './deal-card-model.ts';

/** A pointer is looked at this often; presence sends less often still. */
const SAMPLE_MS = 100;
/** A card carried by keyboard has no pointer. */
const NO_POINTER = -1;

export function SharedDrags(props: { readonly root: () => HTMLElement }): JSX.Element {
  const workspace = useWorkspace();
  const board = useBoard();
  // Asked while somebody drags, never to follow it.
  // oxlint-disable-next-line solid/reactivity
  tellOwnDrag(() => props.root());
  const shown = () =>
    (workspace.presence()?.dragging() ?? []).filter(({ over }) => board.columns().some(({ key }) => key === over));
  return <For each={shown()}>{(drag) => <RemoteCard drag={drag} root={() => props.root()} />}</For>;
}

function columnOf(root: HTMLElement, key: string): { readonly section: DOMRect; readonly list: DOMRect } | null {
  const section = root.querySelector<HTMLElement>(`[data-column="${CSS.escape(key)}"]`);
  const list = section?.querySelector('ul');
  return section && list ? { section: section.getBoundingClientRect(), list: list.getBoundingClientRect() } : null;
}

function tellOwnDrag(root: () => HTMLElement): void {
  const workspace = useWorkspace();
  const board = useBoard();
  let pointer: { readonly x: number; readonly y: number } | null = null;
  let sampledAt = 0;

  function tell(): void {
    const [card, target] = [board.carry.carried(), board.carry.target()];
    if (!card) return;
    const place = target?.kind === 'place' ? target.place : null;
    const rects = place && columnOf(root(), place.column);
    const drag: SharedDrag = {
      id: card.lead,
      over: place?.column ?? '',
      before: place ? (board.idsOf(place.column)[place.index] ?? '') : '',
      x: rects && pointer ? round((pointer.x - rects.section.left) / rects.section.width) : NO_POINTER,
      y: rects && pointer ? Math.round(pointer.y - rects.list.top) : 0,
    };
    workspace.presence()?.tell({ record: card.lead, drag });
  }
  function moved(event: MouseEvent | TouchEvent): void {
    if (performance.now() - sampledAt < SAMPLE_MS) return;
    sampledAt = performance.now();
    const point = 'touches' in event ? event.touches[0] : event;
    if (point) pointer = { x: point.clientX, y: point.clientY };
    tell();
  }
  createEffect(
    on(
      () => board.carry.carried(),
      (card, before) => {
        if (card === null) {
          if (before) workspace.presence()?.tell({ drag: null, record: null });
          return;
        }
        pointer = null;
        document.addEventListener('dragover', moved);
        document.addEventListener('touchmove', moved, { passive: true });
        onCleanup(() => {
          document.removeEventListener('dragover', moved);
          document.removeEventListener('touchmove', moved);
        });
      },
    ),
  );
  createEffect(on([board.carry.carried, board.carry.target], tell));
  onCleanup(() => workspace.presence()?.tell({ drag: null }));
}

function RemoteCard(props: { readonly drag: PeerDrag; readonly root: () => HTMLElement }): JSX.Element {
  const workspace = useWorkspace();
  const board = useBoard();
  const deal = () => workspace.collection('deal').byId(props.drag.id);
  const stage = () => workspace.collection('stage').byId(deal()?.place[1]);
  /** px in the window; null for a card without a pointer, and for one this board does not show. */
  const at = () => {
    const pointer = workspace.presence()?.pointer(props.drag.memberId);
    const rects = pointer && pointer.x >= 0 ? columnOf(props.root(), props.drag.over) : null;
    if (!pointer || !rects) return null;
    return {
      x: rects.section.left + pointer.x * rects.section.width,
      y: rects.list.top + pointer.y,
      width: rects.list.width,
    };
  };
  return (
    <Show when={deal()}>
      {(found) => (
        <Show when={at()}>
          {(place) => (
            <Portal>
              <div
                class={`${styles.remote} ${memberColourClass(workspace, props.drag.memberId)}`}
                style={{ transform: `translate(${place().x}px, ${place().y}px)`, width: `${place().width}px` }}
                aria-hidden="true"
                data-remote-drag={props.drag.id}
              >
                <article class={`card ${styles.lifted} ${styles.remoteCard}`}>
                  <CardFace
                    deal={found()}
                    facts={cardFacts(found(), stage(), board.today(), nextStepWords(workspace, found().id))}
                  />
                </article>
                <span class="cursor">
                  <svg class="cursor__arrow" width="16" height="18" viewBox="0 0 16 18" aria-hidden="true">
                    <path d="M1 1l5.2 15 2.6-6.3L15 7.2z" />
                  </svg>
                  <span class="flag">{firstName(peerName(workspace, props.drag))}</span>
                </span>
              </div>
            </Portal>
          )}
        </Show>
      )}
    </Show>
  );
}

const round = (share: number) => Math.round(share * 1_000) / 1_000;

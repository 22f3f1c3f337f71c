/** Cards in hands, across screens: tells the team where one's own is, and draws those of teammates with their pointers. */
import { Key } from '@solid-primitives/keyed';
import { createEffect, createSignal, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import { Portal } from 'solid-js/web';
import type { PeerDrag, SharedDrag } from '../../data/presence.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { nextStepWords } from '../../fields/next-step.ts';
import { firstName, memberColourClass, peerName } from '../../fields/peer-words.ts';
import styles from './board.module.css';
import { type Point, useBoard } from './board-context.tsx';
import { CardFace } from './deal-card-face.tsx';
import { cardFacts } from './deal-card-model.ts';
import { glideFrom } from './settle-dropped.ts';

/** A pointer is looked at this often; presence sends less often still. */
const SAMPLE_MS = 100;
/** The card hangs from the pointer, this far above it; as `.remoteCard` says. */
const HANGS_PX = 24;
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
  return (
    <Key each={shown()} by="memberId">
      {(drag) => <RemoteCard drag={drag()} root={() => props.root()} />}
    </Key>
  );
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
  let sampling: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    const [card, target] = [board.carry.carried(), board.carry.target()];
    if (!card) return;
    const place = target?.kind === 'place' ? target.place : null;
    // Measured for a pointer only: asking where a column is lays out the board once more than the frame does.
    const rects = place && pointer && columnOf(root(), place.column);
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
    const point = 'touches' in event ? event.touches[0] : event;
    if (point) pointer = { x: point.clientX, y: point.clientY };
    // Where it comes to rest is told too.
    sampling ??= setTimeout(() => {
      sampling = undefined;
      tell();
    }, SAMPLE_MS);
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
          clearTimeout(sampling);
          sampling = undefined;
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
  /** Where the card itself was seen last. */
  let last: Point | undefined;
  const [scrolled, setScrolled] = createSignal(0);
  const scroll = () => setScrolled((times) => times + 1);
  /** px in the window; null for a card without a pointer, and for one over what this board does not show. */
  const at = () => {
    scrolled();
    const pointer = workspace.presence()?.pointer(props.drag.memberId);
    const rects = pointer && pointer.x >= 0 ? columnOf(props.root(), props.drag.over) : null;
    if (!pointer || !rects) return null;
    const { left, right, bottom } = props.root().getBoundingClientRect();
    const [x, y] = [rects.section.left + pointer.x * rects.section.width, rects.list.top + pointer.y];
    if (x < left || x > right || y < rects.section.top || y > bottom) return null;
    last = { x: x - rects.list.width / 2, y: y - HANGS_PX };
    return { x, y, width: rects.list.width };
  };
  onMount(() => {
    const [root, { id, memberId }] = [props.root(), props.drag];
    root.addEventListener('scroll', scroll, { capture: true, passive: true });
    onCleanup(() => {
      root.removeEventListener('scroll', scroll, { capture: true });
      const isCarried = workspace
        .presence()
        ?.dragging()
        .some((drag) => drag.memberId === memberId);
      if (last && !isCarried) glideFrom(id, last);
    });
  });
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
                    <path d="M2.2 1.7 13.4 8.3c.7.4.6 1.4-.2 1.6l-4.8 1.2-2.6 4.3c-.4.7-1.5.6-1.700-.3L1.1 2.5c-.2-.7.5-1.2 1.1-.8z" />
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

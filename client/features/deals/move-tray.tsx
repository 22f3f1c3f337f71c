/** Slides up while a card is carried by pointer: drop it here to win or lose the deal. */
import type { JSX } from 'solid-js';
import { StageGlyph } from '../../ui/stage-glyph.tsx';
import styles from './board.module.css';
import { useBoard } from './board-context.tsx';
import { whenDraggable } from './drag.ts';

export function MoveTray(): JSX.Element {
  return (
    <div class={styles.tray} aria-hidden="true">
      <TrayEnd as="won" label="Won" />
      <TrayEnd as="lost" label="Lost" />
    </div>
  );
}

function TrayEnd(props: { readonly as: 'won' | 'lost'; readonly label: string }): JSX.Element {
  const board = useBoard();
  const isOver = () => {
    const target = board.carry.target();
    return target?.kind === 'tray' && target.as === props.as;
  };
  let element!: HTMLDivElement;
  whenDraggable(({ dropTargetForElements }) => dropTargetForElements({ element, getData: () => ({ tray: props.as }) }));
  return (
    <div
      ref={element}
      class={styles.trayEnd}
      classList={{ [styles.trayWon ?? '']: props.as === 'won', [styles.trayOver ?? '']: isOver() }}
      data-drop-tray={props.as}
    >
      <StageGlyph type={props.as} hue={props.as} />
      {props.label}
    </div>
  );
}

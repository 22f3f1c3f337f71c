/** On a small screen one stage is seen at a time: these say which, and lead to the others. */
import { createSignal, For, type JSX, onCleanup, onMount } from 'solid-js';
import { formatCount } from '../../fields/format.ts';
import { StageGlyph } from '../../ui/stage-glyph.tsx';
import styles from './board.module.css';
import { useBoard } from './board-context.tsx';

export function StageChips(props: { readonly board: () => HTMLElement }): JSX.Element {
  const board = useBoard();
  const [current, setCurrent] = createSignal(0);
  const chips: HTMLElement[] = [];

  onMount(() => {
    const element = props.board();
    function follow(): void {
      const column = element.querySelector<HTMLElement>('[data-column]');
      if (!column || column.offsetWidth === 0) return;
      const at = Math.round(element.scrollLeft / (column.offsetWidth + 8));
      const isEnd = element.scrollLeft + element.clientWidth >= element.scrollWidth - 2;
      const next = isEnd && element.scrollLeft > 0 ? board.columns().length - 1 : at;
      if (next === current()) return;
      setCurrent(next);
      chips[next]?.scrollIntoView({ inline: 'center', block: 'nearest' });
    }
    element.addEventListener('scroll', follow, { passive: true });
    onCleanup(() => element.removeEventListener('scroll', follow));
  });

  function show(index: number): void {
    const column = props.board().querySelectorAll<HTMLElement>('[data-column]')[index];
    column?.scrollIntoView({ inline: 'center', block: 'nearest' });
    setCurrent(index);
  }

  return (
    <nav class={styles.chips} aria-label="Stages">
      <For each={board.columns()}>
        {(column, index) => (
          <button
            type="button"
            ref={(element) => {
              chips[index()] = element;
            }}
            class={styles.stageChip}
            aria-current={current() === index() ? 'true' : undefined}
            onClick={() => show(index())}
          >
            <StageGlyph
              type={column.status}
              position={column.position}
              count={column.openCount}
              hue={column.hue}
              size={16}
            />
            {column.name}
            <span class="count">{formatCount(board.idsOf(column.key).length)}</span>
          </button>
        )}
      </For>
    </nav>
  );
}

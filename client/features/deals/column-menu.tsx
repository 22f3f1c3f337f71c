/** The options of a column: which deals a closed one shows; on a phone, where each column is a screen, those of the whole page too. */
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Sliders from 'lucide-solid/icons/sliders-horizontal';
import { type JSX, Show } from 'solid-js';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { useBoard } from './board-context.tsx';
import type { BoardColumn } from './deal-board-model.ts';
import { isPeriod, PERIODS } from './period.ts';

export function ColumnMenu(props: { readonly column: BoardColumn; readonly isNarrow: boolean }): JSX.Element {
  const board = useBoard();
  const isWon = () => props.column.status === 'won';
  const periods = (): readonly MenuItem[] => {
    const period: MenuItem = {
      kind: 'radio',
      label: 'Show deals of',
      value: (isWon() ? board.periods().won : board.periods().lost) ?? 'month',
      options: Object.entries(PERIODS).map(([value, label]) => ({ value, label })),
      onChange: (value) => isPeriod(value) && board.setPeriod(isWon() ? { won: value } : { lost: value }),
    };
    const lost: MenuItem =
      board.periods().lost === null
        ? { label: 'Show lost deals', onSelect: () => board.setPeriod({ lost: 'month' }) }
        : { label: 'Hide lost deals', onSelect: () => board.setPeriod({ lost: null }) };
    return [period, ...(props.isNarrow ? [] : [{ kind: 'separator' } as const, lost])];
  };
  const items = (): readonly MenuItem[] => {
    const own = props.column.status === 'open' ? [] : periods();
    if (!props.isNarrow) return own;
    return own.length > 0 ? [...own, { kind: 'separator' }, ...board.options()] : board.options();
  };
  return (
    <Menu
      items={items()}
      placement="bottom-end"
      trigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          class="iconbtn iconbtn--xs"
          aria-label={`Options of ${props.column.name}`}
          title="Column options"
        >
          <Show when={props.isNarrow} fallback={<Ellipsis class="lucide--sm" />}>
            <Sliders class="lucide--lg" />
          </Show>
        </button>
      )}
    />
  );
}

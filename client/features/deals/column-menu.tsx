/** The options of a closed column: which deals it shows, and whether it shows at all. */
import Ellipsis from 'lucide-solid/icons/ellipsis';
import type { JSX } from 'solid-js';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { useBoard } from './board-context.tsx';
import type { BoardColumn } from './deal-board-model.ts';
import { isPeriod, PERIODS } from './period.ts';

export function ColumnMenu(props: { readonly column: BoardColumn }): JSX.Element {
  const board = useBoard();
  const isWon = () => props.column.status === 'won';
  const items = (): readonly MenuItem[] => {
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
    return [period, { kind: 'separator' }, lost];
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
          <Ellipsis class="lucide--sm" />
        </button>
      )}
    />
  );
}

/** The buttons of the card under the pointer and the menu with everything. Loaded late: nothing is hovered in the first moment. */

import ArrowUpRight from 'lucide-solid/icons/arrow-up-right';
import Banknote from 'lucide-solid/icons/banknote';
import CalendarDays from 'lucide-solid/icons/calendar-days';
import Check from 'lucide-solid/icons/check';
import CircleX from 'lucide-solid/icons/circle-x';
import Columns from 'lucide-solid/icons/columns-3';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import SquareCheck from 'lucide-solid/icons/square-check';
import Trash from 'lucide-solid/icons/trash';
import Trophy from 'lucide-solid/icons/trophy';
import UserRound from 'lucide-solid/icons/user';
import { type JSX, Show } from 'solid-js';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { stagesOf, statusOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import { StageSign } from '../../fields/field-value.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import styles from './board.module.css';
import { type Board, useBoard } from './board-context.tsx';

export function CardHover(props: {
  readonly deal: Deal;
  readonly stage: Stage | undefined;
  readonly isCoarse: boolean;
}): JSX.Element {
  const workspace = useWorkspace();
  const board = useBoard();
  const id = () => props.deal.id;
  return (
    <div class={props.isCoarse ? styles.touchActions : 'card__actions'}>
      <Show when={!props.isCoarse && workspace.canWrite() && statusOf(props.stage) === 'open'}>
        <button
          type="button"
          class="iconbtn"
          tabIndex={-1}
          aria-label={`Mark ${props.deal.title} as won`}
          title="Won  W"
          onClick={() => board.actions.win([id()])}
        >
          <Check />
        </button>
      </Show>
      <Menu
        items={cardMenu(board, props.deal, workspace)}
        open={board.isMenuOpen(id())}
        onOpenChange={(open) => {
          board.openMenu(open ? id() : null);
          if (!open) board.setHot(null);
        }}
        placement="bottom-end"
        trigger={(trigger) => (
          <button
            type="button"
            {...trigger}
            class="iconbtn"
            tabIndex={-1}
            aria-label={`More for ${props.deal.title}`}
            title="More"
          >
            <Ellipsis />
          </button>
        )}
      />
    </div>
  );
}

function cardMenu(board: Board, deal: Deal, workspace: Workspace): readonly MenuItem[] {
  const { id } = deal;
  const stages = stagesOf(workspace.collection('stage').all(), deal.place[0]);
  const isOpen = statusOf(stages.find((stage) => stage.id === deal.place[1])) === 'open';
  const open: MenuItem = {
    label: 'Open',
    icon: ArrowUpRight,
    keys: 'Enter',
    onSelect: () => board.actions.open(id, [id]),
  };
  if (!workspace.canWrite()) return [open];
  return [
    { kind: 'title', label: deal.title },
    open,
    {
      kind: 'submenu',
      label: 'Move to stage',
      icon: Columns,
      items: stages.map((stage) => ({
        label: stage.name,
        lead: () => <StageSign stageId={stage.id} />,
        disabled: stage.id === deal.place[1],
        onSelect: () => (stage.type === 'lost' ? board.lose([id]) : board.actions.moveToStage([id], stage.id)),
      })),
    },
    { label: 'Edit value', icon: Banknote, keys: 'E', onSelect: () => board.edit(id, 'amount') },
    { label: 'Change owner', icon: UserRound, keys: 'O', onSelect: () => board.edit(id, 'owner') },
    { label: 'Close date', icon: CalendarDays, keys: 'D', onSelect: () => board.edit(id, 'closesOn') },
    {
      label: board.selected().has(id) ? 'Take out of selection' : 'Select',
      icon: SquareCheck,
      keys: 'X',
      onSelect: () => board.toggle(id),
    },
    { kind: 'separator' },
    ...(isOpen
      ? ([
          { label: 'Won', icon: Trophy, keys: 'W', onSelect: () => board.actions.win([id]) },
          { label: 'Lost', icon: CircleX, keys: 'Shift+W', onSelect: () => board.lose([id]) },
        ] satisfies MenuItem[])
      : ([{ label: 'Reopen', icon: RotateCcw, onSelect: () => board.actions.reopen([id]) }] satisfies MenuItem[])),
    { kind: 'separator' },
    { label: 'Delete', icon: Trash, keys: 'Delete', danger: true, onSelect: () => board.actions.remove([id]) },
  ];
}

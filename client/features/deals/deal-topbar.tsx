/** The top of a deal's page: where one is, the way to its neighbours, and closing or deleting it. */
import { useLocation, useNavigate } from '@solidjs/router';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import CircleX from 'lucide-solid/icons/circle-x';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import Trash from 'lucide-solid/icons/trash';
import Trophy from 'lucide-solid/icons/trophy';
import { type JSX, Show } from 'solid-js';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { statusOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatCount } from '../../fields/format.ts';
import { placeInTrail, readTrail } from '../../fields/list-trail.ts';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { Breadcrumbs } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import type { DealActions } from './deal-actions.ts';
import styles from './deals.module.css';

export function DealTopbar(props: {
  readonly deal: Deal;
  readonly stage: Stage | undefined;
  readonly actions: DealActions;
  readonly canEdit: boolean;
  readonly onLose: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const pipeline = () => workspace.collection('pipeline').byId(props.deal.place[0]);
  const ids = () => [props.deal.id];
  const isOpen = () => statusOf(props.stage) === 'open';
  const menu = (): readonly MenuItem[] => [
    ...(isOpen()
      ? ([
          { label: 'Won', icon: Trophy, keys: 'W', onSelect: () => props.actions.win(ids()) },
          { label: 'Lost', icon: CircleX, keys: 'Shift+W', onSelect: () => props.onLose() },
        ] satisfies MenuItem[])
      : ([{ label: 'Reopen', icon: RotateCcw, onSelect: () => props.actions.reopen(ids()) }] satisfies MenuItem[])),
    { kind: 'separator' },
    { label: 'Delete deal', icon: Trash, danger: true, onSelect: () => props.actions.remove(ids()) },
  ];
  return (
    <header class="topbar">
      <Breadcrumbs
        items={[
          { label: pipeline()?.name ?? 'Deals', href: pipeline() ? `/deals?pipeline=${pipeline()?.id}` : '/deals' },
          { label: props.deal.title || 'Untitled deal' },
        ]}
      />
      <div class="push row">
        <DealNeighbours id={props.deal.id} />
        <Show when={props.canEdit}>
          <span class={`row ${styles.closing}`}>
            <Show
              when={isOpen()}
              fallback={
                <Show when={statusOf(props.stage) === 'won'}>
                  <Button size="sm" icon={RotateCcw} onClick={() => props.actions.reopen(ids())}>
                    Reopen
                  </Button>
                </Show>
              }
            >
              <Button size="sm" variant="danger-outline" icon={CircleX} onClick={() => props.onLose()}>
                Lost
              </Button>
              <Button size="sm" variant="success" icon={Trophy} keys="W" onClick={() => props.actions.win(ids())}>
                Won
              </Button>
            </Show>
          </span>
          <Menu
            placement="bottom-end"
            items={menu()}
            trigger={(trigger) => (
              <button type="button" {...trigger} class="iconbtn" aria-label="More" title="More">
                <Ellipsis />
              </button>
            )}
          />
        </Show>
      </div>
    </header>
  );
}

/** To the next and the previous deal of the list one came from. */
function DealNeighbours(props: { readonly id: string }): JSX.Element {
  const navigate = useNavigate();
  const location = useLocation();
  const place = () => placeInTrail(readTrail(location.state), props.id);
  const go = (id: string | undefined) =>
    id !== undefined && navigate(`/deals/${id}`, { state: location.state ?? undefined, replace: true });
  createHotkeys(() => ({ J: () => go(place()?.next), K: () => go(place()?.previous) }));
  return (
    <Show when={place()}>
      {(at) => (
        <span class={`row row--4 ${styles.neighbours}`}>
          <span class="meta">
            {formatCount(at().position)} of {formatCount(at().total)}
          </span>
          <IconButton
            size="sm"
            icon={ChevronUp}
            label="Previous deal"
            keys="K"
            disabled={at().previous === undefined}
            onClick={() => go(at().previous)}
          />
          <IconButton
            size="sm"
            icon={ChevronDown}
            label="Next deal"
            keys="J"
            disabled={at().next === undefined}
            onClick={() => go(at().next)}
          />
        </span>
      )}
    </Show>
  );
}

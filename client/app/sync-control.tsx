/** The pill that always says where the data is, and what it opens (design guide, 5.6; offline.png). */
import type { JSX } from 'solid-js';
import { useWorkspace } from '../data/workspace.ts';
import { lateComponent } from '../ui/late.tsx';
import { Popover } from '../ui/popover.tsx';
import { SyncPill } from '../ui/sync-pill.tsx';
import { syncFacts } from './sync-facts.ts';
import { pillWords } from './sync-words.ts';

const SyncDetails = lateComponent(() => import('./sync-details.tsx').then((module) => module.SyncDetails));

export interface SyncControlProps {
  /** Only the mark: in the rail and on small screens. */
  readonly compact?: boolean;
  readonly placement: 'top-start' | 'bottom-end' | 'right-end';
  readonly onReload: () => void;
}

export function SyncControl(props: SyncControlProps): JSX.Element {
  const workspace = useWorkspace();
  const words = () => pillWords(syncFacts(workspace, Date.now()));
  /** True from the edit on; "Sending" is not shown before it has taken two seconds (design guide, 5.6). */
  const isOnTheWay = () => workspace.sync.waitingCount() > 0 || !workspace.sync.isStored();
  return (
    <Popover
      label="Sync status"
      placement={props.placement}
      class="syncpop"
      trigger={(trigger) => <SyncPill {...trigger} {...words()} compact={props.compact} aria-busy={isOnTheWay()} />}
    >
      <SyncDetails onReload={() => props.onReload()} />
    </Popover>
  );
}

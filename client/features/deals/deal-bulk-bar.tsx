/** What can be done to the selected deals at once; there while something is selected. */
import { type JSX, Show } from 'solid-js';
import { lateComponent } from '../../ui/late.tsx';
import type { DealActions } from './deal-actions.ts';
import type { BoardScope } from './deal-board-model.ts';

const DealBulkActions = lateComponent(() => import('./deal-bulk-actions.tsx').then((module) => module.DealBulkActions));

export interface BulkProps {
  readonly ids: readonly string[];
  readonly actions: DealActions;
  readonly scope: BoardScope;
  /** Asks why before marking as lost. */
  readonly onLose: (ids: readonly string[]) => void;
  readonly onClear: () => void;
}

export function DealBulkBar(props: BulkProps): JSX.Element {
  return (
    <>
      <p class="sr" role="status">
        {props.ids.length > 0 ? `${props.ids.length} selected` : ''}
      </p>
      <Show when={props.ids.length > 0}>
        <DealBulkActions {...props} />
      </Show>
    </>
  );
}

/** The buttons beside "Email" and "Call" under a name: they begin an entry in the page's composer. */
import NotebookPen from 'lucide-solid/icons/notebook-pen';
import { type JSX, Show } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import type { RecordPartProps } from '../../fields/record-parts.ts';
import { Button } from '../../ui/button.tsx';
import { COMPOSE_EVENT } from './composer.tsx';

export function QuickActions(props: RecordPartProps): JSX.Element {
  const workspace = useWorkspace();
  return (
    <Show when={workspace.canWrite() && !props.record.deleted}>
      <Button icon={NotebookPen} onClick={() => dispatchEvent(new CustomEvent(COMPOSE_EVENT, { detail: 'note' }))}>
        Note
      </Button>
    </Show>
  );
}

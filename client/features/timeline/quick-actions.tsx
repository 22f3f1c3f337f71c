/** The buttons beside "Email" and "Call" under a name: they begin an entry in the page's composer. */
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import NotebookPen from 'lucide-solid/icons/notebook-pen';
import { type JSX, Show } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import type { RecordPartProps } from '../../fields/record-parts.ts';
import { Button } from '../../ui/button.tsx';
import { COMPOSE_EVENT } from './composer.tsx';
import type { ComposerKind } from './composer-model.ts';

const compose = (kind: ComposerKind) => dispatchEvent(new CustomEvent(COMPOSE_EVENT, { detail: kind }));

export function QuickActions(props: RecordPartProps): JSX.Element {
  const workspace = useWorkspace();
  return (
    <Show when={workspace.canWrite() && !props.record.deleted}>
      <Button icon={NotebookPen} onClick={() => compose('note')}>
        Note
      </Button>
      {/* The composer is out of sight on a phone; beside it the page has the tab. */}
      <Button class="quick__phone" icon={CircleCheck} onClick={() => compose('task')}>
        Task
      </Button>
    </Show>
  );
}

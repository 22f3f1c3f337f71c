/** A dot at what others changed since one last looked. Loaded when the page is shown. */
import './news.css';
import { createMemo, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { isNews, markSeen } from './looked.ts';

export function NewsDot(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  const isShown = createMemo(() => isNews(workspace, props.id));
  return (
    <Show when={isShown()}>
      <span
        class="newsdot"
        role="img"
        aria-label="Changed since you last looked"
        title="Changed since you last looked"
      />
    </Show>
  );
}

/** On the page of a record: whoever has it open sees what is changed meanwhile. Made anew for each record. */
export function SeenHere(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  // oxlint-disable-next-line solid/reactivity -- made once for each record.
  const { id } = props;
  onMount(() => markSeen(workspace, id));
  onCleanup(() => markSeen(workspace, id));
  return null;
}

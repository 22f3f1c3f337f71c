/** Sums of several currencies in the room of one: the first in full, the others behind a count, all of them in the tooltip. */
import { type JSX, Show } from 'solid-js';
import { useWorkspace } from '../data/workspace.ts';
import { formatSums } from './format.ts';
import { workspaceCurrency } from './parse-hints.ts';

export function SumsText(props: {
  /** ISO currency → minor units; nothing of it is ever added up. */
  readonly sums: ReadonlyMap<string, number> | undefined;
  /** What an empty sum looks like; nothing when left out. */
  readonly empty?: JSX.Element;
}): JSX.Element {
  const workspace = useWorkspace();
  const all = () => formatSums(props.sums ?? new Map(), workspaceCurrency(workspace));
  const parts = () => all().split(' + ');
  return (
    <Show when={all()} fallback={props.empty}>
      <span class="num" title={all()}>
        {parts()[0]}
        <Show when={parts().length > 1}>
          <span class="meta">
            {' '}
            +{parts().length - 1}
            <span class="sr"> more: {parts().slice(1).join(', ')}</span>
          </span>
        </Show>
      </span>
    </Show>
  );
}

/** Older years stay with the server until somebody asks; then they follow underneath, and nothing above them moves. */
import ArrowDown from 'lucide-solid/icons/arrow-down';
import { createSignal, type JSX, Show } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { Button } from '../../ui/button.tsx';

export function EarlierYears(): JSX.Element {
  const workspace = useWorkspace();
  const [asked, setAsked] = createSignal<number>();
  const next = () => workspace.earlierYears()[0];
  async function open(year: number): Promise<void> {
    setAsked(year);
    await workspace.openTimeline(year);
  }
  const isAway = () => asked() !== undefined && workspace.sync.offlineSince() !== null;
  return (
    <>
      <Show when={isAway()}>
        <p class="tl__empty">{asked()} is shown as far as this device has it. The rest comes with the connection.</p>
      </Show>
      <Show when={next()}>
        {(year) => (
          <p class="tl__earlier">
            <Button size="sm" icon={ArrowDown} onClick={() => void open(year())}>
              Show {year()}
            </Button>
          </p>
        )}
      </Show>
    </>
  );
}

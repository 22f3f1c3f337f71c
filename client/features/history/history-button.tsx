/** The button in the topbar of a record's page (H) that opens and closes its history. */
import './history.css';
import History from 'lucide-solid/icons/rotate-ccw-clock';
import { type JSX, Show } from 'solid-js';
import { useSidePanel } from '../../fields/side-panel.ts';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { createMediaQuery } from '../../ui/media-query.ts';

/** Too narrow for the word beside where one is and who is here. */
const TIGHT = '(max-width: 1199.98px)';

export function HistoryButton(): JSX.Element {
  const panel = useSidePanel();
  const isTight = createMediaQuery(TIGHT);
  createHotkeys(() => ({ H: panel.toggle }));
  return (
    <Show
      when={isTight()}
      fallback={
        <Button
          icon={History}
          keys="H"
          pressed={panel.isOpen()}
          aria-expanded={panel.isOpen()}
          ref={panel.button}
          onClick={panel.toggle}
        >
          History
        </Button>
      }
    >
      <IconButton
        icon={History}
        label="History"
        keys="H"
        pressed={panel.isOpen()}
        aria-expanded={panel.isOpen()}
        ref={panel.button}
        onClick={panel.toggle}
      />
    </Show>
  );
}

/** The lasting red banner while this device cannot keep what is changed. */
import { type JSX, Show } from 'solid-js';
import { useWorkspace } from '../data/workspace.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { saveCopy } from './save-copy.ts';

export function StorageBanner(): JSX.Element {
  const workspace = useWorkspace();
  return (
    <Show when={workspace.sync.storageProblem()}>
      {(sentence) => (
        <Banner
          tone="danger"
          actions={
            <Button size="sm" onClick={() => void saveCopy(workspace, 'waiting')}>
              Download my changes
            </Button>
          }
        >
          {sentence()}
        </Banner>
      )}
    </Show>
  );
}

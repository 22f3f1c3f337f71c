/** Says that this person was taken out of a space while something they wrote there had not been sent. Loaded late. */
import { createSignal, For, type JSX, Show } from 'solid-js';
import { dayOfInstant } from '../../../shared/model/day.ts';
import type { LeftSpace } from '../../data/spaces.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { download, fileName } from '../../platform/download.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

export function LeftSpaceBanner(): JSX.Element {
  const workspace = useWorkspace();
  return <For each={workspace.spaces.left()}>{(space) => <LeftSpaceNote space={space} />}</For>;
}

function LeftSpaceNote(props: { readonly space: LeftSpace }): JSX.Element {
  const [isSaved, setSaved] = createSignal(false);
  async function save(): Promise<void> {
    const content = await props.space.exportUnsent();
    download(fileName([props.space.name, 'my changes', dayOfInstant(Date.now())], 'json'), content);
    setSaved(true);
  }
  return (
    <Banner
      tone="warning"
      actions={
        <>
          <Button size="sm" onClick={() => void save()}>
            Download my changes
          </Button>
          <Show when={isSaved()}>
            <Button size="sm" variant="danger" onClick={() => void props.space.remove()}>
              Remove them from this device
            </Button>
          </Show>
        </>
      }
    >
      You are no longer in the space “{props.space.name}”. What you changed there and had not sent is safe on this
      device: download it, then it can go.
    </Banner>
  );
}

/** Says that what is on screen is invented, for as long as any of it is there, and takes it out in one step. */
import Sparkle from 'lucide-solid/icons/sparkle';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { removeBatch, SAMPLE_BATCH } from '../../../shared/commands/batch-commands.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

const isSample = (record: { readonly batch: string }): boolean => record.batch === SAMPLE_BATCH;

export function SampleDataNotice(): JSX.Element {
  const workspace = useWorkspace();
  const [refused, setRefused] = createSignal<string>();
  const deals = workspace.createQuery('deal', () => ({ where: isSample }));
  const contacts = workspace.createQuery('contact', () => ({ where: isSample }));
  const companies = workspace.createQuery('company', () => ({ where: isSample }));
  const isShown = createMemo(() => deals.size() + contacts.size() + companies.size() > 0);

  const remove = () =>
    setRefused(attempt(() => workspace.run('Sample data removed', (tx) => removeBatch(tx, { batch: SAMPLE_BATCH }))));

  return (
    <Show when={isShown()}>
      <Banner
        icon={Sparkle}
        actions={
          <Show when={workspace.canWrite()}>
            <Button size="sm" onClick={remove}>
              Remove it
            </Button>
          </Show>
        }
      >
        {refused() ?? 'You are looking at sample data.'}
        <Show when={!refused()}>
          <span class="not-narrow"> What you add yourself stays when it is removed.</span>
        </Show>
      </Banner>
    </Show>
  );
}

/** The short checklist under the three ways. Belongs to this device: whoever hides it is not asked again here. */
import CircleIcon from 'lucide-solid/icons/circle';
import CircleCheck from 'lucide-solid/icons/circle-check';
import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import { SAMPLE_BATCH } from '../../../shared/commands/batch-commands.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { hasNote, INVITED, makeNote, STAGES_SEEN } from '../../platform/device-note.ts';
import { Button } from '../../ui/button.tsx';
import { startSteps, startSummary } from './start-steps.ts';
import styles from './welcome.module.css';

const HIDDEN = 'getting-started-hidden';

export function GettingStarted(): JSX.Element {
  const workspace = useWorkspace();
  const id = createUniqueId();
  const [isHidden, setHidden] = createSignal(hasNote(HIDDEN));
  const own = workspace.createQuery('contact', () => ({ where: (record) => record.batch !== SAMPLE_BATCH }));
  const teammates = () =>
    workspace
      .collection('member')
      .all()
      .filter((member) => member.id !== workspace.me().memberId && member.batch === '').length;
  const steps = createMemo(() =>
    startSteps({
      isCopied: workspace.sync.firstLoad() === null && workspace.isLoaded('directory'),
      contacts: own.size(),
      hasSeenStages: hasNote(STAGES_SEEN),
      hasInvited: teammates() > 0 || hasNote(INVITED),
    }),
  );
  const done = () => steps().filter((step) => step.isDone).length;

  function hide(): void {
    makeNote(HIDDEN);
    setHidden(true);
  }

  return (
    <Show when={!isHidden()}>
      <section class="setup" aria-labelledby={id}>
        <header class="row">
          <h3 id={id}>Getting started</h3>
          <span class="meta">{startSummary(steps())}</span>
          <Button variant="quiet" size="sm" class="push" aria-label="Hide getting started" onClick={hide}>
            Hide
          </Button>
        </header>
        <div class="meter" role="img" aria-label={`${done()} of ${steps().length} done`}>
          <i class={styles.done} style={{ width: `${(100 * done()) / steps().length}%` }} />
        </div>
        <ul class={styles.steps}>
          <For each={steps()}>
            {(step) => (
              <li classList={{ 'is-done': step.isDone }}>
                <Show when={step.isDone} fallback={<CircleIcon class="fg-faint" />}>
                  <CircleCheck class="fg-success" />
                </Show>
                <Show when={!step.isDone && step.href} fallback={step.label}>
                  {(href) => (
                    <a class="link" href={href()}>
                      {step.label}
                    </a>
                  )}
                </Show>
                <Show when={step.isDone}>
                  <span class="sr">, done</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

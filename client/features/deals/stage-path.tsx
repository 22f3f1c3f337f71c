/** The stages of a deal as a path: behind, now and to come, with the days spent in each. A click or its number moves the deal. */
import Check from 'lucide-solid/icons/check';
import { createMemo, For, type JSX, Show } from 'solid-js';
import type { Deal } from '../../../shared/entities/deal.ts';
import { stagesOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatAge } from '../../fields/format.ts';
import { MemberAvatar, MemberName } from '../../fields/person.tsx';
import { dayCount } from './deal-card-model.ts';
import styles from './deals.module.css';
import { type PathStep, recentMove, stagePath } from './stage-path-model.ts';

export function StagePath(props: {
  readonly deal: Deal;
  /** Epoch ms, now and then anew. */
  readonly now: number;
  readonly onMove: (stageId: string) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const stages = createMemo(() => stagesOf(workspace.collection('stage').all(), props.deal.place[0]));
  const steps = createMemo(() => stagePath(props.deal, stages(), props.now));
  const isFixed = () => !workspace.canWrite() || props.deal.deleted;
  let group!: HTMLDivElement;

  /** Arrows only go along the path: choosing moves the deal, which nobody should do by walking past. */
  function onKeyDown(event: KeyboardEvent): void {
    const by =
      event.key === 'ArrowRight' || event.key === 'ArrowDown'
        ? 1
        : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
          ? -1
          : 0;
    if (by === 0) return;
    event.preventDefault();
    const buttons = [...group.querySelectorAll('button')];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  }
  const stop = (step: PathStep) => {
    const now = steps().find((each) => each.state === 'now') ?? steps()[0];
    return step === now ? 0 : -1;
  };

  return (
    <div class="dealpath">
      <div ref={group} class={`path ${styles.path}`} role="radiogroup" aria-label="Stage" onKeyDown={onKeyDown}>
        <For each={steps()}>
          {(step, index) => (
            <button
              type="button"
              class="path__step"
              classList={{ 'is-done': step.state === 'done', 'is-now': step.state === 'now' }}
              role="radio"
              aria-checked={step.state === 'now'}
              aria-label={stepWords(step)}
              aria-keyshortcuts={index() < 9 ? String(index() + 1) : undefined}
              tabIndex={stop(step)}
              disabled={isFixed()}
              title={stepWords(step)}
              onClick={() => step.state !== 'now' && props.onMove(step.stage.id)}
            >
              <Show when={step.state === 'done'}>
                <Check class="lucide--sm" />
              </Show>
              <span class="truncate">{step.stage.name}</span>
              <span class="meta">{step.state === 'now' ? 'now' : step.days === null ? '' : `${step.days} d`}</span>
            </button>
          )}
        </For>
      </div>
      <Show when={recentMove(props.deal, props.now)}>
        {(move) => (
          <p class="movedby">
            <MemberAvatar memberId={move().by || null} decorative />
            <span>
              <Show when={move().by} fallback="Moved">
                <span class="fw-6 fg">
                  <MemberName memberId={move().by} short />
                </span>{' '}
                moved this
              </Show>{' '}
              from {workspace.collection('stage').byIdInTrash(move().from)?.name ?? 'another stage'},{' '}
              {formatAge(move().at, props.now)}
            </span>
            <Show when={!isFixed() && workspace.collection('stage').byId(move().from)}>
              <button type="button" class="link" onClick={() => props.onMove(move().from)}>
                Put back
              </button>
            </Show>
          </p>
        )}
      </Show>
    </div>
  );
}

function stepWords(step: PathStep): string {
  if (step.state === 'now')
    return step.days === null ? `${step.stage.name}, now` : `${step.stage.name}, now, for ${dayCount(step.days)}`;
  return step.days === null ? step.stage.name : `${step.stage.name}, was there ${dayCount(step.days)}`;
}

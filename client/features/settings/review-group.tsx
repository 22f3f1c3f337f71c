/** Unsent changes of people who left: each bundle can be read, applied or discarded. Nothing happens by itself. */
import Download from 'lucide-solid/icons/download';
import { createMemo, createResource, createSignal, For, type JSX, Show } from 'solid-js';
import { dayOfInstant } from '../../../shared/model/day.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatInstant, formatPlural } from '../../fields/format.ts';
import { MemberAvatar } from '../../fields/person.tsx';
import { announce } from '../../platform/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { instantInSentence } from './in-sentence.ts';
import { decide, type HeldBundle, readBundleChanges, readBundles } from './review-api.ts';
import { reviewLine } from './review-words.ts';
import { SettingGroup } from './setting-parts.tsx';
import styles from './settings.module.css';

/** @param props.line another value whenever the connection goes or comes back. */
export function ReviewGroup(props: { readonly line: string }): JSX.Element {
  const [answer, { refetch }] = createResource(() => props.line, readBundles);
  const bundles = () => {
    const last = answer.latest;
    return last?.ok ? last.value : [];
  };
  const open = createMemo(() => bundles().filter(({ state }) => state === 'open'));
  const decided = createMemo(() => bundles().filter(({ state }) => state !== 'open'));
  return (
    <Show when={bundles().length > 0}>
      <SettingGroup
        title="Unsent changes of people who left"
        text="Made on their devices before they were removed. Nothing of it counts until you apply it."
      >
        <div class="box">
          <For each={open()}>{(bundle) => <OpenBundle bundle={bundle} onDecided={() => void refetch()} />}</For>
          <For each={decided()}>
            {(bundle) => (
              <div class={`bk__row ${styles.row}`}>
                <MemberAvatar memberId={bundle.memberId} size={24} decorative />
                <div class="grow">
                  <p class="fw-5">{bundle.name}</p>
                  <p class={`meta ${styles.hint}`}>{decidedText(bundle)}</p>
                </div>
              </div>
            )}
          </For>
        </div>
      </SettingGroup>
    </Show>
  );
}

function decidedText({ state, decidedBy, decidedAt }: HeldBundle): string {
  const what = state === 'applied' ? 'Applied' : 'Discarded';
  return `${what} by ${decidedBy || 'somebody'}, ${instantInSentence(decidedAt ?? 0, Date.now())}`;
}

function OpenBundle(props: { readonly bundle: HeldBundle; readonly onDecided: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const [isOpen, setOpen] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [refused, setRefused] = createSignal<string>();
  const [answer] = createResource(() => isOpen() && props.bundle.id, readBundleChanges);
  const detail = () => {
    const last = answer.latest;
    return last?.ok ? last.value : undefined;
  };
  const problem = () => {
    const last = answer.latest;
    return refused() ?? (last && !last.ok ? last.message : undefined);
  };
  const context = () => ({
    today: dayOfInstant(Date.now()),
    nameOf: (id: string) => workspace.collection('member').byIdInTrash(id)?.name ?? nameIn(id),
  });
  /** A stage or a company; whatever else is referred to is left out. */
  function nameIn(id: string): string {
    const stage = workspace.collection('stage').peek(id);
    return stage?.name ?? workspace.collection('company').peek(id)?.name ?? '';
  }
  async function settle(decision: 'apply' | 'discard'): Promise<void> {
    if (isBusy()) return;
    setBusy(true);
    const result = await decide(props.bundle.id, decision);
    setBusy(false);
    setRefused(result.ok ? undefined : result.message);
    if (!result.ok) return;
    announce(`Changes of ${props.bundle.name} ${decision === 'apply' ? 'applied' : 'discarded'}`);
    props.onDecided();
  }
  return (
    <div class={styles.bundle}>
      <div class={`bk__row ${styles.row}`}>
        <MemberAvatar memberId={props.bundle.memberId} size={24} decorative />
        <div class="grow">
          <p class="fw-5">{props.bundle.name}</p>
          <p class={`meta ${styles.hint}`}>Handed in {instantInSentence(props.bundle.at, Date.now())}</p>
        </div>
        <div class={styles.control}>
          <Button
            size="sm"
            aria-expanded={isOpen()}
            aria-label={`${isOpen() ? 'Hide' : 'Look at'} the changes of ${props.bundle.name}`}
            onClick={() => setOpen(!isOpen())}
          >
            {isOpen() ? 'Hide' : 'Look at them'}
          </Button>
        </div>
      </div>
      <Show when={isOpen()}>
        <div class={styles.changes}>
          <Show when={detail()} fallback={<p class="fg-3">{problem() ? '' : 'Reading'}</p>}>
            {(found) => (
              <>
                <p class="fg-3">{formatPlural(found().total, 'change', 'changes')}</p>
                <ul>
                  <For each={found().changes}>
                    {(change) => (
                      <li>
                        <span class="fw-5">{reviewLine(change, context()).about}</span>{' '}
                        <span class="fg-2">{reviewLine(change, context()).what}</span>
                        <Show when={change.at > 0}>
                          <span class="meta"> {formatInstant(change.at, Date.now())}</span>
                        </Show>
                      </li>
                    )}
                  </For>
                </ul>
                <Show when={found().total > found().changes.length}>
                  <p class="fg-3">The first {found().changes.length} are shown. All of them are in the file.</p>
                </Show>
                <div class={styles.buttons}>
                  <Button size="sm" variant="primary" onClick={() => void settle('apply')}>
                    Apply them
                  </Button>
                  <Button size="sm" variant="danger-outline" onClick={() => void settle('discard')}>
                    Discard
                  </Button>
                  <a
                    class="btn btn--sm btn--quiet"
                    href={`/api/review/${props.bundle.id}/file`}
                    download=""
                    rel="external"
                  >
                    <Download /> Save as a file
                  </a>
                </div>
              </>
            )}
          </Show>
          <Refusal text={problem()} />
        </div>
      </Show>
    </div>
  );
}

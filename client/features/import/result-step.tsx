/** The import while it runs, and what it did. */
import { For, type JSX, Show } from 'solid-js';
import { formatCount, formatPlural } from '../../fields/format.ts';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import styles from './import.module.css';
import type { ImportDraft } from './import-draft.ts';
import { ProblemSection } from './problem-section.tsx';
import { importLabel } from './run-import.ts';

export function RunStep(props: { readonly draft: ImportDraft }): JSX.Element {
  const done = () => props.draft.progress()?.done ?? 0;
  const total = () => props.draft.progress()?.total ?? 0;
  return (
    <div class={`pane ${styles.wide}`}>
      <div class={styles.running}>
        <ProgressBar
          label="Importing"
          value={total() === 0 ? undefined : done() / total()}
          detail={`${formatCount(done())} of ${formatPlural(total(), 'record', 'records')}`}
        />
        <p class="fg-2">
          You can go on working; the import runs until it is done. Stopping takes back what it has made.
        </p>
        <Button onClick={() => props.draft.cancel()}>Stop import</Button>
      </div>
    </div>
  );
}

export function ResultStep(props: {
  readonly draft: ImportDraft;
  readonly home: { readonly href: string; readonly label: string };
}): JSX.Element {
  return (
    <div class={`pane ${styles.wide}`}>
      <Show when={props.draft.result()}>
        {(result) => (
          <>
            <section class={styles.question} role="status">
              <h2 class={styles.headline}>
                {props.draft.isUndone() ? 'The import is undone' : importLabel(result().summary)}
              </h2>
              <Show
                when={!props.draft.isUndone()}
                fallback={<p class="fg-2">What it made is in the trash. What your team changed since is kept.</p>}
              >
                <p class="fg-2">
                  {props.draft.isSent()
                    ? 'Everything is on this device and with your team.'
                    : 'It is being saved on this device and sent to your team. The sync status says when that is done.'}
                </p>
                <dl class={styles.counts}>
                  <For each={resultCounts(result().summary)}>
                    {(each) => (
                      <div>
                        <dt>{each.label}</dt>
                        <dd class="num">{formatCount(each.count)}</dd>
                      </div>
                    )}
                  </For>
                </dl>
              </Show>
              <div class={styles.actions}>
                <Show when={!props.draft.isUndone()}>
                  <a class="btn btn--primary" href={props.home.href}>
                    Go to {props.home.label.toLowerCase()}
                  </a>
                  <Button onClick={() => void props.draft.undoImport()}>Undo the whole import</Button>
                </Show>
                <Button variant={props.draft.isUndone() ? 'primary' : 'quiet'} onClick={() => props.draft.reset()}>
                  Import other files
                </Button>
              </div>
            </section>
            <Show when={!props.draft.isUndone()}>
              <ProblemSection draft={props.draft} summary={result().summary} />
            </Show>
          </>
        )}
      </Show>
    </div>
  );
}

function resultCounts({ counts }: NonNullable<ReturnType<ImportDraft['summary']>>): { label: string; count: number }[] {
  const { created } = counts;
  return [
    { label: 'New deals', count: created.deal ?? 0 },
    { label: 'New contacts', count: created.contact ?? 0 },
    { label: 'New companies', count: created.company ?? 0 },
    { label: 'New owners', count: created.member ?? 0 },
    { label: 'Rows that were there already', count: counts.duplicates },
    { label: 'Rows left out', count: counts.skippedRows },
  ].filter(({ count }) => count > 0);
}

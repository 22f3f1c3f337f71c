/** Rows with a problem: number, reason, and the rows themselves to take away, mend and import again. */
import Download from 'lucide-solid/icons/download';
import { createMemo, For, type JSX, Show } from 'solid-js';
import type { ImportIssue } from '../../../shared/csv/import-row.ts';
import { formatCount, formatPlural } from '../../fields/format.ts';
import { download as saveFile } from '../../platform/download.ts';
import { Button } from '../../ui/button.tsx';
import styles from './import.module.css';
import type { ImportDraft } from './import-draft.ts';

const SHOWN = 12;

const OUTCOME: Readonly<Record<ImportIssue['severity'], string>> = {
  skipped: 'Row left out',
  empty: 'Field left empty',
  note: 'Taken',
};

export function ProblemSection(props: {
  readonly draft: ImportDraft;
  readonly summary?: ReturnType<ImportDraft['summary']>;
}): JSX.Element {
  const summary = () => props.summary ?? props.draft.summary();
  const files = createMemo(() =>
    props.draft.files().filter(({ summary: { id } }) => (summary()?.problemRows[id] ?? 0) > 0),
  );
  const issues = () => (summary()?.issues ?? []).slice(0, SHOWN);
  const fileName = (id: string) =>
    props.draft.files().find(({ summary: { id: each } }) => each === id)?.summary.name ?? '';

  async function download(id: string): Promise<void> {
    const text = await props.draft.problemRows(id);
    saveFile(
      `${fileName(id).replace(/\.\w+$/, '')}-problems.csv`,
      new Blob([text], { type: 'text/csv;charset=utf-8' }),
    );
  }

  return (
    <Show when={(summary()?.issueCount ?? 0) > 0}>
      <section class={styles.question} aria-labelledby="problems-title">
        <h2 id="problems-title">
          To check <span class="count">{formatCount(summary()?.issueCount ?? 0)}</span>
        </h2>
        <p class="fg-2">A value that does not fit leaves its field empty; the rest of the row is imported.</p>
        <div class={styles.actions}>
          <For each={files()}>
            {(file) => (
              <Button size="sm" icon={Download} onClick={() => void download(file.summary.id)}>
                {formatPlural(summary()?.problemRows[file.summary.id] ?? 0, 'row', 'rows')} of {file.summary.name}
              </Button>
            )}
          </For>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
        <div class={styles.scroller} tabIndex={0} role="region" aria-label="Problems">
          <table class="plain">
            <caption class="sr">Rows with a problem</caption>
            <thead>
              <tr>
                <th scope="col">Row</th>
                <th scope="col">Column</th>
                <th scope="col">Value</th>
                <th scope="col">Reason</th>
                <th scope="col">Result</th>
              </tr>
            </thead>
            <tbody>
              <For each={issues()}>
                {(issue) => (
                  <tr>
                    <td class="fg-3">{formatCount(issue.row)}</td>
                    <td>{issue.column || '–'}</td>
                    <td class={styles.value} title={issue.value}>
                      {issue.value || '–'}
                    </td>
                    <td class={styles.reason}>{issue.reason}</td>
                    <td class="fg-3">{OUTCOME[issue.severity]}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
        <Show when={(summary()?.issueCount ?? 0) > issues().length}>
          <p class="meta">The files above have all {formatCount(summary()?.issueCount ?? 0)}.</p>
        </Show>
      </section>
    </Show>
  );
}

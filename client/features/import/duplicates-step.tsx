/** What is there already, compared with the file, and what has a problem: the last look before anything is written. */
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { Duplicate, DuplicateMode } from '../../../shared/csv/import-plan.ts';
import { type EntityName, entities, type Registry } from '../../../shared/entities/registry.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { fieldText } from '../../fields/field-text.ts';
import { formatCount, formatPlural } from '../../fields/format.ts';
import { textContext } from '../../fields/reference.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import styles from './import.module.css';
import type { ImportDraft } from './import-draft.ts';
import { ProblemSection } from './problem-section.tsx';

const MODES = [
  { value: 'fill', label: 'Fill empty fields only', hint: 'Never replaces what you have' },
  { value: 'update', label: 'Update with file values', hint: 'Empty cells replace nothing' },
  { value: 'skip', label: 'Skip these rows' },
] as const;

export function DuplicatesStep(props: { readonly draft: ImportDraft }): JSX.Element {
  return (
    <div class={`pane ${styles.wide}`}>
      <div class={`${styles.question} ${styles.narrow}`}>
        <DuplicatePanel draft={props.draft} />
      </div>
      <ProblemSection draft={props.draft} />
    </div>
  );
}

/** How many rows are there already, one of them side by side, and what to do with them. */
export function DuplicatePanel(props: { readonly draft: ImportDraft }): JSX.Element {
  const count = () => props.draft.summary()?.counts.duplicates ?? 0;
  return (
    <section aria-labelledby="duplicates-title">
      <div class="section__head">
        <h2 id="duplicates-title">Duplicates</h2>
        <span class="count">{formatCount(count())}</span>
      </div>
      <Show when={count() > 0} fallback={<p class="fg-2">No row looks like a record you already have.</p>}>
        <p class="fg-2">
          {formatPlural(count(), 'row looks', 'rows look')} like records you already have, or like an earlier row.
        </p>
        <Show when={(props.draft.summary()?.duplicates.length ?? 0) > 0}>
          <Example draft={props.draft} />
        </Show>
        <div class={styles.modes}>
          <RadioGroup<DuplicateMode>
            label={`For all ${formatCount(count())}`}
            options={MODES}
            value={props.draft.duplicates()}
            onChange={(mode) => props.draft.setDuplicates(mode)}
          />
        </div>
      </Show>
    </section>
  );
}

function Example(props: { readonly draft: ImportDraft }): JSX.Element {
  const workspace = useWorkspace();
  const [at, setAt] = createSignal(0);
  const all = () => props.draft.summary()?.duplicates ?? [];
  // Not `disabled`, which would take the focus of who came to the last one by keys.
  const isLast = () => at() + 1 >= all().length;
  const duplicate = () => all()[Math.min(at(), all().length - 1)];
  const rows = createMemo(() => {
    const found = duplicate();
    return found ? compare(found) : [];
  });

  function compare(found: Duplicate) {
    const entity = (entities as Registry)[found.entity];
    const record = workspace.collection(found.entity as EntityName).byId(found.id) as
      | Readonly<Record<string, unknown>>
      | undefined;
    const context = textContext(workspace);
    return Object.entries(entity?.fields ?? {}).flatMap(([name, field]) => {
      if (field.hidden || found.values[name] === undefined) return [];
      const here = record ? fieldText(field, record[name], context) : '';
      const there = fieldText(field, found.values[name], context);
      return [{ label: field.label, here, there, isSame: here === there }];
    });
  }

  return (
    <div class={styles.example}>
      <div class="section__head">
        <h3 class="fs-12 fg-3">
          {formatCount(at() + 1)} of {formatCount(all().length)}
        </h3>
        <span class="row push">
          <IconButton
            size="xs"
            label="Previous duplicate"
            icon={ChevronLeft}
            aria-disabled={at() === 0 || undefined}
            onClick={() => at() > 0 && setAt(at() - 1)}
          />
          <IconButton
            size="xs"
            label="Next duplicate"
            icon={ChevronRight}
            aria-disabled={isLast() || undefined}
            onClick={() => !isLast() && setAt(at() + 1)}
          />
        </span>
      </div>
      <div class="dup">
        <table>
          <caption class="sr">A record you have compared with the row of the file</caption>
          <thead>
            <tr>
              <th scope="col">
                <span class="sr">Field</span>
              </th>
              <th scope="col">In Rapport</th>
              <th scope="col">In file, row {duplicate()?.row}</th>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {(row) => (
                <tr>
                  <th scope="row">{row.label}</th>
                  <td title={row.here}>{row.here || '–'}</td>
                  <td title={row.there} classList={{ 'is-diff': !row.isSame, 'is-new': row.isSame }}>
                    {row.isSame ? 'Same' : row.there}
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** What each column becomes, with examples beside it and one row as the record it would make. */
import ArrowRight from 'lucide-solid/icons/arrow-right';
import Check from 'lucide-solid/icons/check';
import FileSpreadsheet from 'lucide-solid/icons/file-spreadsheet';
import Minus from 'lucide-solid/icons/minus';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createMemo, createSignal, Index, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { FileSummary } from '../../../shared/csv/import-engine.ts';
import {
  FILE_ROLES,
  type FileRole,
  type TargetChoice,
  targetChoices,
  targetLabel,
} from '../../../shared/csv/import-targets.ts';
import { FieldIcon } from '../../fields/field-icon.tsx';
import { formatPlural } from '../../fields/format.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { DuplicatePanel } from './duplicates-step.tsx';
import { FileOptions } from './file-options.tsx';
import { fileFacts, filledWord, LEFT_OUT, matchWord } from './file-words.ts';
import styles from './import.module.css';
import type { ImportDraft, OpenFile } from './import-draft.ts';
import { PhoneCallout } from './phone-callout.tsx';
import { RowCard } from './row-card.tsx';
import { RefusedFiles } from './upload-step.tsx';

const SHOWN_COLUMNS = 60;

export function MatchStep(props: { readonly draft: ImportDraft }): JSX.Element {
  let input!: HTMLInputElement;
  return (
    <Show when={props.draft.current()}>
      {(file) => (
        <div class="imp">
          <div class="pane imp__main">
            <Show when={props.draft.files().length > 1}>
              <div class={styles.tabs}>
                <Tabs
                  label="Files"
                  tabs={props.draft.files().map(({ summary, setup }) => ({
                    id: summary.id,
                    label: summary.name,
                    count: setup.role === 'none' ? undefined : FILE_ROLES[setup.role],
                  }))}
                  selected={file().summary.id}
                  onSelect={(id) => props.draft.show(id)}
                />
              </div>
            </Show>
            <Show when={props.draft.refused().length > 0}>
              <div class={styles.refused}>
                <RefusedFiles draft={props.draft} />
              </div>
            </Show>
            <div class="imp__file">
              <FileSpreadsheet class="fg-2" />
              <div class="grow">
                <p class="fw-6 truncate">{file().summary.name}</p>
                <p class="fg-3 fs-12">
                  {formatPlural(file().summary.rows, 'row', 'rows')}, {fileFacts(file().summary)}. Read on this device,
                  nothing uploaded yet.
                </p>
              </div>
              <Checkbox
                label="First row is a header"
                class="fs-12"
                checked={file().summary.hasHeader}
                onChange={(hasHeader) => void props.draft.reread({ hasHeader })}
              />
              <input
                ref={input}
                type="file"
                class="sr"
                tabIndex={-1}
                aria-label="Another file instead"
                accept=".csv,.tsv,.txt,text/csv"
                onChange={(event) => {
                  const chosen = [...(event.currentTarget.files ?? [])];
                  event.currentTarget.value = '';
                  void props.draft.replaceFiles(file().summary.id, chosen);
                }}
              />
              <Button size="sm" onClick={() => input.click()}>
                Replace
              </Button>
            </div>
            <FileOptions draft={props.draft} file={file()} />
            <Columns draft={props.draft} file={file()} />
            <PhoneCallout draft={props.draft} />
          </div>
          <aside class="pane pane--well imp__side" aria-label="Preview and duplicates">
            <RowCard draft={props.draft} file={file()} />
            <Show when={(props.draft.summary()?.counts.duplicates ?? 0) > 0}>
              <section class="section">
                <DuplicatePanel draft={props.draft} />
              </section>
            </Show>
          </aside>
        </div>
      )}
    </Show>
  );
}

function Columns(props: { readonly draft: ImportDraft; readonly file: OpenFile }): JSX.Element {
  const [showsAll, setShowsAll] = createSignal(false);
  const choices = createMemo(() => targetChoices(props.file.setup.role));
  const columns = () => (showsAll() ? props.file.summary.columns : props.file.summary.columns.slice(0, SHOWN_COLUMNS));
  const problems = (column: number) => props.draft.summary()?.columnProblems[`${props.file.summary.id}/${column}`] ?? 0;
  return (
    <Show
      when={props.file.setup.role !== 'none'}
      fallback={<p class={styles.empty}>This file is left out. Say above what its rows are to import it.</p>}
    >
      <table class="plain map">
        <caption class="sr">Match columns of {props.file.summary.name} to fields</caption>
        <thead>
          <tr>
            <th scope="col" class={styles.colName}>
              Column in file
            </th>
            <th scope="col" class={styles.colSample}>
              Examples
            </th>
            <th scope="col" class={`num ${styles.colFilled}`}>
              Filled
            </th>
            <th scope="col" class={styles.colArrow}>
              <span class="sr">goes to</span>
            </th>
            <th scope="col" class={styles.colField}>
              Field in Rapport
            </th>
            <th scope="col" class={styles.colResult}>
              Result
            </th>
          </tr>
        </thead>
        <tbody>
          <Index each={columns()}>
            {(column, index) => (
              <tr>
                <td class={styles.cellName}>
                  <span class="fw-5 map__sample" title={column().header}>
                    {column().header}
                  </span>
                </td>
                <td class={`fg-3 ${styles.colSample}`}>
                  <span class="map__sample" title={column().examples.join(', ')}>
                    {column().examples.join(', ')}
                  </span>
                </td>
                <td class={`num fg-3 ${styles.colFilled}`}>{filledWord(column().filled, props.file.summary.rows)}</td>
                <td class={styles.colArrow}>
                  <ArrowRight class="fg-faint" />
                </td>
                <td class={styles.cellField}>
                  <TargetPicker
                    header={column().header}
                    role={props.file.setup.role}
                    choices={choices()}
                    target={props.file.setup.targets[index] ?? ''}
                    isEmpty={column().filled === 0}
                    onChange={(target) => props.draft.setTarget(props.file.summary.id, index, target)}
                  />
                </td>
                <td class={styles.cellResult}>
                  <ResultWord
                    summary={props.file.summary}
                    column={index}
                    target={props.file.setup.targets[index] ?? ''}
                    problems={problems(index)}
                  />
                </td>
              </tr>
            )}
          </Index>
        </tbody>
      </table>
      <Show when={columns().length < props.file.summary.columns.length}>
        <Button variant="quiet" onClick={() => setShowsAll(true)}>
          Show all {formatPlural(props.file.summary.columns.length, 'column', 'columns')}
        </Button>
      </Show>
    </Show>
  );
}

interface TargetPickerProps {
  readonly header: string;
  readonly role: FileRole;
  readonly choices: readonly TargetChoice[];
  readonly target: string;
  readonly isEmpty: boolean;
  readonly onChange: (target: string) => void;
}

function TargetPicker(props: TargetPickerProps): JSX.Element {
  const skip: TargetChoice = { key: LEFT_OUT, label: 'Do not import', field: undefined, group: '' };
  /** Undefined asks for a choice; a column with nothing in it does not. */
  const value = () => (props.target !== '' ? props.target : props.isEmpty ? LEFT_OUT : undefined);
  const options = createMemo(() => {
    const known = props.target === LEFT_OUT || props.choices.some(({ key }) => key === props.target);
    const extra =
      props.target === '' || known
        ? []
        : [{ key: props.target, label: targetLabel(props.target), field: undefined, group: '' }];
    return [skip, ...extra, ...props.choices];
  });
  return (
    <Combobox
      label={`Field for ${props.header}`}
      hideLabel
      class={value() === undefined ? 'is-none' : value() === LEFT_OUT ? 'is-skip' : ''}
      options={options()}
      optionValue={(choice) => choice.key}
      optionLabel={(choice) => choice.label}
      optionLead={(choice) => <Show when={choice.field}>{(field) => <FieldIcon field={field()} />}</Show>}
      placeholder="Search fields"
      emptyText="No field of this name."
      emptyLabel="Choose a field"
      value={value()}
      onChange={(key) => props.onChange(key ?? LEFT_OUT)}
    />
  );
}

const TONES = {
  success: { class: 'fg-success', icon: Check },
  warning: { class: 'fg-warning', icon: TriangleAlert },
  plain: { class: 'fg-3', icon: Minus },
};

function ResultWord(props: {
  readonly summary: FileSummary;
  readonly column: number;
  readonly target: string;
  readonly problems: number;
}): JSX.Element {
  const word = createMemo(() => matchWord(props.summary, props.column, props.target, props.problems));
  return (
    <span class={`map__st ${TONES[word().tone].class}`}>
      <Dynamic component={TONES[word().tone].icon} class="lucide--sm" />
      {word().text}
    </span>
  );
}

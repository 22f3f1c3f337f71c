/** How the shown file is read: what its rows are, encoding, delimiter, dates, decimals, and what all rows get. */
import { createMemo, type JSX, Show } from 'solid-js';
import { ENCODINGS, type Encoding } from '../../../shared/csv/decode.ts';
import { FILE_ROLES, type FileRole } from '../../../shared/csv/import-targets.ts';
import { DELIMITERS, type Delimiter } from '../../../shared/csv/read-csv.ts';
import { LIFECYCLE_STAGES } from '../../../shared/entities/contact.ts';
import { CURRENCIES } from '../../../shared/entities/workspace.ts';
import { sortedPipelines } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { Select, type SelectOption } from '../../ui/select.tsx';
import styles from './import.module.css';
import type { ImportDraft, OpenFile } from './import-draft.ts';

const options = <T extends string>(labels: Readonly<Record<T, string>>): readonly SelectOption<T>[] =>
  (Object.entries(labels) as [T, string][]).map(([value, label]) => ({ value, label }));

const ROLES = options<FileRole>(FILE_ROLES);
const DELIMITER_OPTIONS = options<Delimiter>(DELIMITERS);
const ENCODING_OPTIONS = ENCODINGS.map((value) => ({ value, label: value }));
const ORDERS = options({ auto: 'As found', dmy: 'Day first', mdy: 'Month first' });
const DECIMALS = options({ auto: 'As found', '.': 'Point: 1,234.50', ',': 'Comma: 1.234,50' });
const LIFECYCLES = options({ '': 'Leave empty', ...LIFECYCLE_STAGES });
const CURRENCY_OPTIONS = options(CURRENCIES);

export function FileOptions(props: { readonly draft: ImportDraft; readonly file: OpenFile }): JSX.Element {
  const workspace = useWorkspace();
  const id = () => props.file.summary.id;
  const dates = createMemo(() =>
    props.file.summary.columns.filter(({ dates: found }) => found !== null && found !== 'ymd'),
  );
  const numbers = createMemo(() => props.file.summary.columns.filter(({ decimal }) => decimal !== null));
  const hasMoney = () => props.file.setup.targets.some((target) => /\.(amount|revenue)$/.test(target));
  const pipelines = createMemo(() => sortedPipelines(workspace.collection('pipeline').all()));
  const owners = createMemo(() => [
    { value: '', label: 'Leave empty' },
    ...workspace
      .collection('member')
      .all()
      .map(({ id: value, name }) => ({ value: value as string, label: name })),
  ]);
  const ownerTarget = () => `${props.file.setup.role}.owner`;
  return (
    <div class={styles.options}>
      <Select
        label="Rows are"
        options={ROLES}
        value={props.file.setup.role}
        onChange={(role) => void props.draft.setRole(id(), role)}
      />
      <Select<Delimiter>
        label="Delimiter"
        options={DELIMITER_OPTIONS}
        value={props.file.summary.delimiter}
        onChange={(delimiter) => void props.draft.reread({ delimiter })}
      />
      <Select<Encoding>
        label="Encoding"
        options={ENCODING_OPTIONS}
        value={props.file.summary.encoding}
        onChange={(encoding) => void props.draft.reread({ encoding })}
      />
      <Show when={dates().length > 0}>
        <Select
          label="Dates"
          options={ORDERS}
          value={props.file.setup.dayOrder}
          onChange={(dayOrder) => props.draft.setFormat(id(), { dayOrder: dayOrder as 'auto' | 'dmy' | 'mdy' })}
        />
      </Show>
      <Show when={numbers().length > 0}>
        <Select
          label="Decimals"
          options={DECIMALS}
          value={props.file.setup.decimal}
          onChange={(decimal) => props.draft.setFormat(id(), { decimal: decimal as 'auto' | '.' | ',' })}
        />
      </Show>
      <Show when={hasMoney()}>
        <Select
          label="Currency"
          options={CURRENCY_OPTIONS}
          value={props.draft.currency() as keyof typeof CURRENCIES}
          onChange={(code) => props.draft.setCurrency(code)}
        />
      </Show>
      <Show when={props.file.setup.role === 'deal' && pipelines().length > 1}>
        <Select
          label="Pipeline"
          options={pipelines().map((pipeline) => ({ value: pipeline.id as string, label: pipeline.name }))}
          value={props.draft.pipelineId()}
          onChange={(pipeline) => props.draft.setPipeline(pipeline)}
        />
      </Show>
      <Show when={props.file.setup.role === 'contact' && !props.file.setup.targets.includes('contact.lifecycle')}>
        <Select
          label="Lifecycle of all"
          options={LIFECYCLES}
          value={(props.file.setup.defaults['contact.lifecycle'] ?? '') as keyof typeof LIFECYCLE_STAGES}
          onChange={(stage) => props.draft.setDefault(id(), 'contact.lifecycle', stage)}
        />
      </Show>
      <Show
        when={
          ['contact', 'company', 'deal'].includes(props.file.setup.role) &&
          !props.file.setup.targets.includes(ownerTarget())
        }
      >
        <Select
          label="Owner of all"
          options={owners()}
          value={props.file.setup.defaults[ownerTarget()] ?? ''}
          onChange={(owner) => props.draft.setDefault(id(), ownerTarget(), owner)}
        />
      </Show>
    </div>
  );
}

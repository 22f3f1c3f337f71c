/** Choosing files. They are read on this device as soon as they are chosen; what cannot be read says why. */
import FileSpreadsheet from 'lucide-solid/icons/file-spreadsheet';
import Upload from 'lucide-solid/icons/upload';
import X from 'lucide-solid/icons/x';
import { For, type JSX, Show } from 'solid-js';
import { FILE_ROLES, type FileRole } from '../../../shared/csv/import-targets.ts';
import { formatPlural } from '../../fields/format.ts';
import { Callout } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { fileFacts } from './file-words.ts';
import styles from './import.module.css';
import type { ImportDraft } from './import-draft.ts';

const ROLE_OPTIONS = Object.entries(FILE_ROLES).map(([value, label]) => ({ value: value as FileRole, label }));

export function UploadStep(props: { readonly draft: ImportDraft }): JSX.Element {
  let input!: HTMLInputElement;
  let choose!: HTMLButtonElement;
  return (
    <div class={styles.upload}>
      <div class={styles.drop}>
        <Upload class="lucide--lg" />
        <p class={styles.dropTitle}>Drop CSV files here</p>
        <p class="fg-2">
          Contacts, companies, deals: one file or several that belong together. They are read on this device; nothing is
          shared with your team before you say so.
        </p>
        <input
          ref={input}
          type="file"
          multiple
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          class="sr"
          tabIndex={-1}
          aria-label="CSV files"
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            void props.draft.addFiles(files);
          }}
        />
        <Button
          ref={choose}
          variant={props.draft.files().length === 0 ? 'primary' : 'outline'}
          onClick={() => input.click()}
        >
          Choose files
        </Button>
      </div>
      <div aria-live="polite" class={styles.list}>
        <RefusedFiles draft={props.draft} />
        <Show when={props.draft.isReading()}>
          <p class="meta">Reading your file</p>
        </Show>
        <For each={props.draft.files()}>
          {(file) => (
            <div class={styles.file}>
              <FileSpreadsheet class="fg-2" />
              <div class="grow">
                <p class="fw-6 truncate">{file.summary.name}</p>
                <p class="fg-3 fs-12">
                  {formatPlural(file.summary.rows, 'row', 'rows')}, {fileFacts(file.summary)}
                </p>
              </div>
              <div class={styles.role}>
                <Select
                  label={`Rows of ${file.summary.name}`}
                  hideLabel
                  options={ROLE_OPTIONS}
                  value={file.setup.role}
                  onChange={(role) => void props.draft.setRole(file.summary.id, role)}
                />
              </div>
              <IconButton
                label={`Remove ${file.summary.name}`}
                icon={X}
                onClick={() => {
                  // Before its own button goes: keys go on from what is there whatever is removed.
                  choose.focus();
                  props.draft.removeFile(file.summary.id);
                }}
              />
            </div>
          )}
        </For>
      </div>
    </div>
  );
}

/** One sentence per file that cannot be read; it stays until it is dismissed or the file comes again. */
export function RefusedFiles(props: { readonly draft: ImportDraft }): JSX.Element {
  return (
    <For each={props.draft.refused()}>
      {(file) => (
        <Callout
          tone="danger"
          actions={
            <>
              <Show when={file.calendar}>
                {(calendar) => (
                  <Button size="sm" onClick={() => void props.draft.addCalendar(calendar())}>
                    Add to the calendar
                  </Button>
                )}
              </Show>
              <Button size="sm" variant="quiet" onClick={() => props.draft.dismissRefused(file.name)}>
                Dismiss
              </Button>
            </>
          }
        >
          {file.message}
        </Callout>
      )}
    </For>
  );
}

/**
 * Files in, records out: choose or drop files, match columns, place values nobody can guess, look at duplicates,
 * import. Reading and planning run in a worker; nothing leaves the device before the last step.
 */
import { useNavigate } from '@solidjs/router';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import ArrowRight from 'lucide-solid/icons/arrow-right';
import X from 'lucide-solid/icons/x';
import { createEffect, createMemo, createSignal, type JSX, Match, on, Show, Switch } from 'solid-js';
import { FILE_ROLES } from '../../../shared/csv/import-targets.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatCount, formatPlural } from '../../fields/format.ts';
import { Callout } from '../../ui/banner.tsx';
import { Breadcrumbs } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { StepList } from '../../ui/step-list.tsx';
import { DuplicatesStep } from './duplicates-step.tsx';
import styles from './import.module.css';
import { type ImportDraft, type ImportStep, importDraftOf } from './import-draft.ts';
import { MatchStep } from './match-step.tsx';
import { ResultStep, RunStep } from './result-step.tsx';
import { UploadStep } from './upload-step.tsx';
import { ValuesStep } from './values-step.tsx';

const TITLES: Readonly<Record<ImportStep, string>> = {
  upload: 'Upload',
  match: 'Match columns',
  values: 'Match values',
  duplicates: 'Check duplicates',
  run: 'Import',
  result: 'Import',
};

export function ImportPage(): JSX.Element {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const draft = importDraftOf(workspace);
  const [isOver, setOver] = createSignal(false);
  let page!: HTMLElement;
  let heading: HTMLHeadingElement | undefined;
  const steps = createMemo(() => {
    const middle: ImportStep[] = draft.openQuestions().length > 0 ? ['match', 'values'] : ['match'];
    return ['upload', ...middle, 'duplicates', 'run'] as const satisfies readonly ImportStep[];
  });
  const at = () => steps().indexOf(draft.step() === 'result' ? 'run' : draft.step());
  const home = createMemo(() => {
    const roles = draft.files().map(({ setup }) => setup.role);
    if (roles.includes('deal')) return { href: '/deals', label: 'Deals' };
    if (roles.includes('company') && !roles.includes('contact')) return { href: '/companies', label: 'Companies' };
    return roles.length === 0 ? { href: '/deals', label: 'Deals' } : { href: '/contacts', label: 'Contacts' };
  });
  const takesFiles = () => workspace.canWrite() && draft.step() !== 'run' && draft.step() !== 'result';

  // The button that was pressed goes with its step, or waits for the plan: keys go on from the heading of the next one.
  createEffect(
    on([draft.step, draft.isUndone], () => requestAnimationFrame(() => focusStep(page, heading)), { defer: true }),
  );

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (takesFiles() && files.length > 0) void draft.addFiles(files);
  }

  return (
    <section
      ref={page}
      class={styles.page}
      classList={{ [styles.over ?? '']: isOver() && takesFiles() }}
      aria-label="Import"
      // A reload would lose the files and how they are matched.
      data-unsaved={draft.files().length > 0 && draft.step() !== 'result' ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={onDrop}
    >
      <header class="topbar">
        <Breadcrumbs items={[home(), { label: 'Import' }]} />
        <StepList
          label="Steps"
          steps={steps().map((step) => TITLES[step])}
          current={draft.step() === 'result' ? steps().length : at()}
        />
        <IconButton label="Close import" icon={X} onClick={() => navigate(home().href)} />
      </header>
      <Show
        when={workspace.canWrite()}
        fallback={
          <div class={styles.note}>
            <Callout tone="info" title="Your role looks at everything here and changes nothing">
              Ask an owner or admin of this workspace to import your files, or to give you another role.
            </Callout>
          </div>
        }
      >
        <h1 ref={heading} class="sr" tabIndex={-1}>
          Import: {draft.step() === 'result' ? 'done' : TITLES[draft.step()].toLowerCase()}
        </h1>
        <Show when={draft.failure()}>
          {(message) => (
            <div class={styles.note} role="alert">
              <Callout tone="warning">{message()}</Callout>
            </div>
          )}
        </Show>
        <Switch>
          <Match when={draft.step() === 'upload'}>
            <UploadStep draft={draft} />
          </Match>
          <Match when={draft.step() === 'match'}>
            <MatchStep draft={draft} />
          </Match>
          <Match when={draft.step() === 'values'}>
            <ValuesStep draft={draft} />
          </Match>
          <Match when={draft.step() === 'duplicates'}>
            <DuplicatesStep draft={draft} />
          </Match>
          <Match when={draft.step() === 'run'}>
            <RunStep draft={draft} />
          </Match>
          <Match when={draft.step() === 'result'}>
            <ResultStep draft={draft} home={home()} />
          </Match>
        </Switch>
        <Show when={draft.step() !== 'run' && draft.step() !== 'result' && draft.files().length > 0}>
          <Footer draft={draft} next={steps()[at() + 1]} />
        </Show>
      </Show>
    </section>
  );
}

/** Not when somebody is elsewhere meanwhile, in the sidebar or the palette: an import ends by itself. */
function focusStep(page: HTMLElement, heading: HTMLElement | undefined): void {
  const { activeElement } = document;
  if (activeElement === document.body || page.contains(activeElement)) heading?.focus({ preventScroll: true });
}

function Footer(props: { readonly draft: ImportDraft; readonly next: ImportStep | undefined }): JSX.Element {
  const hasRows = () => (props.draft.summary()?.recordCount ?? 0) > 0;
  const words = () => (props.next === undefined || props.next === 'run' ? 'Import' : TITLES[props.next]);
  return (
    <footer class="impfoot">
      <Show when={props.draft.step() !== 'upload'}>
        <Button variant="quiet" icon={ArrowLeft} onClick={() => props.draft.goBack()}>
          Back
        </Button>
      </Show>
      <p class="push meta" aria-live="polite">
        <Show when={!props.draft.planning()} fallback="Working out what this import would do">
          {footerWords(props.draft)}
        </Show>
      </p>
      <Button
        variant="primary"
        disabled={
          props.draft.isReading() || (props.draft.step() !== 'upload' && (props.draft.planning() || !hasRows()))
        }
        onClick={() => void props.draft.goOn()}
      >
        {words()}
        <ArrowRight />
      </Button>
    </footer>
  );
}

/** `1,211 new, 37 duplicates, 318 new companies. You can undo the whole import.` */
function footerWords(draft: ImportDraft): string {
  const summary = draft.summary();
  if (!summary) return '';
  const { created, duplicates, skippedRows } = summary.counts;
  const roles = new Set(draft.files().map(({ setup }) => setup.role));
  const parts = Object.entries(created).flatMap(([entity, count]) => {
    const plural = entity === 'member' ? 'owners' : (FILE_ROLES[entity as 'deal'] ?? entity).toLowerCase();
    const one = { companies: 'company', owners: 'owner', deals: 'deal', contacts: 'contact' }[plural] ?? plural;
    return count === 0 ? [] : [`${formatCount(count)} new ${count === 1 ? one : plural}`];
  });
  if (duplicates > 0) parts.push(formatPlural(duplicates, 'duplicate', 'duplicates'));
  if (skippedRows > 0) parts.push(`${formatPlural(skippedRows, 'row', 'rows')} left out`);
  if (roles.size === 1 && roles.has('none')) return 'Nothing to import: say what the rows of the file are.';
  if (parts.length === 0) return 'Nothing to import yet.';
  return `${parts.join(', ')}. You can undo the whole import.`;
}

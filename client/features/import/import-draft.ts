/**
 * One import as it is being prepared and run: files, matches, answers, the plan, progress. It belongs to the workspace
 * and not to the page, so that a look at another page loses nothing and a running import goes on.
 */
import { batch, createRoot, createSignal } from 'solid-js';
import { CommandRefused } from '../../../shared/commands/command.ts';
import { sizeProblem } from '../../../shared/csv/decode.ts';
import type { FileSetup, FileSummary, PlanSummary, RowPreview } from '../../../shared/csv/import-engine.ts';
import type { DuplicateMode } from '../../../shared/csv/import-plan.ts';
import type { FileRole } from '../../../shared/csv/import-targets.ts';
import { type Answer, type Answers, isOpenQuestion } from '../../../shared/csv/import-values.ts';
import type { ReadOptions } from '../../../shared/csv/read-csv.ts';
import { randomText } from '../../../shared/model/id.ts';
import { sortedPipelines } from '../../../shared/query/pipeline-view.ts';
import type { Workspace } from '../../data/workspace.ts';
import { workspaceCurrency } from '../../fields/parse-hints.ts';
import { sendExisting } from './collect-existing.ts';
import { importLabel, runImport, takeBack } from './run-import.ts';
import { type ImportWorker, startImportWorker } from './worker-calls.ts';

export type ImportStep = 'upload' | 'match' | 'values' | 'duplicates' | 'run' | 'result';

export interface OpenFile {
  readonly summary: FileSummary;
  readonly setup: FileSetup;
}

export interface ImportResult {
  readonly summary: PlanSummary;
  readonly batch: string;
  readonly label: string;
  readonly wasUndone: boolean;
}

export interface RefusedFile {
  readonly name: string;
  readonly message: string;
  /** A calendar file: what it holds can be added to the calendar from here. */
  readonly calendar?: File;
}

const PLAN_DELAY_MS = 120;
const RECORDS_PER_MESSAGE = 400;

function createImportDraft(workspace: Workspace) {
  const [step, setStep] = createSignal<ImportStep>('upload');
  const [files, setFiles] = createSignal<readonly OpenFile[]>([]);
  const [refused, setRefused] = createSignal<readonly RefusedFile[]>([]);
  const [reading, setReading] = createSignal(0);
  const [shown, setShown] = createSignal<string>('');
  const [row, setRow] = createSignal(0);
  const [preview, setPreview] = createSignal<RowPreview | null>(null);
  const [summary, setSummary] = createSignal<PlanSummary | null>(null);
  const [planning, setPlanning] = createSignal(false);
  const [answers, setAnswers] = createSignal<Answers>({});
  const [duplicates, setDuplicates] = createSignal<DuplicateMode>('fill');
  const [pipelineId, setPipelineId] = createSignal('');
  const [currency, setCurrency] = createSignal('');
  const [country, setCountry] = createSignal('');
  const [progress, setProgress] = createSignal<{ done: number; total: number } | null>(null);
  const [result, setResult] = createSignal<ImportResult | null>(null);
  const [failure, setFailure] = createSignal<string | null>(null);
  let worker: ImportWorker | null = null;
  let batchId = newBatch();
  let planTimer: ReturnType<typeof setTimeout> | undefined;
  let planRound = 0;
  let isExistingSent = false;
  let cancel: AbortController | null = null;

  const theWorker = () => {
    worker ??= startImportWorker();
    return worker;
  };
  const chosenPipeline = () => pipelineId() || (sortedPipelines(workspace.collection('pipeline').all())[0]?.id ?? '');
  const chosenCurrency = () => currency() || workspaceCurrency(workspace);
  const isLoaded = () => workspace.isLoaded('directory') && workspace.isLoaded('pipeline');
  const current = () => files().find(({ summary: { id } }) => id === shown()) ?? files()[0];

  async function addFiles(chosen: readonly File[]): Promise<void> {
    setFailure(null);
    for (const file of chosen) {
      setRefused((list) => list.filter(({ name }) => name !== file.name));
      const tooLarge = sizeProblem(file.name, file.size);
      if (tooLarge) {
        refuse(file.name, tooLarge.message);
        continue;
      }
      setReading((count) => count + 1);
      await readFile(file).catch((error: unknown) => refuse(file.name, unreadable(file.name, error)));
      setReading((count) => count - 1);
    }
    schedulePlan();
  }

  async function readFile(file: File): Promise<void> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const answer = await theWorker().read(`file_${randomText(8)}`, file.name, bytes, {});
    if (!answer.ok) return refuse(file.name, answer.issue.message, answer.issue.code === 'calendar' ? file : undefined);
    const found = answer.value;
    batch(() => {
      const former = files().find(({ summary: { name } }) => name === found.name);
      if (former) void theWorker().remove(former.summary.id);
      setFiles((list) => [...list.filter((each) => each !== former), { summary: found, setup: setupOf(found) }]);
      if (shown() === '' || shown() === former?.summary.id) setShown(found.id);
    });
  }

  const refuse = (name: string, message: string, calendar?: File) =>
    void setRefused((list) => [...list, { name, message, ...(calendar ? { calendar } : {}) }]);
  const dismissRefused = (name: string) => void setRefused((list) => list.filter((each) => each.name !== name));

  /** Adds what a calendar file holds to the calendar; what could not be added is said in its place. */
  async function addCalendar(file: File): Promise<void> {
    const { openIcs } = await import('../../fields/appointments/open-ics.ts');
    const { added, problems } = await openIcs(workspace, [file], [], true);
    dismissRefused(file.name);
    if (problems.length > 0) refuse(file.name, [added && `${added}.`, ...problems].filter(Boolean).join(' '));
  }

  /** Other files instead of one: the former goes when at least one of them could be read. */
  async function replaceFiles(id: string, chosen: readonly File[]): Promise<void> {
    const before = files();
    await addFiles(chosen);
    const added = files().find((each) => !before.includes(each));
    if (!added) return;
    if (files().some(({ summary: { id: each } }) => each === id)) removeFile(id);
    show(added.summary.id);
  }

  function removeFile(id: string): void {
    void theWorker().remove(id);
    batch(() => {
      setFiles((list) => list.filter((each) => each.summary.id !== id));
      if (shown() === id) show(files()[0]?.summary.id ?? '');
      if (files().length === 0) setStep('upload');
    });
    schedulePlan();
  }

  /** Reads the shown file again: other encoding, delimiter or header. Matches made by hand are kept where columns stay. */
  async function reread(options: ReadOptions): Promise<void> {
    const file = current();
    if (!file) return;
    const { encoding, delimiter, hasHeader } = { ...file.summary, ...options };
    const answer = await theWorker().reread(file.summary.id, { encoding, delimiter, hasHeader });
    if (!answer.ok) return refuse(file.summary.name, answer.issue.message);
    const next = answer.value;
    const isSameShape =
      next.columns.length === file.summary.columns.length && next.hasHeader === file.summary.hasHeader;
    const setup = isSameShape
      ? file.setup
      : { ...setupOf(next), role: file.setup.role, targets: await theWorker().match(next.id, file.setup.role) };
    replaceFile({ summary: next, setup });
  }

  function replaceFile(file: OpenFile): void {
    setFiles((list) => list.map((each) => (each.summary.id === file.summary.id ? file : each)));
    schedulePlan();
  }

  function change(id: string, changes: Partial<FileSetup>): void {
    const file = files().find((each) => each.summary.id === id);
    if (file) replaceFile({ ...file, setup: { ...file.setup, ...changes } });
  }

  async function setRole(id: string, role: FileRole): Promise<void> {
    change(id, { role, targets: await theWorker().match(id, role), defaults: {} });
  }

  function setTarget(id: string, column: number, target: string): void {
    const file = files().find((each) => each.summary.id === id);
    if (file) change(id, { targets: file.setup.targets.map((each, index) => (index === column ? target : each)) });
  }

  function show(id: string): void {
    batch(() => {
      setShown(id);
      setRow(0);
    });
    void refreshPreview();
  }

  function showRow(next: number): void {
    setRow(Math.max(0, Math.min(next, (current()?.summary.rows ?? 1) - 1)));
    void refreshPreview();
  }

  async function refreshPreview(): Promise<void> {
    const file = current();
    const found = file ? await theWorker().preview(file.summary.id, row()) : null;
    if (file === undefined || file.summary.id === current()?.summary.id) setPreview(found);
  }

  function answer(question: string, text: string, value: Answer): void {
    setAnswers((all) => ({ ...all, [question]: { ...all[question], [text]: value } }));
    schedulePlan();
  }

  function schedulePlan(): void {
    clearTimeout(planTimer);
    if (files().length === 0) return;
    setPlanning(true);
    planTimer = setTimeout(() => void makePlan().catch(fail), PLAN_DELAY_MS);
  }

  async function makePlan(): Promise<void> {
    clearTimeout(planTimer);
    const round = ++planRound;
    setPlanning(true);
    if (!isExistingSent && isLoaded()) {
      await sendExisting(workspace, theWorker());
      isExistingSent = true;
    }
    const next = await theWorker().plan({
      files: files().map(({ setup }) => setup),
      answers: answers(),
      batch: batchId,
      pipelineId: chosenPipeline(),
      currency: chosenCurrency(),
      country: country(),
      duplicates: duplicates(),
    });
    if (round !== planRound) return;
    batch(() => {
      setSummary(next);
      setPlanning(false);
    });
    await refreshPreview();
  }

  /** Goes on to the next step that has something to say; nothing waits for the plan but the import itself. */
  async function goOn(): Promise<void> {
    setFailure(null);
    if (step() === 'upload') setStep('match');
    else if (step() === 'match' && openQuestions().length > 0) setStep('values');
    else if (step() === 'duplicates') await run();
    else {
      setStep('duplicates');
      // Teammates went on working meanwhile: what is here is read again before duplicates are shown.
      isExistingSent = false;
      schedulePlan();
    }
  }

  function goBack(): void {
    if (step() === 'duplicates') setStep(openQuestions().length > 0 ? 'values' : 'match');
    else if (step() === 'values') setStep('match');
    else setStep('upload');
  }

  const openQuestions = () => (summary()?.questions ?? []).filter(isOpenQuestion);

  async function run(): Promise<void> {
    const plan = summary();
    if (!plan || progress() !== null) return;
    if (!isLoaded())
      return setFailureText(
        'Your contacts and companies are still being read on this device. Nothing was imported yet. Try again in a moment.',
      );
    const label = importLabel(plan);
    cancel = new AbortController();
    const total = plan.recordCount;
    batch(() => {
      setStep('run');
      setProgress({ done: 0, total });
    });
    try {
      const outcome = await runImport(workspace, {
        label,
        plan,
        batch: batchId,
        duplicateMode: duplicates(),
        recordsFrom: (from) => theWorker().records(from, RECORDS_PER_MESSAGE),
        signal: cancel.signal,
        onProgress: (done) => setProgress({ done, total }),
      });
      batch(() => {
        setProgress(null);
        if (outcome === 'cancelled') {
          // What was taken back is in the trash under its ids: another attempt makes new records.
          batchId = newBatch();
          schedulePlan();
          setStep('duplicates');
          setFailureText('The import was stopped, and what it had made was taken back. Nothing has changed.');
          return;
        }
        setResult({ summary: plan, batch: batchId, label, wasUndone: false });
        setStep('result');
      });
    } catch (error) {
      batch(() => {
        setProgress(null);
        setStep('duplicates');
      });
      fail(error);
    }
  }

  function fail(error: unknown): void {
    console.error(error);
    batch(() => {
      setPlanning(false);
      setFailureText(
        error instanceof CommandRefused
          ? error.message
          : 'The import could not go on, and nothing was changed. Choose the files again; if it stays, take fewer rows at a time.',
      );
    });
  }

  const setFailureText = (text: string) => void setFailure(text);

  async function undoImport(): Promise<void> {
    const done = result();
    if (!done || done.wasUndone) return;
    try {
      await takeBack(workspace, done);
      setResult({ ...done, wasUndone: true });
    } catch (error) {
      fail(error);
    }
  }

  /** Back to the beginning; what was imported stays. */
  function reset(): void {
    worker?.stop();
    worker = null;
    batchId = newBatch();
    isExistingSent = false;
    planRound++;
    batch(() => {
      setStep('upload');
      setFiles([]);
      setRefused([]);
      setShown('');
      setRow(0);
      setPreview(null);
      setSummary(null);
      setPlanning(false);
      setAnswers({});
      setDuplicates('fill');
      setCountry('');
      setResult(null);
      setFailure(null);
    });
  }

  return {
    step,
    files,
    refused,
    isReading: () => reading() > 0,
    current,
    row,
    preview,
    summary,
    planning,
    answers,
    duplicates,
    progress,
    result,
    isSent: () => workspace.sync.waitingCount() === 0,
    /** Undone from here, or by undo anywhere. */
    isUndone: () => result()?.wasUndone === true || (result() !== null && workspace.redoLabel() === result()?.label),
    failure,
    openQuestions,
    pipelineId: chosenPipeline,
    currency: chosenCurrency,
    /** Whose code national phone numbers get; '' leaves them as they are. */
    country,
    addFiles,
    removeFile,
    replaceFiles,
    reread,
    setRole,
    setTarget,
    setFormat: (id: string, changes: Partial<Pick<FileSetup, 'dayOrder' | 'decimal'>>) => change(id, changes),
    setDefault: (id: string, target: string, text: string) => {
      const file = files().find((each) => each.summary.id === id);
      if (file) change(id, { defaults: { ...file.setup.defaults, [target]: text } });
    },
    setPipeline: (id: string) => {
      setPipelineId(id);
      schedulePlan();
    },
    setCurrency: (code: string) => {
      setCurrency(code);
      schedulePlan();
    },
    setCountry: (code: string) => {
      setCountry(code);
      schedulePlan();
    },
    setDuplicates: (mode: DuplicateMode) => {
      setDuplicates(mode);
      schedulePlan();
    },
    dismissRefused,
    addCalendar,
    show,
    showRow,
    answer,
    goOn,
    goBack,
    cancel: () => cancel?.abort(),
    undoImport,
    problemRows: (fileId: string) => theWorker().problemRows(fileId),
    reset,
  };
}

export type ImportDraft = ReturnType<typeof createImportDraft>;

const drafts = new WeakMap<Workspace, ImportDraft>();

/** The draft of a workspace; there is one at a time. */
export function importDraftOf(workspace: Workspace): ImportDraft {
  const found = drafts.get(workspace);
  if (found) return found;
  const draft = createRoot(() => createImportDraft(workspace));
  drafts.set(workspace, draft);
  return draft;
}

const newBatch = () => `import_${randomText(12)}`;

function setupOf(summary: FileSummary): FileSetup {
  const isLeads = summary.role === 'contact' && /lead|mql/i.test(`${summary.name} ${summary.columns[0]?.header ?? ''}`);
  return {
    id: summary.id,
    role: summary.role,
    targets: summary.targets,
    dayOrder: 'auto',
    decimal: 'auto',
    defaults: isLeads ? { 'contact.lifecycle': 'lead' } : {},
  };
}

function unreadable(name: string, error: unknown): string {
  console.error(error);
  return `${name} could not be read from this device. Nothing was imported. Check that the file is still there and choose it again.`;
}

/** A file in one line: sign, name, how large, whose, where it is right now, and what can be done with it. */
import './files.css';
import CloudOff from 'lucide-solid/icons/cloud-off';
import CloudUpload from 'lucide-solid/icons/cloud-upload';
import Download from 'lucide-solid/icons/download';
import Eye from 'lucide-solid/icons/eye';
import Pin from 'lucide-solid/icons/pin';
import PinOff from 'lucide-solid/icons/pin-off';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { deleteRecords } from '../../../shared/commands/record-commands.ts';
import { type FileRecord, file } from '../../../shared/entities/file.ts';
import { sizeInWords } from '../../../shared/model/byte-size.ts';
import type { FilePlace } from '../../data/files.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { download } from '../../platform/download.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { formatAge } from '../format.ts';
import { MemberName, RecordLink } from '../person.tsx';
import { attempt } from '../record-edit.ts';
import { factsOf, iconOf, lookOf } from './file-kinds.ts';
import { FilePreview } from './file-preview.tsx';

const NOT_READY = 'Files are not ready on this device yet. Try again in a moment.';

export function FileRow(props: {
  readonly file: FileRecord;
  /** The record of the page: what a file is on besides is said. */
  readonly recordId?: string;
  /** Without who and when, where the place says them. */
  readonly short?: boolean;
}): JSX.Element {
  const workspace = useWorkspace();
  const [shown, setShown] = createSignal<Blob>();
  const [problem, setProblem] = createSignal<string>();
  const place = (): FilePlace => workspace.files()?.place(props.file.hash) ?? { kind: 'elsewhere' };
  const isPinned = () => {
    const now = place();
    return now.kind === 'here' && now.isPinned;
  };
  const other = () => {
    const { survivorOf } = workspace.merges();
    const isHere = props.file.about.some((id) => survivorOf(id) === props.recordId);
    return props.recordId && !isHere ? props.file.about[0] : undefined;
  };

  async function content(): Promise<Blob | undefined> {
    setProblem(undefined);
    const facts = factsOf(props.file);
    const files = await workspace.loadFiles();
    if (files === undefined) setProblem(NOT_READY);
    return await files?.open(facts).catch((error: unknown) => void setProblem(sentenceOf(error)));
  }
  async function save(): Promise<void> {
    const found = await content();
    if (found) download(props.file.name, new Blob([found], { type: 'application/octet-stream' }));
  }
  async function open(): Promise<void> {
    if (lookOf(props.file) === 'other') await save();
    else setShown(await content());
  }

  async function pin(): Promise<void> {
    setProblem(undefined);
    const [facts, isOn] = [factsOf(props.file), !isPinned()];
    const files = await workspace.loadFiles();
    if (files === undefined) setProblem(NOT_READY);
    await files?.pin(facts, isOn).catch((error: unknown) => void setProblem(sentenceOf(error)));
  }
  function remove(): void {
    const { id, name } = props.file;
    setProblem(attempt(() => workspace.run(`${name} removed`, (tx) => deleteRecords(tx, { entity: file, ids: [id] }))));
  }
  const menu = (): readonly MenuItem[] => [
    ...(lookOf(props.file) === 'other' ? [] : [{ label: 'Show', icon: Eye, onSelect: () => void open() }]),
    { label: 'Download', icon: Download, onSelect: () => void save() },
    isPinned()
      ? { label: 'Do not keep on this device', icon: PinOff, onSelect: () => void pin() }
      : { label: 'Keep on this device', icon: Pin, onSelect: () => void pin() },
    ...(workspace.canWrite()
      ? [{ kind: 'separator' as const }, { label: 'Remove', icon: Trash, danger: true, onSelect: remove }]
      : []),
  ];

  return (
    <li class="filerow">
      <Dynamic component={iconOf(props.file)} class="fg-3" />
      <div class="filerow__main">
        <button type="button" class="filerow__name truncate" title={props.file.name} onClick={() => void open()}>
          {props.file.name}
        </button>
        <p class="filerow__facts meta">
          <span>{sizeInWords(props.file.bytes ?? 0)}</span>
          <Show when={!props.short}>
            <span>
              <MemberName memberId={props.file.by} short />{' '}
              {formatAge(props.file.at ?? props.file.createdAt, Date.now())}
            </span>
          </Show>
          <Show when={other()}>{(id) => <RecordLink id={id()} class="filerow__on" />}</Show>
          <Place place={place()} />
        </p>
        <Refusal text={problem()} />
      </div>
      <MoreMenu size="sm" label={`More for ${props.file.name}`} items={menu()} />
      <Show when={shown()}>
        {(found) => (
          <FilePreview
            file={props.file}
            content={found()}
            onSave={() => void save()}
            onClose={() => setShown(undefined)}
          />
        )}
      </Show>
    </li>
  );
}

/** Where it is, when that is not simply here or with the team. */
function Place(props: { readonly place: FilePlace }): JSX.Element {
  const workspace = useWorkspace();
  const isOffline = () => workspace.sync.state() === 'offline' || workspace.sync.state() === 'signed-out';
  return (
    <Switch>
      <Match when={props.place.kind === 'sending' && props.place}>
        {(now) => (
          <span class="filerow__place">
            <CloudUpload class="lucide--sm" /> Sending, {Math.floor(now().share * 100)} %
          </span>
        )}
      </Match>
      <Match when={props.place.kind === 'waiting'}>
        <span class="filerow__place">
          <CloudUpload class="lucide--sm" /> Waiting to be sent
        </span>
      </Match>
      <Match when={props.place.kind === 'refused' && props.place}>
        {(now) => (
          <span class="filerow__place fg-warning">
            <CloudOff class="lucide--sm" /> Not sent: {now().sentence}
          </span>
        )}
      </Match>
      <Match when={props.place.kind === 'here' && props.place.isPinned}>
        <span class="filerow__place">
          <Pin class="lucide--sm" /> Kept on this device
        </span>
      </Match>
      <Match when={props.place.kind === 'elsewhere' && isOffline()}>
        <span class="filerow__place">
          <CloudOff class="lucide--sm" /> Not on this device yet
        </span>
      </Match>
    </Switch>
  );
}

function sentenceOf(error: unknown): string {
  if (error instanceof Error && error.name === 'FileUnavailable') return error.message;
  throw error;
}

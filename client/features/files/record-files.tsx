/**
 * The files of a contact, company or deal, and the door for new ones: dropped anywhere on the page, pasted, or chosen. An
 * e-mail becomes an entry of the timeline, a calendar file appointments, everything else a file.
 */
import '../../fields/files/files.css';
import Paperclip from 'lucide-solid/icons/paperclip';
import X from 'lucide-solid/icons/x';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { CommandRefused } from '../../../shared/commands/command.ts';
import type { Activity } from '../../../shared/entities/activity.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { openIcs } from '../../fields/appointments/open-ics.ts';
import { isIcs, isMail } from '../../fields/file-kinds.ts';
import { onChooseFiles, onGivenFiles, tellAttached, tellText, textAround } from '../../fields/files/attach-events.ts';
import { FileRow } from '../../fields/files/file-row.tsx';
import { RecordSection } from '../../fields/record-panels.tsx';
import type { RecordPartProps } from '../../fields/record-parts.ts';
import { followReference } from '../../fields/reference.ts';
import { announce } from '../../platform/announce.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useToaster } from '../../ui/toaster.tsx';
import { listenForFiles } from './listen-for-files.ts';
import { takeMail } from './take-mail.ts';

/** What files come for beside the record: the entry in the composer, or a text that shows them inside. */
type Receiver = 'record' | 'composer' | HTMLElement;

const FIRST_SHOWN = 5;
const NOT_READY =
  'This browser is not ready to keep files, so nothing was added. Try again in a moment; if that does not help, reload the page.';

export function RecordFiles(props: RecordPartProps): JSX.Element {
  const workspace = useWorkspace();
  const toaster = useToaster();
  // A page shows one record for its life.
  // oxlint-disable-next-line solid/reactivity
  const id = props.record.id as Activity['about'][number];
  const ids = createMemo(() => workspace.about.files(id));
  const [all, setAll] = createSignal(false);
  const [messages, setMessages] = createSignal<readonly string[]>([]);
  const [working, setWorking] = createSignal(0);
  const shown = createMemo(() => (all() ? ids() : ids().slice(0, FIRST_SHOWN)));
  const mayAdd = () => workspace.canWrite() && !props.record.deleted;
  let input!: HTMLInputElement;
  let notes!: HTMLDivElement;
  let chosenFor: Receiver = 'record';

  const isOver = listenForFiles({
    mayTake: mayAdd,
    onFiles: (files, target) => {
      const isComposer = target instanceof Element && target.closest('.composer') !== null;
      void take(files, textAround(target) ?? (isComposer ? 'composer' : 'record'));
    },
  });
  onChooseFiles((text) => choose(text ?? 'composer'));
  // oxlint-disable-next-line solid/reactivity -- asked when files come.
  onGivenFiles(({ files, text, said }) => {
    if (mayAdd()) void take(files, text, said);
    return mayAdd();
  });

  function choose(receiver: Receiver): void {
    chosenFor = receiver;
    input.click();
  }

  async function take(files: readonly File[], receiver: Receiver, also: readonly string[] = []): Promise<void> {
    if (files.length === 0) return;
    setWorking((count) => count + 1);
    try {
      setMessages([]);
      const said = [...(await takeAll(files, receiver)), ...also];
      setMessages(said);
      // Whoever pastes looks at the text; and on a phone this part of the page is behind a tab, and its words with it.
      const isSeen = also.length === 0 && input.closest('section')?.checkVisibility?.() !== false;
      if (said.length > 0 && !isSeen) toaster?.show({ tone: 'failed', text: said.join(' ') });
      // Files are the last of what is related, on most pages below what the screen shows of it.
      if (said.length > 0 && isSeen) notes.scrollIntoView?.({ block: 'center' });
      if (said.length === 0) announce(files.length === 1 ? `${files[0]?.name} added` : `${files.length} files added`);
    } finally {
      setWorking((count) => count - 1);
    }
  }

  async function takeAll(files: readonly File[], receiver: Receiver): Promise<readonly string[]> {
    const said: string[] = [];
    for (const mail of files.filter(isMail)) {
      const { done, problems } = await takeMail(workspace, await workspace.loadFiles(), mail, id);
      said.push(...(done.endsWith('already') ? [`${done}.`] : []), ...problems);
    }
    const calendars = files.filter((file) => !isMail(file) && isIcs(file));
    if (calendars.length > 0) said.push(...(await openIcs(workspace, calendars, [id], files.length > 1)).problems);
    const rest = files.filter((file) => !isMail(file) && !isIcs(file));
    return rest.length === 0 ? said : [...said, ...(await keep(rest, receiver))];
  }

  async function keep(files: readonly File[], receiver: Receiver): Promise<readonly string[]> {
    try {
      const shelf = await workspace.loadFiles();
      const kept = await shelf?.add(files, { about: [id] });
      if (kept === undefined) return [NOT_READY];
      if (kept.ids.length === 0) return kept.problems;
      if (receiver === 'composer') tellAttached(kept.ids);
      else if (receiver !== 'record') tellText(receiver, kept.idOf);
      return kept.problems;
    } catch (error) {
      if (error instanceof CommandRefused) return [error.message];
      throw error;
    }
  }

  return (
    <RecordSection
      title="Files"
      count={ids().length || undefined}
      aside={
        <Show when={mayAdd()}>
          <IconButton size="sm" icon={Paperclip} label="Add files" onClick={() => choose('record')} />
        </Show>
      }
    >
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to add"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          void take(files, chosenFor);
        }}
      />
      <Show
        when={ids().length > 0}
        fallback={<p class="fg-3">{mayAdd() ? 'Drop files or e-mails anywhere on this page.' : 'No files yet.'}</p>}
      >
        <ul class="filelist">
          <For each={shown()}>
            {(fileId) => (
              <Show when={workspace.collection('file').byId(fileId)}>
                {(file) => <FileRow file={file()} recordId={id} />}
              </Show>
            )}
          </For>
        </ul>
        <Show when={ids().length > shown().length}>
          <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
            Show all {ids().length}
          </Button>
        </Show>
      </Show>
      <p class="fg-3" role="status">
        {working() > 0 ? 'Adding…' : ''}
      </p>
      <div role="alert" ref={notes}>
        <Show when={messages().length > 0}>
          <div class="row row--6">
            <ul class="filemessages grow">
              <For each={messages()}>{(sentence) => <li>{sentence}</li>}</For>
            </ul>
            <IconButton size="sm" icon={X} label="Close these messages" onClick={() => setMessages([])} />
          </div>
        </Show>
      </div>
      <Show when={isOver()}>
        <div class="filedrop" aria-hidden="true">
          <p class="filedrop__words">
            {mayAdd()
              ? `Drop to add to ${followReference(workspace, id).title}`
              : 'You can look at this page but not add to it'}
          </p>
        </div>
      </Show>
    </RecordSection>
  );
}

/**
 * Erasing a person because they asked for it: a copy to hand over first, then what goes, what is shared with others, where
 * the name still stands, what backups hold; and the name typed, because nothing brings it back.
 */
import './erase-dialog.css';
import { useNavigate } from '@solidjs/router';
import Download from 'lucide-solid/icons/download';
import { createSignal, For, type JSX, Match, onMount, Show, Switch } from 'solid-js';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import type { Answer } from '../../data/ask.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatPlural } from '../../fields/format.ts';
import { recordHref } from '../../fields/reference.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useToaster } from '../../ui/toaster.tsx';
import { erasePerson, type NamedRecord, type PersonData, personData, personExportHref } from './erase-api.ts';
import { backupsInWords, countsInWords, namesMatch } from './erase-words.ts';

export interface EraseDialogProps {
  readonly record: AnyRecord;
  readonly onClose: () => void;
}

export function EraseDialog(props: EraseDialogProps): JSX.Element {
  const navigate = useNavigate();
  const toaster = useToaster();
  const [found, setFound] = createSignal<Answer<PersonData>>();
  onMount(() => void personData(props.record.id).then(setFound));
  const data = () => {
    const answer = found();
    return answer?.ok ? answer.value : undefined;
  };
  const problem = () => {
    const answer = found();
    return answer?.ok === false ? answer.message : undefined;
  };
  const [typed, setTyped] = createSignal('');
  const [also, setAlso] = createSignal<readonly string[]>([]);
  const [withBackups, setWithBackups] = createSignal(false);
  const [refused, setRefused] = createSignal('');
  const [isBusy, setBusy] = createSignal(false);
  const isNamed = () => namesMatch(typed(), data()?.name ?? '');

  async function erase(): Promise<void> {
    const person = data();
    if (isBusy() || person === undefined) return;
    if (!isNamed()) {
      setRefused(`Type “${person.name}” to say that you mean this person.`);
      return;
    }
    setBusy(true);
    setRefused('');
    const { id } = props.record;
    const answer = await erasePerson(id, { name: typed(), also: also(), withBackups: withBackups() });
    setBusy(false);
    if (!answer.ok) {
      setRefused(answer.message);
      return;
    }
    // Without the name: this stays on the screen for a while.
    toaster?.show({ text: `Erased: ${formatPlural(answer.value.erased, 'record', 'records')} of one person` });
    props.onClose();
    navigate('/contacts', { replace: true });
  }

  return (
    <Dialog
      open
      width={560}
      onOpenChange={(open) => !open && !isBusy() && props.onClose()}
      title="Erase this person’s data"
      description="For a person who asks for it by law. Unlike the trash this cannot be undone, by anybody."
      actions={
        <>
          <Button variant="quiet" onClick={() => !isBusy() && props.onClose()}>
            Keep the data
          </Button>
          <Show when={data()}>
            <Button variant="danger" aria-disabled={isBusy() || undefined} onClick={() => void erase()}>
              {isBusy() ? 'Erasing…' : 'Erase for good'}
            </Button>
          </Show>
        </>
      }
    >
      <Switch fallback={<Skeleton />}>
        <Match when={problem()}>{(sentence) => <Refusal text={sentence()} />}</Match>
        <Match when={data()}>
          {(person) => (
            <>
              <WhatGoes person={person()} exportHref={personExportHref(props.record.id)} />
              <SharedEntries entries={person().shared} chosen={also()} onChange={setAlso} />
              <Mentions records={person().mentions} />
              <Backups person={person()} isChosen={withBackups()} onChange={setWithBackups} />
              <TextField
                label={`Type “${person().name}” to confirm`}
                value={typed()}
                error={refused()}
                autocomplete="off"
                onInput={(value) => {
                  setTyped(value);
                  setRefused('');
                }}
              />
            </>
          )}
        </Match>
      </Switch>
    </Dialog>
  );
}

function WhatGoes(props: { readonly person: PersonData; readonly exportHref: string }): JSX.Element {
  return (
    <>
      <p class="erase__copy">
        <a class="btn btn--sm" href={props.exportHref} download="">
          <Download />
          Download a copy first
        </a>
        <span class="fg-2">Everything about this person, with files and history, to hand over.</span>
      </p>
      <p>
        <span class="fw-5">What goes:</span> {countsInWords(props.person.counts)}; the values in the history (who
        changed something and when stays), the server’s log, and the copies on everybody’s devices the next time they
        are online. So does what is only about this person in private spaces you are not in.
      </p>
    </>
  );
}

function SharedEntries(props: {
  readonly entries: readonly NamedRecord[];
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}): JSX.Element {
  const toggle = (id: string, isOn: boolean) =>
    props.onChange(isOn ? [...props.chosen, id] : props.chosen.filter((each) => each !== id));
  return (
    <Show when={props.entries.length > 0}>
      <fieldset class="erase__list">
        <legend class="fw-5">Also about others: these stay without the person, unless you choose them</legend>
        <For each={props.entries}>
          {(entry) => (
            <Checkbox
              label={entry.title}
              checked={props.chosen.includes(entry.id)}
              onChange={(isOn) => toggle(entry.id, isOn)}
            />
          )}
        </For>
      </fieldset>
    </Show>
  );
}

function Mentions(props: { readonly records: readonly NamedRecord[] }): JSX.Element {
  return (
    <Show when={props.records.length > 0}>
      <section class="erase__list">
        <p class="fw-5">The name or address also stands in these. Change them by hand, before or after:</p>
        <ul>
          <For each={props.records}>
            {(record) => (
              <li>
                <Show when={recordHref(record.id)} fallback={record.title}>
                  {(href) => (
                    <a class="link" href={href()} target="_blank" rel="noreferrer">
                      {record.title}
                    </a>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

function Backups(props: {
  readonly person: PersonData;
  readonly isChosen: boolean;
  readonly onChange: (isOn: boolean) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const isOwner = () => workspace.me().role === 'owner';
  return (
    <>
      <p class="fg-2">
        {backupsInWords(props.person.backups)} Copies that were taken elsewhere, exports and e-mails are not reached.
      </p>
      <Show when={props.person.backups.count > 0}>
        <Show when={isOwner()} fallback={<p class="fg-3">An owner can delete them in the same step.</p>}>
          <Checkbox
            label="Make a new backup and delete all from before, now"
            hint="There is no going back to an earlier day after that, for anything."
            checked={props.isChosen}
            onChange={props.onChange}
          />
        </Show>
      </Show>
    </>
  );
}

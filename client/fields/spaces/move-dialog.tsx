/** Moving a record to another space, with what belongs to it. Who is not in that space loses sight of it at once. */
import { createMemo, createSignal, type JSX } from 'solid-js';
import { entities, isEntityName, recordTitle } from '../../../shared/entities/registry.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { TEAM_SPACE } from '../../../shared/sync/room-names.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { useToaster } from '../../ui/toaster.tsx';
import { formatPlural } from '../format.ts';
import { linkedRecords } from './linked-records.ts';
import { moveToSpace } from './space-api.ts';
import { spaceName, TEAM_NAME } from './space-words.ts';

export function MoveDialog(props: { readonly record: AnyRecord; readonly onClose: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const toaster = useToaster();
  const here = createMemo(() => workspace.spaces.of(props.record.id));
  const options = createMemo(() =>
    [
      { value: TEAM_SPACE, label: TEAM_NAME },
      ...workspace.spaces.list().map(({ id, name }) => ({ value: id, label: name })),
    ].filter(({ value }) => value !== here()),
  );
  const [chosen, setChosen] = createSignal<string>();
  const to = () => chosen() ?? options()[0]?.value ?? TEAM_SPACE;
  const [withLinked, setWithLinked] = createSignal(true);
  const [refused, setRefused] = createSignal('');
  const [isBusy, setBusy] = createSignal(false);
  // Read once: the dialog is open for seconds.
  const linked = createMemo(() => linkedRecords(workspace, props.record.id));
  /** What was merged into it must stay with it, or it would be a record of its own again. */
  const merged = () => workspace.merges().mergedFrom(props.record.id);
  const title = () => recordTitle(entities, props.record);
  const noun = () => (isEntityName(props.record.entity) ? entities[props.record.entity].label.toLowerCase() : 'record');
  const isWaiting = () => workspace.isWaiting(props.record.id);

  async function move(): Promise<void> {
    if (isBusy()) return;
    if (isWaiting()) {
      setRefused('This record has changes that are not with the server yet. Try again in a moment.');
      return;
    }
    setBusy(true);
    const target = to();
    const answer = await moveToSpace(target, [props.record.id, ...merged(), ...(withLinked() ? linked() : [])]);
    setBusy(false);
    if (!answer.ok) setRefused(answer.message);
    else if (!answer.value.includes(props.record.id)) {
      setRefused('The server did not find this record among those you may move. Nothing was changed.');
    } else {
      toaster?.show({ text: `${title()} moved to ${spaceName(workspace, target)}` });
      props.onClose();
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={`Move ${title()}`}
      description={
        to() === TEAM_SPACE
          ? `Everybody of the workspace will see this ${noun()} and its history.`
          : `Only members of ${spaceName(workspace, to())} will see this ${noun()} and its history. It leaves everybody else’s devices.`
      }
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button variant="primary" aria-disabled={isBusy() || undefined} onClick={() => void move()}>
            Move
          </Button>
        </>
      }
    >
      <Select label="Space" options={options()} value={to()} error={refused()} onChange={setChosen} />
      <Checkbox
        label="Move what belongs to it"
        hint={
          linked().length === 0
            ? 'Nothing is written about it yet.'
            : `${formatPlural(linked().length, 'entry', 'entries')} of timeline, tasks, comments and files.`
        }
        checked={withLinked()}
        onChange={setWithLinked}
      />
    </Dialog>
  );
}

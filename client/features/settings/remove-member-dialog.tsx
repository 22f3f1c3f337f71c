/** Taking somebody off the team: what they had in hand goes to somebody, and everybody knows what happens to the rest. */
import { createMemo, createSignal, type JSX, untrack } from 'solid-js';
import { statusOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatPlural } from '../../fields/format.ts';
import { MemberAvatar } from '../../fields/person.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { Select, type SelectOption } from '../../ui/select.tsx';
import type { MemberRow } from './members-model.ts';
import { removePerson } from './team-api.ts';

const NOBODY = 'nobody';

export function RemoveMemberDialog(props: {
  readonly person: MemberRow;
  /** Who can take over. */
  readonly others: readonly MemberRow[];
  readonly isMe: boolean;
  readonly onRemoved: (sentence: string) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const [heir, setHeir] = createSignal(untrack(() => props.others[0]?.id) ?? NOBODY);
  const [refused, setRefused] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);

  const work = createMemo(() => {
    const { id } = props.person;
    let deals = 0;
    let tasks = 0;
    for (const deal of workspace.collection('deal').each()) {
      if (deal.owner === id && statusOf(workspace.collection('stage').peek(deal.place[1])) === 'open') deals++;
    }
    for (const task of workspace.collection('task').each()) if (task.owner === id && task.doneAt === null) tasks++;
    return { deals, tasks };
  });
  const workText = () =>
    [
      work().deals > 0 ? formatPlural(work().deals, 'open deal', 'open deals') : '',
      work().tasks > 0 ? formatPlural(work().tasks, 'open task', 'open tasks') : '',
    ]
      .filter(Boolean)
      .join(' and ');
  const options = (): readonly SelectOption[] => [
    ...props.others.map(({ id, name }) => ({
      value: id,
      label: name,
      lead: () => <MemberAvatar memberId={id} size={18} decorative />,
    })),
    { value: NOBODY, label: 'Nobody for now' },
  ];

  async function remove(): Promise<void> {
    const userId = props.person.account?.userId;
    if (userId === undefined || isBusy()) return;
    setBusy(true);
    const answer = await removePerson(userId, heir() === NOBODY ? null : heir());
    setBusy(false);
    if (answer.ok) props.onRemoved(`${props.person.name} was removed from the team`);
    else setRefused(answer.message);
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={props.isMe ? 'Leave the workspace' : `Remove ${props.person.name}`}
      description={
        props.isMe
          ? 'Your devices stop syncing at once, and the copy on each goes the next time it is online.'
          : 'Their devices stop syncing at once. The copy on each goes the next time it is online; changes that were not sent come to you for review.'
      }
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button variant="danger" aria-disabled={isBusy() || undefined} onClick={() => void remove()}>
            {props.isMe ? 'Leave' : 'Remove from the team'}
          </Button>
        </>
      }
    >
      <Select
        label={`Who takes over ${workText() || 'open deals and tasks'}`}
        hint="What is won, lost or done stays under the old name, and so does everything in the history."
        options={options()}
        value={heir()}
        onChange={setHeir}
      />
      <Refusal text={refused()} />
    </Dialog>
  );
}

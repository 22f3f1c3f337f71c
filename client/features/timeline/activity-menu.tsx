/** What can be done with an entry: correct, pin, show on other records, copy, delete. Each is one step of undo. */
import Link from 'lucide-solid/icons/link';
import Pencil from 'lucide-solid/icons/pencil';
import Pin from 'lucide-solid/icons/pin';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, type JSX, Show } from 'solid-js';
import { linkActivity, pinActivities } from '../../../shared/commands/activity-commands.ts';
import { deleteRecords } from '../../../shared/commands/record-commands.ts';
import { ACTIVITY_KINDS, type Activity, activity, activityKind, SUBJECTS } from '../../../shared/entities/activity.ts';
import { dayOfInstant } from '../../../shared/model/day.ts';
import { docOfText, type RichDoc } from '../../../shared/model/rich-text.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { RecordPicker } from '../../fields/record-picker.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { MenuItem } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { useToaster } from '../../ui/toaster.tsx';
import { textItems } from './text-menu.tsx';

export function ActivityMenu(props: {
  readonly activity: Activity;
  readonly doc: RichDoc | null;
  readonly onEdit: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const toaster = useToaster();
  const [linking, setLinking] = createSignal(false);
  const noun = () => ACTIVITY_KINDS[activityKind(props.activity)];
  const doc = () => props.doc ?? docOfText(props.activity.body);
  const say = (sentence: string | undefined) => sentence && toaster?.show({ tone: 'failed', text: sentence });
  function togglePin(): void {
    const { id, pinned } = props.activity;
    const label = pinned ? `${noun()} no longer pinned` : `${noun()} pinned`;
    say(attempt(() => workspace.run(label, (tx) => pinActivities(tx, { ids: [id], pinned: !pinned }))));
  }
  function remove(): void {
    const { id } = props.activity;
    const label = `${noun()} deleted`;
    say(attempt(() => workspace.run(label, (tx) => deleteRecords(tx, { entity: activity, ids: [id] }))));
  }
  function toggleLink(id: string): void {
    const isOn = props.activity.about.includes(id);
    const change = { id: props.activity.id, ...(isOn ? { remove: [id] } : { add: [id] }) };
    say(attempt(() => workspace.run(isOn ? 'Link removed' : 'Link added', (tx) => linkActivity(tx, change))));
  }
  const items = (): readonly MenuItem[] => [
    ...(workspace.canWrite()
      ? [
          { label: 'Edit', icon: Pencil, onSelect: () => props.onEdit() },
          { label: props.activity.pinned ? 'Unpin' : 'Pin to the top', icon: Pin, onSelect: togglePin },
          { label: 'Show on other records', icon: Link, onSelect: () => setLinking(true) },
        ]
      : []),
    ...textItems(doc(), [noun(), dayOfInstant(props.activity.at ?? props.activity.createdAt)], toaster),
    ...(workspace.canWrite()
      ? [
          { kind: 'separator' } as const,
          { label: `Delete ${noun().toLowerCase()}`, icon: Trash, danger: true, onSelect: remove },
        ]
      : []),
  ];
  return (
    <>
      <MoreMenu class="tl__menu" size="xs" label={`More for this ${noun().toLowerCase()}`} items={items()} />
      <Show when={linking()}>
        <Dialog
          open
          onOpenChange={(open) => setLinking(open)}
          title="Show on other records"
          description="It appears in the timeline of each."
          width={420}
          actions={
            <Button variant="primary" onClick={() => setLinking(false)}>
              Done
            </Button>
          }
        >
          <RecordPicker
            label="People, companies and deals"
            target={SUBJECTS.join(',')}
            value={props.activity.about}
            onPick={(id) => {
              if (id !== null) toggleLink(id);
            }}
          />
        </Dialog>
      </Show>
    </>
  );
}

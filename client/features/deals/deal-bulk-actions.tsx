/** What can be done to the selected deals at once. Loaded late: nothing is selected in the first moment. */
import Columns from 'lucide-solid/icons/columns-3';
import Trash from 'lucide-solid/icons/trash';
import UserRound from 'lucide-solid/icons/user';
import X from 'lucide-solid/icons/x';
import { type JSX, Show } from 'solid-js';
import { stagesOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { StageSign } from '../../fields/field-value.tsx';
import { MemberAvatar } from '../../fields/person.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import type { BulkProps } from './deal-bulk-bar.tsx';

export function DealBulkActions(props: BulkProps): JSX.Element {
  const workspace = useWorkspace();
  const owners = (): readonly MenuItem[] => [
    ...workspace
      .collection('member')
      .all()
      .map((member) => ({
        label: member.name,
        lead: () => <MemberAvatar memberId={member.id} decorative />,
        onSelect: () => void props.actions.edit(props.ids, { owner: member.id }, 'Owner'),
      })),
    { kind: 'separator' },
    { label: 'No owner', onSelect: () => void props.actions.edit(props.ids, { owner: null }, 'Owner') },
  ];
  const stages = (): readonly MenuItem[] =>
    stagesOf(workspace.collection('stage').all(), props.scope.pipelineId).map((stage) => ({
      label: stage.name,
      lead: () => <StageSign stageId={stage.id} />,
      onSelect: () =>
        stage.type === 'lost' ? props.onLose(props.ids) : props.actions.moveToStage(props.ids, stage.id),
    }));
  return (
    <div class="bulkbar" role="toolbar" aria-label={`${props.ids.length} selected deals`}>
      <span class="bulkbar__count">{props.ids.length} selected</span>
      <Show when={workspace.canWrite()}>
        <BulkMenu label="Owner" icon={<UserRound />} items={owners()} />
        <BulkMenu label="Stage" icon={<Columns />} items={stages()} />
        <button
          type="button"
          class="bulkbar__btn"
          onClick={() => {
            const ids = props.ids;
            props.onClear();
            props.actions.remove(ids);
          }}
        >
          <Trash />
          Delete
        </button>
      </Show>
      <span class="bulkbar__sep" aria-hidden="true" />
      <button type="button" class="bulkbar__btn" aria-label="Clear selection" onClick={() => props.onClear()}>
        <X />
        <Kbd keys="Escape" />
      </button>
    </div>
  );
}

function BulkMenu(props: {
  readonly label: string;
  readonly icon: JSX.Element;
  readonly items: readonly MenuItem[];
}): JSX.Element {
  return (
    <Menu
      items={props.items}
      placement="top-start"
      trigger={(trigger) => (
        <button type="button" {...trigger} class="bulkbar__btn">
          {props.icon}
          {props.label}
        </button>
      )}
    />
  );
}

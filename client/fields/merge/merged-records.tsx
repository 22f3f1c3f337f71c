/** What was merged into a record, on its page: each can be taken out again, whenever. */
import './merge.css';
import { For, type JSX, Show } from 'solid-js';
import { unmergeRecords } from '../../../shared/commands/merge-commands.ts';
import { isMergeable, MERGEABLE } from '../../../shared/entities/mergeable.ts';
import { entities, recordTitle } from '../../../shared/entities/registry.ts';
import { dayOfInstant } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import type { AnyField } from '../../../shared/model/field.ts';
import { splitPath } from '../../../shared/sync/record-keys.ts';
import { stampTime } from '../../../shared/sync/stamp.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { formatDay } from '../format.ts';
import { attempt } from '../record-edit.ts';
import { RecordSection } from '../record-panels.tsx';
import { currentDay } from '../reference.ts';

export function MergedRecords(props: { readonly record: AnyRecord }): JSX.Element {
  const workspace = useWorkspace();
  const ids = () => workspace.merges().mergedFrom(props.record.id);
  const canEdit = () => workspace.canWrite() && !props.record.deleted;
  return (
    <Show when={ids().length > 0}>
      <RecordSection title="Merged from" count={ids().length}>
        <ul>
          <For each={ids()}>{(id) => <MergedLine record={props.record} id={id} canEdit={canEdit()} />}</For>
        </ul>
      </RecordSection>
    </Show>
  );
}

function MergedLine(props: {
  readonly record: AnyRecord;
  readonly id: string;
  readonly canEdit: boolean;
}): JSX.Element {
  const workspace = useWorkspace();
  const merged = () => {
    // Nothing but its merge changes while it is merged; what stands for it is told of that.
    workspace.merges();
    return isMergeable(props.record.entity)
      ? (workspace.collection(props.record.entity).peek(props.id) as AnyRecord | undefined)
      : undefined;
  };
  const title = () => {
    const record = merged();
    return record ? recordTitle(entities, record) : '';
  };
  const when = () => {
    const edit = workspace.newestEdits(props.id).find(({ path }) => path === 'mergedInto');
    if (!edit) return '';
    const day = formatDay(dayOfInstant(stampTime(edit.stamp)), currentDay());
    const by = edit.by ? workspace.collection('member').byIdInTrash(edit.by)?.name : undefined;
    return by ? `${day}, ${by}` : day;
  };
  /** What it says about itself and the other does not: a brief is not put together with another. */
  const about = () => {
    const own = merged()?.about;
    const shown = props.record.about;
    return typeof own === 'string' && typeof shown === 'string' && !shown.includes(own) ? own : '';
  };
  /** Elements that came with the merge, and that nobody has written since: they carry its stamp. */
  function broughtPaths(): readonly string[] {
    const stamp = workspace.newestEdits(props.id).find(({ path }) => path === 'mergedInto')?.stamp;
    const own = merged();
    if (stamp === undefined || !own || !isMergeable(own.entity)) return [];
    const fields: Readonly<Record<string, AnyField>> = MERGEABLE[own.entity].fields;
    return workspace
      .newestEdits(props.record.id)
      .filter((edit) => edit.stamp === stamp && edit.value !== null)
      .map(({ path }) => path)
      .filter((path) => {
        const { field, element } = splitPath(path);
        const shape = fields[field]?.elements;
        return shape && (own[field] as readonly unknown[]).some((each) => shape.key(each) === element);
      });
  }
  function unmerge(): void {
    const { entity } = props.record;
    if (!isMergeable(entity)) return;
    const label = `${title()} taken out of ${recordTitle(entities, props.record)}`;
    const unmerging = { entity, ids: [props.id], brought: { to: props.record.id, paths: broughtPaths() } };
    attempt(() => workspace.run(label, (tx) => unmergeRecords(tx, unmerging)));
  }
  return (
    <li>
      <div class="minirow">
        <Show when={props.record.entity === 'company'} fallback={<Avatar name={title()} tone="contact" decorative />}>
          <Mark name={title()} size={20} />
        </Show>
        <span class="merge__from grow">
          <span class="truncate" title={title()}>
            {title()}
          </span>
          <span class="meta truncate">{when()}</span>
        </span>
        <Show when={props.canEdit}>
          <Button size="sm" variant="quiet" aria-label={`Unmerge ${title()}`} onClick={unmerge}>
            Unmerge
          </Button>
        </Show>
      </div>
      <Show when={about()}>{(text) => <p class="merge__about fg-2">{text()}</p>}</Show>
    </li>
  );
}

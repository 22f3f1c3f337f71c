/** The star of a record: each person's own, and what they starred. */
import Star from 'lucide-solid/icons/star';
import { createMemo, type JSX, Show } from 'solid-js';
import { starRecord } from '../../shared/commands/star-commands.ts';
import { entities, isEntityName, recordTitle } from '../../shared/entities/registry.ts';
import { starIdFor } from '../../shared/entities/star.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { compareSortKeys, textSortKey } from '../../shared/model/text-order.ts';
import { useWorkspace, type Workspace } from '../data/workspace.ts';
import { IconButton } from '../ui/icon-button.tsx';

/** Whether the person who looks has starred a record; tracks. */
export function isStarred(workspace: Workspace, id: string): boolean {
  const { memberId } = workspace.me();
  const stars = workspace.collection('star');
  return [id, ...workspace.merges().mergedFrom(id)].some((each) => stars.byId(starIdFor(memberId, each)) !== undefined);
}

export function toggleStar(workspace: Workspace, record: AnyRecord): void {
  const starred = !isStarred(workspace, record.id);
  const title = recordTitle(entities, record);
  workspace.run(starred ? `${title} starred` : `Star of ${title} taken away`, (tx) =>
    starRecord(tx, { id: record.id, starred }),
  );
}

export function StarButton(props: { readonly record: AnyRecord }): JSX.Element {
  const workspace = useWorkspace();
  const starred = () => isStarred(workspace, props.record.id);
  return (
    <Show when={workspace.canWrite()}>
      <IconButton
        size="sm"
        icon={Star}
        label={starred() ? 'Remove from starred' : 'Add to starred'}
        class={starred() ? 'is-fav' : ''}
        aria-pressed={starred()}
        onClick={() => toggleStar(workspace, props.record)}
      />
    </Show>
  );
}

/** What the person who looks has starred and is still there, by name. */
export function createStarredIds(): () => readonly string[] {
  const workspace = useWorkspace();
  const stars = workspace.createQuery('star', () => {
    const { memberId } = workspace.me();
    return { where: (star) => star.owner === memberId };
  });
  const ids = createMemo(() => {
    const { survivorOf } = workspace.merges();
    const starred = stars.ids().map((each) => survivorOf(workspace.collection('star').byId(each)?.records[0] ?? ''));
    const found = [...new Set(starred)].flatMap((id) => {
      const name = entityNameOf(id);
      const record = isEntityName(name) ? (workspace.collection(name).byId(id) as AnyRecord | undefined) : undefined;
      return record ? [{ id, key: textSortKey(recordTitle(entities, record)) }] : [];
    });
    return found.sort((left, right) => compareSortKeys(left.key, right.key)).map(({ id }) => id);
  });
  return ids;
}

/**
 * The top of a record's page: where one is, the star, the way to the neighbours in the list one came from (J and K),
 * and the menu of what else can be done with it.
 */
import './record-page.css';
import { useLocation, useNavigate } from '@solidjs/router';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import FolderInput from 'lucide-solid/icons/folder-input';
import Link from 'lucide-solid/icons/link';
import Merge from 'lucide-solid/icons/merge';
import Star from 'lucide-solid/icons/star';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { isMergeable } from '../../shared/entities/mergeable.ts';
import { type EntityName, entities } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { useWorkspace } from '../data/workspace.ts';
import { copyText } from '../platform/clipboard.ts';
import { createHotkeys } from '../platform/hotkeys.ts';
import { Breadcrumbs, type BreadcrumbsProps } from '../ui/breadcrumbs.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { lateComponent } from '../ui/late.tsx';
import type { MenuItem } from '../ui/menu.tsx';
import { MoreMenu } from '../ui/more-menu.tsx';
import { useToaster } from '../ui/toaster.tsx';
import { formatCount } from './format.ts';
import { placeInTrail, readTrail } from './list-trail.ts';
import { PresenceStack } from './presence.tsx';
import { trashRecords } from './record-edit.ts';
import { useRecordParts } from './record-parts.ts';
import { isStarred, StarButton, toggleStar } from './record-star.tsx';
import { recordHref } from './reference.ts';

const SpaceTag = lateComponent(() => import('./spaces/space-tag.tsx').then((module) => module.SpaceTag));
const MergeDialog = lateComponent(() => import('./merge/merge-dialog.tsx').then((module) => module.MergeDialog));
const MoveDialog = lateComponent(() => import('./spaces/move-dialog.tsx').then((module) => module.MoveDialog));

export interface RecordTopbarProps {
  readonly entity: EntityName;
  readonly id: string;
  readonly title: string;
  /** The list it belongs to; the one somebody came from, with its filters, is gone back to instead. */
  readonly list: { readonly label: string; readonly href: string };
  /** What stands between the list and the record: a parent company. */
  readonly between?: BreadcrumbsProps['items'];
  /** Undefined while there is none to act on. */
  readonly record: AnyRecord | undefined;
  /** Buttons before the menu. */
  readonly children?: JSX.Element;
  /** Rows at the top of the menu, for those who may write; dangerous ones go to its end. */
  readonly menu?: readonly MenuItem[];
}

export function RecordTopbar(props: RecordTopbarProps): JSX.Element {
  const workspace = useWorkspace();
  const parts = useRecordParts();
  const toaster = useToaster();
  const location = useLocation();
  const neighbours = createNeighbours(() => props.id);
  const [isMoving, setMoving] = createSignal(false);
  const [isMerging, setMerging] = createSignal(false);
  const noun = () => entities[props.entity].label.toLowerCase();
  const back = () => readTrail(location.state)?.from ?? props.list.href;

  async function copyLink(): Promise<void> {
    const done = await copyText(new URL(recordHref(props.id) ?? '', window.location.href).href);
    toaster?.show(
      done
        ? { text: `Link to ${props.title} copied` }
        : { tone: 'failed', text: 'The browser did not let the link be copied. It is in the address bar.' },
    );
  }
  const items = (record: AnyRecord): readonly MenuItem[] => {
    const canEdit = workspace.canWrite() && !record.deleted;
    const given = canEdit ? (props.menu ?? []) : [];
    const isGrave = (item: MenuItem) => 'danger' in item && item.danger === true;
    const own = given.filter((item) => !isGrave(item));
    return [
      ...own,
      ...(own.length > 0 ? [{ kind: 'separator' } as const] : []),
      ...(workspace.canWrite()
        ? [
            {
              label: isStarred(workspace, record.id) ? 'Remove from starred' : 'Add to starred',
              icon: Star,
              onSelect: () => toggleStar(workspace, record),
            },
          ]
        : []),
      ...(canEdit && isMergeable(props.entity)
        ? [{ label: `Merge with another ${noun()}`, icon: Merge, onSelect: () => setMerging(true) }]
        : []),
      ...(canEdit && workspace.spaces.list().length > 0
        ? [{ label: 'Move to another space', icon: FolderInput, onSelect: () => setMoving(true) }]
        : []),
      { label: 'Copy link', icon: Link, onSelect: () => void copyLink() },
      ...neighbours.menu(noun()),
      ...(canEdit
        ? [
            { kind: 'separator' } as const,
            {
              label: `Delete ${noun()}`,
              icon: Trash,
              danger: true,
              onSelect: () => trashRecords(workspace, props.entity, [record.id]),
            },
            ...given.filter(isGrave),
          ]
        : []),
    ];
  };
  return (
    <header class="topbar recordbar">
      <a class="iconbtn recordbar__back" href={back()} aria-label={`Back to ${props.list.label}`}>
        <ChevronLeft class="lucide--lg" />
      </a>
      <Breadcrumbs
        items={[{ label: props.list.label, href: back() }, ...(props.between ?? []), { label: props.title }]}
      />
      <span class="recordbar__star">
        <Show when={props.record}>{(record) => <StarButton record={record()} />}</Show>
      </span>
      <SpaceTag recordId={props.id} />
      <div class="push row">
        <PresenceStack />
        <Show when={neighbours.place()}>
          {(at) => (
            <span class="row row--4 recordbar__neighbours">
              <span class="meta">
                {formatCount(at().position)} of {formatCount(at().total)}
              </span>
              <IconButton
                size="sm"
                icon={ChevronUp}
                label={`Previous ${noun()}`}
                keys="K"
                disabled={at().previous === undefined}
                onClick={() => neighbours.go(at().previous)}
              />
              <IconButton
                size="sm"
                icon={ChevronDown}
                label={`Next ${noun()}`}
                keys="J"
                disabled={at().next === undefined}
                onClick={() => neighbours.go(at().next)}
              />
            </span>
          )}
        </Show>
        <Show when={props.record}>
          {(record) => <Show when={parts.topbar}>{(part) => <Dynamic component={part()} record={record()} />}</Show>}
        </Show>
        {props.children}
        <Show when={isMerging()}>
          <MergeDialog entity={props.entity} ids={[props.id]} onClose={() => setMerging(false)} />
        </Show>
        <Show when={isMoving() && props.record}>
          {(record) => <MoveDialog record={record()} onClose={() => setMoving(false)} />}
        </Show>
        <Show when={props.record}>{(record) => <MoreMenu label="More" items={items(record())} />}</Show>
      </div>
    </header>
  );
}

/** The records beside this one in the list somebody came from, by J and K. */
function createNeighbours(id: () => string) {
  const navigate = useNavigate();
  const location = useLocation();
  const place = () => placeInTrail(readTrail(location.state), id());
  function go(to: string | undefined): void {
    const href = to === undefined ? undefined : recordHref(to);
    if (href) navigate(href, { state: location.state ?? undefined, replace: true });
  }
  createHotkeys(() => ({ J: () => go(place()?.next), K: () => go(place()?.previous) }));
  /** For phones, where the bar has no room for the buttons. */
  function menu(noun: string): readonly MenuItem[] {
    const at = place();
    if (!at) return [];
    return [
      {
        label: `Next ${noun}`,
        icon: ChevronDown,
        keys: 'J',
        disabled: at.next === undefined,
        onSelect: () => go(at.next),
      },
      {
        label: `Previous ${noun}`,
        icon: ChevronUp,
        keys: 'K',
        disabled: at.previous === undefined,
        onSelect: () => go(at.previous),
      },
    ];
  }
  return { place, go, menu };
}

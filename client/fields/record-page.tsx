/**
 * The page of a record: the bar at the top, then its three panels. Says calmly when there is no such record and when it is
 * in the trash; the address of a merged record leads to the one that stands for it.
 */
import './fields.css';
import './record-page.css';
import { Navigate, useParams } from '@solidjs/router';
import SearchX from 'lucide-solid/icons/search-x';
import Trash from 'lucide-solid/icons/trash';
import { createMemo, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { type EntityName, entities, type RecordNamed, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { useWorkspace } from '../data/workspace.ts';
import { Banner } from '../ui/banner.tsx';
import type { BreadcrumbsProps } from '../ui/breadcrumbs.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { MenuItem } from '../ui/menu.tsx';
import { untrashRecords } from './record-edit.ts';
import { RecordPanels, type RecordPanelsProps } from './record-panels.tsx';
import { useRecordParts } from './record-parts.ts';
import { RecordTopbar } from './record-topbar.tsx';
import { recordHref } from './reference.ts';
import { createSidePanel, SidePanelProvider, useSidePanel } from './side-panel.ts';

/**
 * What is on the page of one record. Made anew for each: what was open or half typed belongs to the one before. The
 * record is read where it is used, so that the page follows its changes.
 */
export interface RecordView {
  readonly panels: RecordPanelsProps;
  readonly between?: () => BreadcrumbsProps['items'];
  readonly menu?: () => readonly MenuItem[];
  /** In the bar at the top, before the menu. */
  readonly actions?: () => JSX.Element;
  /** Under the bar: that a deal was lost. */
  readonly banner?: () => JSX.Element;
  /** Where the list is, when it is not the entity's own. */
  readonly list?: () => { readonly label: string; readonly href: string };
}

export interface RecordPageProps<N extends EntityName> {
  readonly entity: N;
  /** `/contacts`. */
  readonly listHref: string;
  readonly view: (record: () => RecordNamed<N>) => RecordView;
}

/** The page of the record whose id is in the address. */
export function RecordPage<N extends EntityName>(props: RecordPageProps<N>): JSX.Element {
  const workspace = useWorkspace();
  const params = useParams<{ id: string }>();
  /** The page is made anew only when this changes. `isMoved`: the record of this address was merged into it. */
  const shown = createMemo(
    () => {
      const id: string | undefined = workspace.collection(props.entity).byIdInTrash(params.id)?.id;
      return id === undefined ? undefined : { id, isMoved: id !== params.id };
    },
    undefined,
    { equals: (before, after) => before?.id === after?.id && before?.isMoved === after?.isMoved },
  );
  return (
    <SidePanelProvider value={createSidePanel()}>
      <Show when={shown()} keyed fallback={<NoRecord page={props} />}>
        {(found) =>
          found.isMoved ? (
            <Navigate href={recordHref(found.id) ?? props.listHref} />
          ) : (
            <ShownRecord page={props} id={found.id} />
          )
        }
      </Show>
    </SidePanelProvider>
  );
}

function ShownRecord<N extends EntityName>(props: {
  readonly page: RecordPageProps<N>;
  readonly id: string;
}): JSX.Element {
  const workspace = useWorkspace();
  const parts = useRecordParts();
  const side = useSidePanel();
  // The last one seen stays while the page is being left: parts of it may ask once more.
  let last: RecordNamed<N> | undefined;
  const record = (): RecordNamed<N> => {
    last = workspace.collection(props.page.entity).byIdInTrash(props.id) ?? last;
    return last as RecordNamed<N>;
  };
  const any = () => record() as unknown as AnyRecord;
  // oxlint-disable-next-line solid/reactivity -- made once for each record.
  const view = props.page.view(record);
  const entity = () => entities[props.page.entity];
  return (
    <>
      <RecordTopbar
        entity={props.page.entity}
        id={props.id}
        title={recordTitle(entities, any())}
        record={any()}
        list={view.list?.() ?? { label: entity().plural, href: props.page.listHref }}
        between={view.between?.()}
        menu={view.menu?.()}
      >
        {view.actions?.()}
      </RecordTopbar>
      <Show when={any().deleted}>
        <Banner
          tone="warning"
          icon={Trash}
          actions={
            <Show when={workspace.canWrite()}>
              <Button size="sm" onClick={() => untrashRecords(workspace, props.page.entity, [props.id])}>
                Restore
              </Button>
            </Show>
          }
        >
          This {entity().label.toLowerCase()} is in the trash. Everything about it is kept.
        </Banner>
      </Show>
      {view.banner?.()}
      <div class="recordframe">
        <RecordPanels {...view.panels} />
        <Show when={side.isOpen() && parts.side}>{(part) => <Dynamic component={part()} record={any()} />}</Show>
      </div>
    </>
  );
}

function NoRecord<N extends EntityName>(props: { readonly page: RecordPageProps<N> }): JSX.Element {
  const params = useParams<{ id: string }>();
  const workspace = useWorkspace();
  const entity = () => entities[props.page.entity];
  const noun = () => entity().label.toLowerCase();
  return (
    <>
      <RecordTopbar
        entity={props.page.entity}
        id={params.id}
        title={entity().label}
        record={undefined}
        list={{ label: entity().plural, href: props.page.listHref }}
      />
      <Show when={workspace.isLoaded(entity().room)}>
        <EmptyState
          icon={SearchX}
          title={`No ${noun()} here`}
          text="The link may be incomplete, or it leads to another workspace."
          action={
            <a class="btn" href={props.page.listHref}>
              All {entity().plural.toLowerCase()}
            </a>
          }
        />
      </Show>
    </>
  );
}

/**
 * The frame of a record's page: where one is and the way to the neighbours in the list, who or what it is, its
 * properties, what happened, what is related. Three panels side by side; fewer beside each other on narrow screens,
 * the rest then behind tabs. Says calmly when there is no such record or when it is in the trash.
 */
import './fields.css';
import './record-page.css';
import { useLocation, useNavigate } from '@solidjs/router';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import SearchX from 'lucide-solid/icons/search-x';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { type EntityName, entities, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { useWorkspace } from '../data/workspace.ts';
import { createHotkeys } from '../platform/hotkeys.ts';
import { Banner } from '../ui/banner.tsx';
import { Breadcrumbs } from '../ui/breadcrumbs.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { formatCount } from './format.ts';
import { placeInTrail, readTrail } from './list-trail.ts';
import { RecordLink } from './person.tsx';
import { trashRecords, untrashRecords } from './record-edit.ts';
import { recordHref } from './reference.ts';

export interface RecordPageProps {
  readonly entity: EntityName;
  readonly id: string;
  /** The list it belongs to: `/contacts`. */
  readonly listHref: string;
  /** Avatar, name, company, quick buttons. Parts are made once and read the record as it changes. */
  readonly head: (record: () => AnyRecord) => JSX.Element;
  readonly properties: (record: () => AnyRecord) => JSX.Element;
  readonly main: (record: () => AnyRecord) => JSX.Element;
  readonly related: (record: () => AnyRecord) => JSX.Element;
  /** More rows for the menu of further actions. */
  readonly menu?: (record: AnyRecord) => readonly MenuItem[];
}

type Part = 'main' | 'properties' | 'related';

export function RecordPage(props: RecordPageProps): JSX.Element {
  const workspace = useWorkspace();
  const entity = () => entities[props.entity];
  const record = () => workspace.collection(props.entity).byIdInTrash(props.id) as unknown as AnyRecord | undefined;
  const title = () => {
    const found = record();
    return found ? recordTitle(entities, found) : entity().label;
  };
  return (
    <>
      <RecordTopbar page={props} title={title()} record={record()} />
      <Switch>
        <Match when={record()?.mergedInto}>
          {(target) => (
            <EmptyState
              title={`${title()} was merged`}
              text={`This ${entity().label.toLowerCase()} was merged with another one. Everything is kept there.`}
              action={
                <RecordLink id={target()} class="btn">
                  Open it
                </RecordLink>
              }
            />
          )}
        </Match>
        <Match when={record()}>{(found) => <RecordBody page={props} record={found()} />}</Match>
        <Match when={workspace.isLoaded(entity().room)}>
          <EmptyState
            icon={SearchX}
            title={`No ${entity().label.toLowerCase()} here`}
            text="The link may be incomplete, or it leads to another workspace."
            action={
              <a class="btn" href={props.listHref}>
                All {entity().plural.toLowerCase()}
              </a>
            }
          />
        </Match>
      </Switch>
    </>
  );
}

function RecordTopbar(props: {
  readonly page: RecordPageProps;
  readonly title: string;
  readonly record: AnyRecord | undefined;
}): JSX.Element {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const location = useLocation();
  const place = () => placeInTrail(readTrail(location.state), props.page.id);
  const plural = () => entities[props.page.entity].plural;
  const noun = () => entities[props.page.entity].label.toLowerCase();
  function go(id: string | undefined): void {
    const href = id === undefined ? undefined : recordHref(id);
    if (href) navigate(href, { state: location.state ?? undefined, replace: true });
  }
  createHotkeys(() => ({ J: () => go(place()?.next), K: () => go(place()?.previous) }));
  const items = (record: AnyRecord): readonly MenuItem[] => {
    const more = props.page.menu?.(record) ?? [];
    const remove: MenuItem = {
      label: `Delete ${noun()}`,
      icon: Trash,
      danger: true,
      onSelect: () => trashRecords(workspace, props.page.entity, [record.id]),
    };
    return more.length > 0 ? [...more, { kind: 'separator' }, remove] : [remove];
  };
  return (
    <header class="topbar recordbar">
      <a class="iconbtn recordbar__back" href={props.page.listHref} aria-label={`Back to ${plural()}`}>
        <ChevronLeft class="lucide--lg" />
      </a>
      <Breadcrumbs items={[{ label: plural(), href: props.page.listHref }, { label: props.title }]} />
      <div class="push row">
        <Show when={place()}>
          {(at) => (
            <span class="row row--4">
              <span class="meta">
                {formatCount(at().position)} of {formatCount(at().total)}
              </span>
              <IconButton
                size="sm"
                icon={ChevronUp}
                label={`Previous ${noun()}`}
                keys="K"
                disabled={at().previous === undefined}
                onClick={() => go(at().previous)}
              />
              <IconButton
                size="sm"
                icon={ChevronDown}
                label={`Next ${noun()}`}
                keys="J"
                disabled={at().next === undefined}
                onClick={() => go(at().next)}
              />
            </span>
          )}
        </Show>
        <Show when={workspace.canWrite() && props.record && !props.record.deleted ? props.record : undefined}>
          {(record) => (
            <Menu
              placement="bottom-end"
              items={items(record())}
              trigger={(trigger) => <IconButton {...trigger} icon={Ellipsis} label="More" />}
            />
          )}
        </Show>
      </div>
    </header>
  );
}

function RecordBody(props: { readonly page: RecordPageProps; readonly record: AnyRecord }): JSX.Element {
  const workspace = useWorkspace();
  const [part, setPart] = createSignal<Part>('main');
  const label = () => entities[props.page.entity].label;
  return (
    <>
      <Show when={props.record.deleted}>
        <Banner
          tone="warning"
          icon={Trash}
          actions={
            <Show when={workspace.canWrite()}>
              <Button size="sm" onClick={() => untrashRecords(workspace, props.page.entity, [props.record.id])}>
                Restore
              </Button>
            </Show>
          }
        >
          This {label().toLowerCase()} is in the trash. Everything about it is kept.
        </Banner>
      </Show>
      <div class="recordpage" data-part={part()}>
        <div class="recordpage__side">
          <header class="idcard">{props.page.head(() => props.record)}</header>
          <div class="recordpage__tabs">
            <Tabs<Part>
              label="Sections"
              tabs={[
                { id: 'main', label: 'Activity' },
                { id: 'properties', label: 'Details' },
                { id: 'related', label: 'Related' },
              ]}
              selected={part()}
              onSelect={setPart}
            />
          </div>
          <section class="recordpage__properties" aria-label="Properties">
            {props.page.properties(() => props.record)}
          </section>
        </div>
        <section class="recordpage__main" aria-label="Activity">
          {props.page.main(() => props.record)}
        </section>
        <section class="recordpage__related" aria-label="Related records">
          {props.page.related(() => props.record)}
        </section>
      </div>
    </>
  );
}

/** A titled group of properties or related records. */
export function RecordSection(props: {
  readonly title: string;
  readonly count?: number;
  /** Quiet words at the right end of the heading. */
  readonly aside?: JSX.Element;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <section class="section">
      <div class="section__head">
        <h2>{props.title}</h2>
        <Show when={props.count}>{(count) => <span class="count">{formatCount(count())}</span>}</Show>
        <span class="push meta">{props.aside}</span>
      </div>
      {props.children}
    </section>
  );
}

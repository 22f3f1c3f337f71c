/** Composer and feed of a contact, company or deal. */
import './timeline.css';
import { useLocation } from '@solidjs/router';
import Search from 'lucide-solid/icons/search';
import X from 'lucide-solid/icons/x';
import { createEffect, createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { yearOfId } from '../../../shared/model/id.ts';
import {
  matchesFilter,
  matchesSearch,
  TIMELINE_FILTERS,
  type TimelineFilter,
  timelineRows,
} from '../../../shared/query/timeline.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { createToday } from '../../fields/create-today.ts';
import type { RecordPartProps } from '../../fields/record-parts.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { createMediaQuery } from '../../ui/media-query.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Composer } from './composer.tsx';
import { ComposerDock } from './composer-dock.tsx';
import { EarlierYears } from './earlier-years.tsx';
import { NextUp } from './next-up.tsx';
import { createTimeline } from './timeline-data.ts';
import { TimelineFeed } from './timeline-feed.tsx';

const FILTERS = Object.entries(TIMELINE_FILTERS).map(([value, label]) => ({ value: value as TimelineFilter, label }));

export function RecordTimeline(props: RecordPartProps): JSX.Element {
  const workspace = useWorkspace();
  const today = createToday();
  const location = useLocation();
  /** A notice leads to the entry that names somebody or has their comments, also in a year that was not asked for yet. */
  const target = () => /^#((?:activity|task|appointment)_[^/]+)/.exec(location.hash)?.[1];
  createEffect(() => {
    const year = yearOfId(target() ?? '');
    if (year !== null && workspace.earlierYears().includes(year)) void workspace.openTimeline(year);
  });
  const isNarrow = createMediaQuery('(max-width: 899.98px)');
  const [filter, setFilter] = createSignal<TimelineFilter>('all');
  const [search, setSearch] = createSignal<string>();
  const [editingId, setEditingId] = createSignal<string>();
  const entries = createTimeline(() => props.record, editingId);
  const rows = createMemo(() => {
    const finds = matchesSearch(search() ?? '');
    return timelineRows(
      entries().filter((entry) => matchesFilter(entry, filter()) && finds(entry)),
      today(),
    );
  });
  const isFiltered = () => filter() !== 'all' || (search() ?? '').trim() !== '';
  function showAll(): void {
    setFilter('all');
    setSearch(undefined);
  }
  return (
    <>
      <Show when={workspace.canWrite() && !props.record.deleted}>
        <Composer record={props.record} />
      </Show>
      <div class="timeline">
        <h2 class="sr">What happened</h2>
        <div class="tlbar" role="toolbar" aria-label="Filter of the timeline">
          <div class="tlbar__kinds">
            <Segmented label="Kind" value={filter()} options={FILTERS} onChange={setFilter} />
          </div>
          <Show
            when={search() !== undefined}
            fallback={
              <IconButton
                size="sm"
                class="push"
                icon={Search}
                label="Search this timeline"
                onClick={() => setSearch('')}
              />
            }
          >
            <span class="tlbar__search push">
              <input
                class="input input--sm"
                type="search"
                aria-label="Search this timeline"
                placeholder="Words in this timeline"
                value={search() ?? ''}
                ref={(input) => queueMicrotask(() => input.focus())}
                onInput={(event) => setSearch(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key !== 'Escape') return;
                  event.stopPropagation();
                  setSearch(undefined);
                }}
              />
              <IconButton size="sm" icon={X} label="Close search" onClick={() => setSearch(undefined)} />
            </span>
          </Show>
        </div>
        <Show when={!isFiltered()}>
          <NextUp record={props.record} />
        </Show>
        <Show
          when={rows().length > 0}
          fallback={
            <Show when={isFiltered()} fallback={<p class="tl__empty">Nothing has happened here yet.</p>}>
              <p class="tl__empty">
                Nothing like this in this timeline.{' '}
                <Button size="sm" variant="quiet" onClick={showAll}>
                  Show all
                </Button>
              </p>
            </Show>
          }
        >
          {/* What scrolls is another element on narrow screens. */}
          <For each={[isNarrow()]}>
            {() => (
              <TimelineFeed
                rows={rows()}
                record={props.record}
                today={today()}
                editingId={editingId()}
                target={target()}
                onEdit={setEditingId}
              />
            )}
          </For>
        </Show>
        <EarlierYears />
      </div>
      <Show when={workspace.canWrite() && !props.record.deleted}>
        <ComposerDock />
      </Show>
    </>
  );
}

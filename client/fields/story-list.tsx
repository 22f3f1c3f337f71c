/** What happened around a record, as a quiet list under headings of time. */

import ArrowRight from 'lucide-solid/icons/arrow-right';
import CalendarDays from 'lucide-solid/icons/calendar-days';
import Columns from 'lucide-solid/icons/columns-3';
import Plus from 'lucide-solid/icons/plus';
import Sparkle from 'lucide-solid/icons/sparkle';
import Upload from 'lucide-solid/icons/upload';
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Deal } from '../../shared/entities/deal.ts';
import { entities, isEntityName } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { useWorkspace } from '../data/workspace.ts';
import { Button } from '../ui/button.tsx';
import type { Icon } from '../ui/icon.ts';
import { StageSign } from './field-value.tsx';
import { formatDay, formatTime } from './format.ts';
import { MemberName, RecordLink } from './person.tsx';
import { currentDay } from './reference.ts';
import { type StoryEvent, storyGroups, storyOf } from './story.ts';

const FIRST_SHOWN = 40;

const ICONS: Partial<Record<StoryEvent['kind'], Icon>> = {
  added: Plus,
  imported: Upload,
  sample: Sparkle,
  'first-contact': CalendarDays,
  opened: Columns,
};

export function StoryList(props: { readonly record: AnyRecord; readonly deals: readonly Deal[] }): JSX.Element {
  const workspace = useWorkspace();
  const [all, setAll] = createSignal(false);
  const story = createMemo(() =>
    storyOf(props.record, props.deals, (id) => workspace.collection('stage').byIdInTrash(id)),
  );
  const groups = createMemo(() => storyGroups(all() ? story() : story().slice(0, FIRST_SHOWN), currentDay()));
  const noun = () => (isEntityName(props.record.entity) ? entities[props.record.entity].label.toLowerCase() : 'record');
  return (
    <div class="timeline">
      <h2 class="sr">What happened</h2>
      <For each={groups()}>
        {(group) => (
          <section>
            <h3 class="tl__day">{group.heading}</h3>
            <ol>
              <For each={group.events}>{(event) => <StoryLine event={event} noun={noun()} />}</For>
            </ol>
          </section>
        )}
      </For>
      <Show when={!all() && story().length > FIRST_SHOWN}>
        <Button size="sm" onClick={() => setAll(true)}>
          Show {story().length - FIRST_SHOWN} earlier
        </Button>
      </Show>
    </div>
  );
}

function StoryLine(props: { readonly event: StoryEvent; readonly noun: string }): JSX.Element {
  const workspace = useWorkspace();
  const stage = () => workspace.collection('stage').byIdInTrash(props.event.stageId);
  const title = () => <RecordLink id={props.event.dealId ?? ''} class="fw-5 tl__deal" />;
  const who = () => (
    <Show when={props.event.by}>
      <strong>
        <MemberName memberId={props.event.by} short />
      </strong>
    </Show>
  );
  const when = () =>
    props.event.at === null || props.event.day !== currentDay()
      ? formatDay(props.event.day, currentDay())
      : formatTime(props.event.at);
  return (
    <li class="tl__item tl__item--minor">
      <span class="tl__icon tl__icon--plain">
        <Show when={props.event.stageId} fallback={<Dynamic component={ICONS[props.event.kind]} class="lucide--sm" />}>
          <StageSign stageId={props.event.stageId} />
        </Show>
      </span>
      <div class="tl__head">
        <span class="tl__text">
          <Switch>
            <Match when={props.event.kind === 'added'}>This {props.noun} was added</Match>
            <Match when={props.event.kind === 'imported'}>This {props.noun} was imported</Match>
            <Match when={props.event.kind === 'sample'}>Sample data</Match>
            <Match when={props.event.kind === 'first-contact'}>First contact</Match>
            <Match when={props.event.kind === 'opened' && props.event.by}>
              {who()} opened {title()}
            </Match>
            <Match when={props.event.kind === 'opened'}>{title()} opened</Match>
            <Match when={props.event.kind === 'closed'}>
              {title()}
              <ArrowRight class="lucide--sm" />
              <span class="fg">{stage()?.name}</span>
            </Match>
            <Match when={props.event.kind === 'moved'}>
              {who()}
              {props.event.by ? 'moved' : ''} {title()}
              <ArrowRight class="lucide--sm" />
              <span class="fg">{stage()?.name ?? 'another stage'}</span>
            </Match>
          </Switch>
        </span>
        <time>{when()}</time>
      </div>
    </li>
  );
}

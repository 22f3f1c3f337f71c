/** What happened to a deal, as far as the deal itself tells: when it was made and how it went through the stages. */
import Plus from 'lucide-solid/icons/plus';
import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { StageSign } from '../../fields/field-value.tsx';
import { formatDay, formatTime } from '../../fields/format.ts';
import { MemberName } from '../../fields/person.tsx';
import { type StoryEvent, storyGroups, storyOf } from '../../fields/story.ts';

export function DealHistory(props: { readonly deal: Deal; readonly today: string }): JSX.Element {
  const workspace = useWorkspace();
  const groups = createMemo(() => {
    const events = storyOf(props.deal as unknown as AnyRecord, [props.deal], (id) =>
      workspace.collection('stage').byIdInTrash(id),
    );
    // "Opened in Lead" says that it was added, too.
    const isOpened = events.some((event) => event.kind === 'opened');
    return storyGroups(isOpened ? events.filter((event) => event.kind !== 'added') : events, props.today);
  });
  return (
    <div class="timeline">
      <h2 class="sr">What happened</h2>
      <For each={groups()}>
        {(group) => (
          <section>
            <h3 class="tl__day">{group.heading}</h3>
            <ol>
              <For each={group.events}>{(event) => <HistoryLine event={event} today={props.today} />}</For>
            </ol>
          </section>
        )}
      </For>
    </div>
  );
}

function HistoryLine(props: { readonly event: StoryEvent; readonly today: string }): JSX.Element {
  const workspace = useWorkspace();
  const stage = () => workspace.collection('stage').byIdInTrash(props.event.stageId)?.name ?? 'a stage that is gone';
  const who = () => (
    <Show when={props.event.by}>
      <strong>
        <MemberName memberId={props.event.by} short />
      </strong>
    </Show>
  );
  const when = () =>
    props.event.at === null || props.event.day !== props.today
      ? formatDay(props.event.day, props.today)
      : formatTime(props.event.at);
  return (
    <li class="tl__item tl__item--minor">
      <span class="tl__icon tl__icon--plain">
        <Show when={props.event.stageId} fallback={<Plus class="lucide--sm" />}>
          <StageSign stageId={props.event.stageId} size={14} />
        </Show>
      </span>
      <div class="tl__head">
        <span class="diff">
          <Switch>
            <Match when={props.event.kind === 'moved'}>
              {who()} {props.event.by ? 'moved to' : 'Moved to'} <ins>{stage()}</ins>
            </Match>
            <Match when={props.event.kind === 'opened' && props.event.stageId !== ''}>
              {who()} {props.event.by ? 'opened this in' : 'Opened in'} <ins>{stage()}</ins>
            </Match>
            <Match when={props.event.kind === 'opened'}>Opened</Match>
            <Match when={props.event.kind === 'closed'}>
              Closed as <ins>{stage()}</ins>
            </Match>
            <Match when={props.event.kind === 'imported'}>Imported</Match>
            <Match when={props.event.kind === 'sample'}>Sample data</Match>
            <Match when={props.event.kind === 'added'}>Added</Match>
          </Switch>
        </span>
        <time>{when()}</time>
      </div>
    </li>
  );
}

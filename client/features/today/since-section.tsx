/** Since you last looked: what others did, by whom, each with its link. Nothing is shown while there is nothing. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { EntityName } from '../../../shared/entities/registry.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import {
  NEWS_ENTITIES,
  type NewsItem,
  type NewsLine,
  newsLines,
  newsOf,
  newsSentence,
} from '../../../shared/query/news.ts';
import { statusOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatCount, formatInstant } from '../../fields/format.ts';
import { lookedAtSince, lookedSince, markAllSeen } from '../../fields/news/looked.ts';
import { MemberAvatar, MemberName } from '../../fields/person.tsx';
import { followReference, recordHref } from '../../fields/reference.ts';
import { rightNow } from '../../platform/right-now.ts';
import { Button } from '../../ui/button.tsx';
import { lineWords } from './since-words.ts';
import { newsQuery } from './today-queries.ts';

const FIRST_LINES = 5;

export function SinceSection(): JSX.Element {
  const workspace = useWorkspace();
  const [all, setAll] = createSignal(false);
  const items = createNews();
  const lines = createMemo(() => newsLines(items()));
  const shown = () => (all() ? lines() : lines().slice(0, FIRST_LINES));
  return (
    <Show when={items().length > 0}>
      <section aria-labelledby="today-since">
        <header class="taskgroup">
          <h3 id="today-since">Since you last looked</h3>
          <span class="meta today__why">{newsSentence(items(), formatCount)}</span>
          <Button size="sm" variant="quiet" class="push" onClick={() => markAllSeen(workspace)}>
            Mark as seen
          </Button>
        </header>
        <ul>
          <For each={shown()}>{(line) => <Line line={line} />}</For>
        </ul>
        <Show when={!all() && lines().length > FIRST_LINES}>
          <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
            Show {formatCount(lines().length - FIRST_LINES)} more
          </Button>
        </Show>
      </section>
    </Show>
  );
}

function Line(props: { readonly line: NewsLine }): JSX.Element {
  const workspace = useWorkspace();
  const words = createMemo(() => lineWords(props.line, recordHref));
  const title = () => {
    const { names } = words();
    return names === null ? '' : followReference(workspace, names).title;
  };
  return (
    <li class="today__news">
      <MemberAvatar memberId={props.line.by || null} size={22} decorative />
      <span class="truncate">
        <span class="fw-5">
          <Show when={props.line.by} fallback="Somebody">
            {(by) => <MemberName memberId={by()} short />}
          </Show>
        </span>{' '}
        <Show
          when={title()}
          fallback={
            <a class="link" href={words().href}>
              {words().verb}
            </a>
          }
        >
          {(name) => (
            <>
              {words().verb}{' '}
              <Show when={words().href} fallback={name()}>
                {(href) => (
                  <a class="link" href={href()}>
                    {name()}
                  </a>
                )}
              </Show>
            </>
          )}
        </Show>
      </span>
      <span class="meta push">{formatInstant(props.line.at, rightNow())}</span>
    </li>
  );
}

/** Alive: the queries hold only what was written since. */
function createNews(): () => readonly NewsItem[] {
  const workspace = useWorkspace();
  const since = createMemo(() => lookedSince(workspace));
  const queries = NEWS_ENTITIES.map((name) => {
    const query = workspace.createQuery<EntityName>(name, () => newsQuery(since()));
    return { name, query };
  });
  const context = createMemo(() => ({
    me: workspace.me().memberId,
    members: workspace
      .collection('member')
      .all()
      .map(({ id }) => id as string),
    statusOf: (stageId: string) => statusOf(workspace.collection('stage').byId(stageId)),
  }));
  function itemOf(name: EntityName, id: string): readonly NewsItem[] {
    const record = workspace.collection(name).byId(id) as unknown as AnyRecord | undefined;
    const item = record && newsOf(record, workspace.stampsSince(id, since()), context());
    // What is shown on another's page was seen there.
    return item && item.at > lookedAtSince(workspace, item.on) ? [item] : [];
  }
  const items = createMemo(() => queries.flatMap(({ name, query }) => query.ids().flatMap((id) => itemOf(name, id))));
  return items;
}

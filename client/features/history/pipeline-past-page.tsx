/** The pipeline as it was on a day, beside another day: totals per stage, and which deals moved, closed, slipped or came. */
import './history.css';
import Clock from 'lucide-solid/icons/clock';
import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, Show, untrack } from 'solid-js';
import { type Deal, deal } from '../../../shared/entities/deal.ts';
import { addDays, type Day, dayOfInstant, isDay } from '../../../shared/model/day.ts';
import { whenInstant } from '../../../shared/model/when.ts';
import { comparePipelines, recordsAsOf, stageTotals } from '../../../shared/query/past.ts';
import { sortedPipelines, stagesOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { StageSign } from '../../fields/field-value.tsx';
import { formatCount, formatDay, formatFullDay, formatMoney, formatSums } from '../../fields/format.ts';
import { workspaceCurrency } from '../../fields/parse-hints.ts';
import { RecordLink } from '../../fields/person.tsx';
import { SpaceSwitch } from '../../fields/spaces/space-switch.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DaySlider } from './day-slider.tsx';
import { HistoryUnreachable, type PastValues, readPast } from './history-api.ts';

export function PipelinePastPage(): JSX.Element {
  const workspace = useWorkspace();
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const today = dayOfInstant(Date.now());
  const [first, setFirst] = createSignal<Day>(addDays(today, -30));
  const [second, setSecond] = createSignal<Day>(today);
  /** Where the slider stands: what it passes on its way is not read. */
  const [passing, setPassing] = createSignal<Day>();
  const [pipelineId, setPipelineId] = createSignal<string>();
  const [past, setPast] = createSignal<ReadonlyMap<string, PastValues>>(new Map());
  const [problem, setProblem] = createSignal<string>();

  /** A day means its end; today means now. */
  async function load(day: Day): Promise<void> {
    if (day >= today || past().has(day)) return;
    try {
      const values = await readPast('pipeline', whenInstant(addDays(day, 1), zone));
      setPast((known) => new Map([...known, [day, values]]));
      setProblem(undefined);
    } catch (error) {
      if (!(error instanceof HistoryUnreachable)) throw error;
      setProblem('Your server is out of reach, and it keeps what the pipeline was. Today’s is shown.');
    }
  }
  createEffect(on([first, second], ([one, two]) => void Promise.all([load(one), load(two)])));

  let resting: ReturnType<typeof setTimeout> | undefined;
  function slideTo(day: Day): void {
    setPassing(day);
    clearTimeout(resting);
    resting = setTimeout(() => choose(day), RESTS_MS);
  }
  /** What is shown stays until the other day is read. */
  async function choose(day: Day): Promise<void> {
    await load(day);
    if (passing() !== day) return;
    setPassing(undefined);
    setFirst(day);
  }
  onCleanup(() => clearTimeout(resting));

  const pipelines = createMemo(() => sortedPipelines(workspace.collection('pipeline').all()));
  const pipeline = () => pipelines().find((each) => each.id === pipelineId()) ?? pipelines()[0];
  const stages = createMemo(() => stagesOf(workspace.collection('stage').all(), pipeline()?.id ?? ''));
  const stageOf = (id: string) => workspace.collection('stage').peek(id);
  /** Every deal of the space that is shown, those in the trash too: they may have been there on that day. */
  const everyDeal = createMemo(() => {
    workspace.collection('deal').count();
    const { shown, of } = workspace.spaces;
    const space = shown();
    const all = [...workspace.collection('deal').eachWithTrash()];
    return space === null ? all : all.filter(({ id }) => untrack(() => of(id)) === space);
  });
  const dealsOn = (day: Day): ReadonlyMap<string, Deal> => {
    const former = past().get(day)?.values ?? [];
    const all = recordsAsOf(deal, everyDeal(), former);
    return new Map([...all].filter(([, each]) => each.place[0] === pipeline()?.id));
  };
  const oldest = createMemo(() => {
    let at = Date.now() - 30 * 86_400_000;
    for (const { createdAt } of everyDeal()) if (createdAt > 0 && createdAt < at) at = createdAt;
    return dayOfInstant(at);
  });
  const before = createMemo(() => dealsOn(first()));
  const after = createMemo(() => dealsOn(second()));
  const totalsBefore = createMemo(() => stageTotals(before().values(), stageOf));
  const totalsAfter = createMemo(() => stageTotals(after().values(), stageOf));
  const difference = createMemo(() => comparePipelines(before(), after(), stageOf));
  const sums = (values: ReadonlyMap<string, number> | undefined) =>
    formatSums(new Map([...(values ?? [])].filter(([, minor]) => minor !== 0)), workspaceCurrency(workspace)) || '–';
  const nameOf = (stageId: string) =>
    workspace.collection('stage').byIdInTrash(stageId)?.name ?? 'a stage that is gone';
  const isRead = (day: Day) => day >= today || past().has(day);

  return (
    <>
      <header class="topbar">
        <Clock class="fg-3" />
        <h1>Pipeline as of a day</h1>
        <SpaceSwitch as="chip" />
        <div class="push row topbar__filters">
          <a class="btn" href="/history">
            All history
          </a>
        </div>
      </header>
      <div class="historypage past">
        <div class="past__bar">
          <DayField
            label="Day"
            value={passing() ?? first()}
            max={today}
            onChange={(day) => {
              setPassing(undefined);
              setFirst(day);
            }}
          />
          <DayField label="Compared with" value={second()} max={today} onChange={setSecond} />
          <Show when={pipelines().length > 1}>
            <Select
              label="Pipeline"
              options={pipelines().map((each) => ({ value: each.id as string, label: each.name }))}
              value={pipeline()?.id}
              onChange={setPipelineId}
            />
          </Show>
        </div>
        <DaySlider
          label="Day to look at"
          first={oldest()}
          today={today}
          value={passing() ?? first()}
          onChange={slideTo}
        />
        <Show when={problem()}>
          {(sentence) => (
            <Banner tone="warning" actions={<Button onClick={() => void load(first())}>Try again</Button>}>
              {sentence()}
            </Banner>
          )}
        </Show>
        <Show when={isRead(first()) && isRead(second())} fallback={<p class="fg-3">Reading the history.</p>}>
          <section class="past__scroll" aria-label="Totals of each stage" tabindex="0">
            <table class="past__table">
              <thead>
                <tr>
                  <th scope="col">Stage</th>
                  <th scope="col">{heading(first(), today)}</th>
                  <th scope="col">Value</th>
                  <th scope="col">Weighted</th>
                  <th scope="col">{heading(second(), today)}</th>
                  <th scope="col">Value</th>
                  <th scope="col">Weighted</th>
                </tr>
              </thead>
              <tbody>
                <For each={stages()}>
                  {(stage) => (
                    <tr>
                      <th scope="row">
                        <span class="row row--6">
                          <StageSign stageId={stage.id} /> {stage.name}
                        </span>
                      </th>
                      <td>{formatCount(totalsBefore().get(stage.id)?.count ?? 0)}</td>
                      <td>{sums(totalsBefore().get(stage.id)?.sums)}</td>
                      <td>{sums(totalsBefore().get(stage.id)?.weighted)}</td>
                      <td>{formatCount(totalsAfter().get(stage.id)?.count ?? 0)}</td>
                      <td>{sums(totalsAfter().get(stage.id)?.sums)}</td>
                      <td>{sums(totalsAfter().get(stage.id)?.weighted)}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </section>
          <div class="past__lists">
            <DealList title="Added" deals={difference().added} />
            <DealList title="Won" deals={difference().won} />
            <DealList title="Lost" deals={difference().lost} />
            <DealList
              title="Moved"
              deals={difference().moved.map((each) => each.deal)}
              note={(each) => {
                const from = difference().moved.find((move) => move.deal === each)?.from ?? '';
                return `${nameOf(from)} → ${nameOf(each.place[1])}`;
              }}
            />
            <DealList
              title="Put off"
              deals={difference().slipped.map((each) => each.deal)}
              note={(each) => {
                const from = difference().slipped.find((slip) => slip.deal === each)?.from ?? '';
                return `${formatFullDay(from)} → ${each.closesOn ? formatFullDay(each.closesOn) : ''}`;
              }}
            />
            <DealList title="Deleted" deals={difference().gone} />
          </div>
        </Show>
      </div>
    </>
  );
}

/** Keys and a pointer pass many days. */
const RESTS_MS = 200;

function heading(day: Day, today: Day): string {
  return day >= today ? 'Now' : `End of ${formatDay(day, today)}`;
}

function DayField(props: {
  readonly label: string;
  readonly value: string;
  readonly max: Day;
  readonly onChange: (day: Day) => void;
}): JSX.Element {
  return (
    <TextField
      label={props.label}
      type="date"
      max={props.max}
      value={props.value}
      onInput={(value) => {
        if (isDay(value)) props.onChange(value > props.max ? props.max : value);
      }}
    />
  );
}

const FIRST_SHOWN = 12;

function DealList(props: {
  readonly title: string;
  readonly deals: readonly Deal[];
  readonly note?: (deal: Deal) => string;
}): JSX.Element {
  const [all, setAll] = createSignal(false);
  const shown = () => (all() ? props.deals : props.deals.slice(0, FIRST_SHOWN));
  return (
    <section class="past__list">
      <h2>
        {props.title} <span class="count">{formatCount(props.deals.length)}</span>
      </h2>
      <ul>
        <For each={shown()}>
          {(each) => (
            <li>
              <RecordLink id={each.id} />
              <Show when={each.amount}>{(amount) => <span class="num">{formatMoney(amount())}</span>}</Show>
              <Show when={props.note?.(each)}>{(note) => <span class="meta">{note()}</span>}</Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={shown().length < props.deals.length}>
        <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
          Show all {formatCount(props.deals.length)}
        </Button>
      </Show>
    </section>
  );
}

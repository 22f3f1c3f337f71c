/** A record as it was on a day: everything since taken off, what differs marked, and a way back to it. */
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { createMemo, createSignal, For, type JSX, Show, untrack } from 'solid-js';
import type { Tx } from '../../../shared/commands/command.ts';
import { putBackDeals } from '../../../shared/commands/deal-commands.ts';
import { editRecords } from '../../../shared/commands/record-commands.ts';
import { type EntityName, entities, isEntityName, recordTitle } from '../../../shared/entities/registry.ts';
import { addDays, type Day, dayOfInstant, daysBetween } from '../../../shared/model/day.ts';
import type { AnyRecord, Entity } from '../../../shared/model/entity.ts';
import type { Place } from '../../../shared/model/place-field.ts';
import { recordAsOf } from '../../../shared/query/past.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { FieldValue } from '../../fields/field-value.tsx';
import { formatFullDay, formatPlural } from '../../fields/format.ts';
import { attempt } from '../../fields/record-edit.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { createRecordPast } from './create-history.ts';
import { DaySlider } from './day-slider.tsx';

/** The stage of a deal is its place, which is hidden elsewhere because of the rank in it. */
export const isShown = (name: string, field: { readonly hidden?: boolean | undefined }): boolean =>
  !field.hidden || name === 'place';

export const isPlace = (value: unknown): value is Place => Array.isArray(value) && value.length === 3;

/** What is compared: where a card lies within its column is nobody’s concern. */
const valueIn = (record: AnyRecord, name: string): string =>
  JSON.stringify(isPlace(record[name]) && name === 'place' ? record[name][1] : record[name]);

export function AsItWas(props: { readonly record: AnyRecord }): JSX.Element {
  const workspace = useWorkspace();
  const today = dayOfInstant(Date.now());
  const first = () => (props.record.createdAt > 0 ? dayOfInstant(props.record.createdAt) : addDays(today, -365));
  const weekAgo = () => addDays(today, -Math.min(7, Math.max(1, daysBetween(first(), today))));
  const [day, setDay] = createSignal<Day>(untrack(weekAgo));
  const [refused, setRefused] = createSignal<string>();
  const { past, isUnreachable } = createRecordPast(() => props.record, day);
  const entity = (): Entity => entities[props.record.entity as EntityName];
  const was = createMemo(() => recordAsOf(entity(), props.record, past()?.values ?? []));
  const differs = (then: AnyRecord, name: string) => valueIn(then, name) !== valueIn(props.record, name);
  const fields = createMemo(() =>
    Object.entries(entity().fields).filter(([name, field]) => {
      const then = was();
      return isShown(name, field) && then !== null && (field.sortKey(then[name]) !== null || differs(then, name));
    }),
  );
  const changed = createMemo(() => {
    const then = was();
    return then === null ? [] : fields().filter(([name]) => differs(then, name));
  });
  function restoreAll(): void {
    const then = was();
    const read = past();
    if (then === null || read?.day !== day() || changed().length === 0 || !isEntityName(props.record.entity)) return;
    const { place, ...changes } = Object.fromEntries(changed().map(([name]) => [name, then[name]]));
    const title = recordTitle(entities, props.record);
    const { id } = props.record;
    const restored = entity();
    const label = `${title} restored as of ${formatFullDay(read.day)}`;
    const write = (tx: Tx) => {
      if (isPlace(place)) putBackDeals(tx, [{ id, to: place }]);
      editRecords(tx, { entity: restored, ids: [id], changes });
    };
    setRefused(attempt(() => workspace.run(label, write)));
  }
  return (
    <div class="history__past">
      <DaySlider label="Day to look at" first={first()} today={today} value={day()} onChange={setDay} />
      <Show
        when={past()}
        fallback={
          <p class="fg-3" role="status">
            {isUnreachable() ? 'Your server keeps what was there on that day, and it is out of reach.' : 'Reading …'}
          </p>
        }
      >
        <Show when={was()} fallback={<p class="fg-3">It did not exist on that day.</p>}>
          {(then) => (
            <dl class="history__then">
              <For each={fields()}>
                {(entry) => (
                  <div classList={{ 'is-changed': differs(then(), entry[0]) }}>
                    <dt>{entry[1].label}</dt>
                    <dd>
                      <FieldValue field={entry[1]} value={then()[entry[0]]} />
                    </dd>
                  </div>
                )}
              </For>
            </dl>
          )}
        </Show>
        <div class="history__restore">
          <span class="meta" role="status">
            {changed().length === 0
              ? 'Nothing differs from today.'
              : `${formatPlural(changed().length, 'field differs', 'fields differ')} from today.`}
          </span>
          <Show when={workspace.canWrite()}>
            {/* It stays when there is nothing left to restore: the focus is on it. */}
            <Button
              size="sm"
              icon={RotateCcw}
              aria-disabled={past()?.day !== day() || changed().length === 0 || undefined}
              onClick={restoreAll}
            >
              Restore these values
            </Button>
          </Show>
        </div>
      </Show>
      <Refusal text={refused()} />
    </div>
  );
}

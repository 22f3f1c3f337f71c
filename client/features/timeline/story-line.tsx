/** What a record says of itself, in one small line. */
import ArrowRight from 'lucide-solid/icons/arrow-right';
import CalendarDays from 'lucide-solid/icons/calendar-days';
import Columns from 'lucide-solid/icons/columns-3';
import Pencil from 'lucide-solid/icons/pencil';
import Plus from 'lucide-solid/icons/plus';
import Upload from 'lucide-solid/icons/upload';
import { createMemo, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { entities, isEntityName } from '../../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../../shared/model/entity.ts';
import { fieldOf } from '../../../shared/model/entity.ts';
import type { StoryFact } from '../../../shared/query/timeline.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { fieldText } from '../../fields/field-text.ts';
import { StageSign } from '../../fields/field-value.tsx';
import { MemberName, RecordLink } from '../../fields/person.tsx';
import { textContext } from '../../fields/reference.ts';
import type { Icon } from '../../ui/icon.ts';

const ICONS: Partial<Record<StoryFact['kind'], Icon>> = {
  added: Plus,
  imported: Upload,
  'first-contact': CalendarDays,
  opened: Columns,
  edited: Pencil,
};

export function StoryLine(props: {
  readonly story: StoryFact;
  readonly when: string;
  readonly isLast: boolean;
  readonly record: AnyRecord;
}): JSX.Element {
  const workspace = useWorkspace();
  const entity = (): Entity | undefined =>
    isEntityName(props.record.entity) ? entities[props.record.entity] : undefined;
  const noun = () => entity()?.label.toLowerCase() ?? 'record';
  const stage = () => workspace.collection('stage').byIdInTrash(props.story.stageId)?.name ?? 'a stage that is gone';
  const who = () => (
    <Show when={props.story.by}>
      <strong>
        <MemberName memberId={props.story.by} short />
      </strong>
    </Show>
  );
  const deal = () => <Show when={props.story.dealId}>{(id) => <RecordLink id={id()} class="fw-5 tl__deal" />}</Show>;
  const verb = (word: string) => (props.story.by ? word : `${word[0]?.toUpperCase()}${word.slice(1)}`);
  const field = () => {
    const known = entity();
    return known && fieldOf(known, props.story.path);
  };
  const value = createMemo(() => {
    const known = field();
    return known ? fieldText(known, props.story.value, textContext(workspace)) : '';
  });
  return (
    <div class="tl__item tl__item--minor" classList={{ 'is-last': props.isLast }}>
      <span class="tl__icon tl__icon--plain">
        <Show
          when={props.story.stageId}
          fallback={<Dynamic component={ICONS[props.story.kind] ?? Columns} class="lucide--sm" />}
        >
          <StageSign stageId={props.story.stageId} size={14} />
        </Show>
      </span>
      <div class="tl__head">
        <span class="tl__text diff">
          <Switch>
            <Match when={props.story.kind === 'added'}>This {noun()} was added</Match>
            <Match when={props.story.kind === 'imported'}>This {noun()} was imported</Match>
            <Match when={props.story.kind === 'sample'}>This {noun()} came with the sample data</Match>
            <Match when={props.story.kind === 'first-contact'}>First contact</Match>
            <Match when={props.story.kind === 'opened'}>
              {who()} {verb('opened')} {props.story.dealId ? deal() : 'this'}{' '}
              <Show when={props.story.stageId}>
                in <ins>{stage()}</ins>
              </Show>
            </Match>
            <Match when={props.story.kind === 'moved'}>
              {who()} {verb('moved')} {deal()}
              <Show when={props.story.dealId} fallback="to">
                <ArrowRight class="lucide--sm" />
              </Show>
              <ins>{stage()}</ins>
            </Match>
            <Match when={props.story.kind === 'closed'}>
              {props.story.dealId ? deal() : 'Closed'}
              <ArrowRight class="lucide--sm" />
              <ins>{stage()}</ins>
            </Match>
            <Match when={props.story.kind === 'edited'}>
              {who()} {verb('changed')} <strong>{field()?.label}</strong>
              <ArrowRight class="lucide--sm" />
              <ins class="tl__value" title={value()}>
                {value() === '' ? 'nothing' : value()}
              </ins>
            </Match>
          </Switch>
        </span>
        <time>{props.when}</time>
      </div>
    </div>
  );
}

/** The middle of a record's page: its text, then what happened. The app may fill both with more, see `record-parts.ts`. */

import Clock from 'lucide-solid/icons/clock';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { useWorkspace } from '../data/workspace.ts';
import { lateComponent } from '../ui/late.tsx';
import { PropertyRow, PropertyValue } from './property-list.tsx';
import { RecordSection } from './record-panels.tsx';
import { useRecordParts } from './record-parts.ts';

const SeparateRecords = lateComponent(() =>
  import('./merge/separate-records.tsx').then((module) => module.SeparateRecords),
);
const MergedRecords = lateComponent(() => import('./merge/merged-records.tsx').then((module) => module.MergedRecords));

/** What the team should know: a line or a page of plain text. */
export function RecordAbout(props: { readonly record: AnyRecord; readonly placeholder: string }): JSX.Element {
  return (
    <RecordSection title="About">
      <div class="about">
        <PropertyValue record={props.record} name="about" placeholder={props.placeholder} />
      </div>
    </RecordSection>
  );
}

/** The brief of a company or deal; `children` is what stands there while nobody gives a better one. */
export function RecordBrief(props: { readonly record: AnyRecord; readonly children: JSX.Element }): JSX.Element {
  const parts = useRecordParts();
  return (
    <Show when={parts.brief} fallback={props.children}>
      {(part) => <Dynamic component={part()} record={props.record} />}
    </Show>
  );
}

/** What happened. */
export function RecordTimeline(props: { readonly record: AnyRecord }): JSX.Element {
  const parts = useRecordParts();
  return <Show when={parts.timeline}>{(part) => <Dynamic component={part()} record={props.record} />}</Show>;
}

/** Open tasks and appointments, on top of what is related. */
export function RecordNextSteps(props: { readonly record: AnyRecord }): JSX.Element {
  const parts = useRecordParts();
  return <Show when={parts.nextSteps}>{(part) => <Dynamic component={part()} record={props.record} />}</Show>;
}

/** What was merged into the record and what is kept separate from it, last of what is related. */
export function RecordMerged(props: { readonly record: AnyRecord }): JSX.Element {
  const workspace = useWorkspace();
  const hasSeparate = () => Array.isArray(props.record.separateFrom) && props.record.separateFrom.length > 0;
  return (
    <>
      <Show when={workspace.merges().mergedFrom(props.record.id).length > 0}>
        <MergedRecords record={props.record} />
      </Show>
      <Show when={hasSeparate()}>
        <SeparateRecords record={props.record} />
      </Show>
    </>
  );
}

/** Files on the record, among what is related. */
export function RecordFiles(props: { readonly record: AnyRecord }): JSX.Element {
  const parts = useRecordParts();
  return <Show when={parts.files}>{(part) => <Dynamic component={part()} record={props.record} />}</Show>;
}

/** What belongs under an entry of the timeline: its comments. */
export function EntryPart(props: { readonly record: AnyRecord; readonly entryId: string }): JSX.Element {
  const parts = useRecordParts();
  return (
    <Show when={parts.entry}>
      {(part) => <Dynamic component={part()} record={props.record} entryId={props.entryId} />}
    </Show>
  );
}

/** The property that says when somebody of the team was last in touch. */
export function LastContactRow(props: { readonly record: AnyRecord }): JSX.Element {
  const parts = useRecordParts();
  return (
    <Show when={parts.lastContact}>
      {(part) => (
        <PropertyRow icon={Clock} label="Last contact">
          <Dynamic component={part()} record={props.record} />
        </PropertyRow>
      )}
    </Show>
  );
}

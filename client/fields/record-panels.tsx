/**
 * The three panels of a record's page: properties, what happened, what is related. Side by side where there is room; on
 * narrow screens what is related, then the properties too, are behind tabs.
 */
import './record-page.css';
import { createSignal, type JSX, Show } from 'solid-js';
import { type Tab, Tabs } from '../ui/tabs.tsx';
import { formatCount } from './format.ts';
import { SecondFrame } from './second-frame.tsx';

export interface RecordPanelsProps {
  /** Over all three: a deal's name and stages. */
  readonly top?: JSX.Element;
  /** Over the properties: avatar, name, company, quick buttons. */
  readonly head?: JSX.Element;
  readonly properties: JSX.Element;
  readonly main: JSX.Element;
  /** Comes in the second frame: the first is for who it is and what happened. */
  readonly related: JSX.Element;
  /** How many records are related, for the tab. */
  readonly relatedCount?: number;
}

type Part = 'main' | 'properties' | 'related';

export function RecordPanels(props: RecordPanelsProps): JSX.Element {
  const [part, setPart] = createSignal<Part>('main');
  const related = (): Tab<Part> => ({
    id: 'related',
    label: 'Related',
    count: props.relatedCount ? formatCount(props.relatedCount) : undefined,
  });
  return (
    <div class="recordpage" data-part={part()}>
      <Show when={props.top}>
        <div class="recordpage__top">{props.top}</div>
      </Show>
      <div class="recordpage__side">
        <Show when={props.head}>
          <header class="idcard">{props.head}</header>
        </Show>
        <div class="recordpage__tabs recordpage__tabs--phone">
          <Tabs<Part>
            label="Sections"
            tabs={[{ id: 'main', label: 'Timeline' }, { id: 'properties', label: 'Details' }, related()]}
            selected={part()}
            onSelect={setPart}
          />
        </div>
        <section class="recordpage__properties" aria-label="Properties">
          {props.properties}
        </section>
      </div>
      <div class="recordpage__tabs recordpage__tabs--tablet">
        <Tabs<Part>
          label="Sections"
          tabs={[{ id: 'main', label: 'Timeline' }, related()]}
          selected={part() === 'related' ? 'related' : 'main'}
          onSelect={setPart}
        />
      </div>
      <section class="recordpage__main" aria-label="Timeline">
        {props.main}
      </section>
      <section class="recordpage__related" aria-label="Related records">
        <SecondFrame>{props.related}</SecondFrame>
      </section>
    </div>
  );
}

/** A titled group of properties or related records. */
export function RecordSection(props: {
  readonly title: string;
  readonly count?: number;
  /** Quiet words at the right end of the heading. */
  readonly aside?: JSX.Element;
  /** A small button at the right end of the heading. */
  readonly action?: JSX.Element;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <section class="section">
      <div class="section__head">
        <h2>{props.title}</h2>
        <Show when={props.count}>{(count) => <span class="count">{formatCount(count())}</span>}</Show>
        <span class="push meta">{props.aside}</span>
        {props.action}
      </div>
      {props.children}
    </section>
  );
}

/** One row of the file as the record it would become. */
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { createMemo, For, type JSX, Show } from 'solid-js';
import type { RowPreview } from '../../../shared/csv/import-engine.ts';
import { entities, type Registry } from '../../../shared/entities/registry.ts';
import { fieldText } from '../../fields/field-text.ts';
import { formatCount } from '../../fields/format.ts';
import { currentDay } from '../../fields/reference.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Tag } from '../../ui/tag.tsx';
import styles from './import.module.css';
import type { ImportDraft, OpenFile } from './import-draft.ts';

const SHOWN_FACTS = 12;

export function RowCard(props: { readonly draft: ImportDraft; readonly file: OpenFile }): JSX.Element {
  const at = () => props.draft.row();
  // Not `disabled`, which would take the focus of who came to the last row by keys.
  const isLast = () => at() + 1 >= props.file.summary.rows;
  return (
    <section class="section" aria-label="Preview of a row">
      <div class="section__head">
        <h2>Preview</h2>
        <span class="meta push num">
          Row {formatCount(at() + 1)} of {formatCount(props.file.summary.rows)}
        </span>
        <span class="row">
          <IconButton
            size="xs"
            label="Previous row"
            icon={ChevronLeft}
            aria-disabled={at() === 0 || undefined}
            onClick={() => at() > 0 && props.draft.showRow(at() - 1)}
          />
          <IconButton
            size="xs"
            label="Next row"
            icon={ChevronRight}
            aria-disabled={isLast() || undefined}
            onClick={() => !isLast() && props.draft.showRow(at() + 1)}
          />
        </span>
      </div>
      <Show when={props.draft.preview()} fallback={<p class="meta">Match a column to see what a row becomes.</p>}>
        {(preview) => <Card preview={preview()} />}
      </Show>
    </section>
  );
}

function Card(props: { readonly preview: RowPreview }): JSX.Element {
  const context = { today: currentDay(), nameOf: (id: string) => props.preview.links[id]?.name ?? '' };
  const entity = createMemo(() => (entities as Registry)[props.preview.entity]);
  const title = createMemo(() => {
    const blank = Object.fromEntries(
      Object.entries(entity()?.fields ?? {}).map(([name, field]) => [name, field.initial]),
    );
    return entity()?.title({ ...blank, ...props.preview.values } as never) ?? '';
  });
  const linkName = (id: unknown) => (typeof id === 'string' ? props.preview.links[id] : undefined);
  const company = () => linkName(props.preview.values.company);
  const stage = () => linkName((props.preview.values.place as readonly string[] | undefined)?.[1]);
  const facts = createMemo(() => {
    const fields = Object.entries(entity()?.fields ?? {});
    return fields
      .filter(
        ([name, field]) =>
          !field.hidden &&
          props.preview.values[name] !== undefined &&
          !/^(firstName|lastName|title|name|company)$/.test(name),
      )
      .map(([name, field]) => ({ label: field.label, text: fieldText(field, props.preview.values[name], context) }))
      .slice(0, SHOWN_FACTS);
  });

  return (
    <div class="minicard prev" aria-live="polite">
      <div class="row row--12">
        <Show when={props.preview.entity === 'contact'}>
          <Avatar name={title()} tone="contact" size={32} decorative />
        </Show>
        <div class="grow">
          <p class="fw-6">{title() || 'Without a name'}</p>
          <p class="meta">
            <Show when={company()}>
              {(link) => (
                <>
                  {link().name}{' '}
                  <Show when={link().isNew}>
                    <Tag tone="accent">New company</Tag>
                  </Show>
                </>
              )}
            </Show>
            <Show when={stage()}>{(link) => <> {link().name}</>}</Show>
          </p>
        </div>
      </div>
      <dl class={styles.facts}>
        <For each={facts()}>
          {(fact) => (
            <div>
              <dt>{fact.label}</dt>
              <dd>{fact.text}</dd>
            </div>
          )}
        </For>
      </dl>
      <For each={props.preview.issues}>{(issue) => <p class="fg-warning fs-12">{issue.reason}</p>}</For>
      <Show when={props.preview.action === 'update' || props.preview.action === 'same'}>
        <p class="meta">This one is in Rapport already.</p>
      </Show>
    </div>
  );
}

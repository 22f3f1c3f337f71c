/** The brief of a deal or company: a page that several people write, with what it is about and what it takes. */
import './timeline.css';
import { useLocation } from '@solidjs/router';
import Pencil from 'lucide-solid/icons/pencil';
import { createEffect, createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { docOfText } from '../../../shared/model/rich-text.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { MemberAvatar, MemberName } from '../../fields/person.tsx';
import type { RecordPartProps } from '../../fields/record-parts.ts';
import { followReference } from '../../fields/reference.ts';
import { RichView } from '../../fields/rich-text/rich-view.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SharedText } from './shared-text.tsx';
import { TextMenu } from './text-menu.tsx';

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  deal: 'What they need, what it takes, who decides',
  company: 'What should the team know about this company?',
};

export function RecordBrief(props: RecordPartProps): JSX.Element {
  const workspace = useWorkspace();
  const [isEditing, setEditing] = createSignal(false);
  const placeholder = () => PLACEHOLDERS[props.record.entity] ?? '';
  const plain = () => (typeof props.record.about === 'string' ? props.record.about : '');
  const doc = createMemo(() => {
    const written = workspace.texts.read(props.record.id);
    return written ?? (plain() === '' ? null : docOfText(plain()));
  });
  const title = () => followReference(workspace, props.record.id).title;
  const writers = () => workspace.texts.writers(props.record.id);
  const location = useLocation();
  /** A notice of a mention leads here: to the name, once the text is there. */
  const isLed = () => location.hash === '#brief';
  let article!: HTMLElement;
  const isThere = createMemo(() => isLed() && doc() !== null);
  createEffect(() => {
    if (!isThere()) return;
    requestAnimationFrame(() => {
      (article.querySelector('.mention.is-me') ?? article).scrollIntoView?.({ block: 'center' });
      article.focus({ preventScroll: true });
    });
  });
  const canEdit = () => workspace.canWrite() && !props.record.deleted;
  return (
    <article
      ref={article}
      class="brief"
      classList={{ 'is-led': isLed() }}
      tabIndex={isLed() ? -1 : undefined}
      aria-label="Brief"
    >
      <div class="row row--8 brief__head">
        <h2>{props.record.entity === 'deal' ? 'Deal brief' : 'Brief'}</h2>
        <Show when={writers()[0]}>
          {(writer) => (
            <span class="meta">
              <MemberName memberId={writer().memberId} short /> is writing
            </span>
          )}
        </Show>
        <span class="push row row--4">
          <For each={writers()}>{(writer) => <MemberAvatar memberId={writer.memberId} size={22} />}</For>
          <Show when={doc()}>{(written) => <TextMenu doc={written()} name={title()} />}</Show>
          <Show when={canEdit() && !isEditing()}>
            <IconButton size="sm" icon={Pencil} label="Write in the brief" onClick={() => setEditing(true)} />
          </Show>
        </span>
      </div>
      <Show
        when={isEditing() && canEdit()}
        fallback={
          <Show
            when={doc()}
            fallback={
              <Show when={canEdit()}>
                <button type="button" class="brief__empty" onClick={() => setEditing(true)}>
                  {placeholder()}
                </button>
              </Show>
            }
          >
            {(written) => <RichView doc={written()} />}
          </Show>
        }
      >
        <SharedText
          recordId={props.record.id}
          plain={plain()}
          label="Brief"
          placeholder={placeholder()}
          onClose={() => setEditing(false)}
        />
      </Show>
    </article>
  );
}

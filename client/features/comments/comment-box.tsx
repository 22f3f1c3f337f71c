/**
 * Where a comment is written. After an `@` teammates are offered, by keyboard: arrows, Enter or Tab, Escape. What is begun
 * is kept in this browser until it is sent.
 */
import { createMemo, createSignal, createUniqueId, For, type JSX, onCleanup, onMount, Show, untrack } from 'solid-js';
import { foldText } from '../../../shared/model/text-order.ts';
import { mentionBeingTyped, mentionedIn } from '../../../shared/query/mentions.ts';
import { createDrafts } from '../../data/drafts.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { MemberAvatar } from '../../fields/person.tsx';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/refusal.tsx';

export interface CommentBoxProps {
  /** Under what it is kept while it is written. */
  readonly draftKey: string;
  readonly label: string;
  readonly placeholder: string;
  /** What the button says. */
  readonly submit: string;
  /** Words to begin with: those that are edited. */
  readonly initial?: string;
  readonly mentions?: readonly string[];
  readonly focus?: boolean;
  /** Returns why it was refused; undefined when it was taken. */
  readonly onSubmit: (body: string, mentions: readonly string[]) => string | undefined;
  readonly onCancel?: () => void;
}

interface Draft {
  readonly body: string;
  readonly chosen: readonly string[];
}

const KEEP_AFTER_MS = 300;
const MOST_OFFERED = 6;

export function CommentBox(props: CommentBoxProps): JSX.Element {
  const workspace = useWorkspace();
  const drafts = createDrafts(workspace.me().memberId);
  const listId = createUniqueId();
  // oxlint-disable-next-line solid/reactivity -- where a draft lies does not change while it is written.
  const draftKey = props.draftKey;
  const [draft, setDraft] = createSignal(
    untrack(() => kept(drafts.read(draftKey)) ?? { body: props.initial ?? '', chosen: props.mentions ?? [] }),
  );
  const [caret, setCaret] = createSignal<number>();
  /** Member id; the first one offered while nobody has moved. */
  const [standsOn, setStandsOn] = createSignal<string>();
  const [refused, setRefused] = createSignal<string>();
  let area!: HTMLTextAreaElement;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const members = createMemo(() =>
    workspace
      .collection('member')
      .all()
      .filter((each) => each.role !== null),
  );
  const typed = createMemo(() => {
    const at = caret();
    return at === undefined ? null : mentionBeingTyped(draft().body, at);
  });
  const offered = createMemo(() => {
    const now = typed();
    if (!now) return [];
    const words = foldText(now.words);
    const me = workspace.me().memberId;
    return members()
      .filter((each) => each.id !== me && startsAWord(foldText(each.name), words))
      .slice(0, MOST_OFFERED);
  });
  const isOffering = () => offered().length > 0;
  const active = () =>
    Math.max(
      0,
      offered().findIndex((each) => each.id === standsOn()),
    );

  function keep(): void {
    clearTimeout(timer);
    timer = undefined;
    if (draft().body.trim() === '' || draft().body === props.initial) drafts.clear(draftKey);
    else drafts.write(draftKey, draft());
  }
  onCleanup(() => {
    if (timer !== undefined) keep();
  });
  onMount(() => {
    if (props.focus) queueMicrotask(() => area.focus());
  });

  function type(body: string, chosen = draft().chosen): void {
    setDraft({ body, chosen });
    setRefused(undefined);
    timer ??= setTimeout(keep, KEEP_AFTER_MS);
  }
  function lookAtCaret(): void {
    setCaret(area.selectionStart === area.selectionEnd ? area.selectionStart : undefined);
  }
  function pick(index: number): void {
    const [member, now] = [offered()[index], typed()];
    if (!member || !now) return;
    const { body, chosen } = draft();
    const before = `${body.slice(0, now.from)}@${member.name} `;
    type(before + body.slice(now.from + 1 + now.words.length).replace(/^ /, ''), [...chosen, member.id]);
    area.value = draft().body;
    area.setSelectionRange(before.length, before.length);
    setCaret(undefined);
    area.focus();
  }
  function move(by: 1 | -1): void {
    setStandsOn(offered()[(active() + by + offered().length) % offered().length]?.id);
  }
  function send(): void {
    const { body, chosen } = draft();
    if (body.trim() === '') {
      area.focus();
      return;
    }
    const sentence = props.onSubmit(body, mentionedIn(body, members(), chosen));
    setRefused(sentence);
    if (sentence !== undefined) return;
    clearTimeout(timer);
    timer = undefined;
    drafts.clear(draftKey);
    setDraft({ body: '', chosen: [] });
    setCaret(undefined);
  }
  function cancel(): void {
    clearTimeout(timer);
    timer = undefined;
    drafts.clear(draftKey);
    props.onCancel?.();
  }
  /** Keys of the list come first; then Escape belongs to what is around. */
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      send();
    } else if (event.key === 'Escape' && !isOffering() && props.onCancel) {
      cancel();
    } else if (isOffering() && !event.isComposing && isListKey(event)) {
      if (event.key === 'Escape') setCaret(undefined);
      else if (event.key === 'Enter' || event.key === 'Tab') pick(active());
      else move(event.key === 'ArrowDown' ? 1 : -1);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="cbox">
      <textarea
        ref={area}
        class="input input--area cbox__area"
        rows={2}
        aria-label={props.label}
        placeholder={props.placeholder}
        value={draft().body}
        aria-autocomplete="list"
        aria-controls={isOffering() ? listId : undefined}
        aria-activedescendant={isOffering() ? `${listId}-${active()}` : undefined}
        aria-invalid={refused() ? true : undefined}
        onInput={(event) => {
          type(event.currentTarget.value);
          lookAtCaret();
        }}
        onClick={lookAtCaret}
        onKeyUp={(event) => {
          if (/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) lookAtCaret();
        }}
        onBlur={() => setCaret(undefined)}
        on:keydown={onKeyDown}
      />
      <Show when={isOffering()}>
        <div class="menu cbox__list" id={listId} role="listbox" aria-label="Teammates">
          <For each={offered()}>
            {(member, index) => (
              <div
                id={`${listId}-${index()}`}
                role="option"
                class="menu__item"
                aria-selected={index() === active()}
                classList={{ 'is-active': index() === active() }}
                onPointerDown={(event) => {
                  event.preventDefault();
                  pick(index());
                }}
              >
                <MemberAvatar memberId={member.id} size={18} decorative />
                <span class="truncate">{member.name}</span>
              </div>
            )}
          </For>
        </div>
      </Show>
      <Refusal text={refused()} />
      <Show when={draft().body.trim() !== '' || props.onCancel}>
        <div class="row row--6 cbox__foot">
          <Button size="sm" variant="primary" keys="Mod+Enter" onClick={send}>
            {props.submit}
          </Button>
          <Show when={props.onCancel}>
            <Button size="sm" variant="quiet" onClick={cancel}>
              Cancel
            </Button>
          </Show>
          <span class="meta push cbox__hint">@ mentions a teammate</span>
        </div>
      </Show>
    </div>
  );
}

function isListKey({ key, shiftKey }: KeyboardEvent): boolean {
  return /^(ArrowDown|ArrowUp|Escape)$/.test(key) || ((key === 'Enter' || key === 'Tab') && !shiftKey);
}

/** Whether a name has a word that begins with what was typed; several words must follow each other. */
function startsAWord(name: string, words: string): boolean {
  return ` ${name}`.includes(` ${words}`);
}

function kept(read: unknown): Draft | undefined {
  if (typeof read !== 'object' || read === null) return undefined;
  const { body, chosen } = read as Partial<Draft>;
  if (typeof body !== 'string') return undefined;
  return { body, chosen: Array.isArray(chosen) ? chosen.filter((id) => typeof id === 'string') : [] };
}

/** Writes down what happened with a record, or what is to be done: five kinds, all by keyboard (design guide, 5.1). */
import './timeline.css';
import Waypoints from 'lucide-solid/icons/waypoints';
import { createEffect, createSignal, createUniqueId, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { type ContactOffer, listenForContact, takeOffer } from '../../fields/contact-links.ts';
import { announce } from '../../platform/announce.ts';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { createMediaQuery, NARROW } from '../../ui/media-query.ts';
import { Refusal } from '../../ui/refusal.tsx';
import { AlsoAbout, ComposerFields, LinkRecord } from './composer-fields.tsx';
import { AttachButton, ComposerFiles } from './composer-files.tsx';
import type { ComposerKind } from './composer-model.ts';
import { type ComposerState, createComposerState } from './composer-state.ts';
import { COMPOSER_TABS } from './kinds.ts';
import { NoteEditor, type NoteHandle } from './note-editor.tsx';
import { TemplateMenu } from './template-menu.tsx';

/** Told to a page's composer from outside of it: the quick buttons under a name. */
export const COMPOSE_EVENT = 'rapport:compose';

export function Composer(props: { readonly record: AnyRecord }): JSX.Element {
  const workspace = useWorkspace();
  const panelId = createUniqueId();
  // A page shows one record for its life.
  // oxlint-disable-next-line solid/reactivity
  const { id, entity } = props.record;
  const state = createComposerState(id, () => peopleOf(entity, workspace.collection('deal').peek(id)?.contacts));
  /** One that is not offered is there while it is begun. */
  const shownTabs = () => COMPOSER_TABS.filter(({ isRare, kind }) => !isRare || kind === state.draft().kind);
  const tab = () => COMPOSER_TABS.find(({ kind }) => kind === state.draft().kind) ?? COMPOSER_TABS[0];
  let form!: HTMLFormElement;
  let tabs!: HTMLDivElement;
  let note: NoteHandle | undefined;

  /** On a phone it comes when it is asked for: the button for that is docked under the feed. */
  const isPhone = createMediaQuery(NARROW);
  const [isAsked, setAsked] = createSignal(!state.isEmpty());

  function open(kind: ComposerKind): void {
    setAsked(true);
    turnInto(kind);
    focusText();
  }
  /** With the letters that the editor has and the draft has not yet. */
  function turnInto(kind: ComposerKind): void {
    note?.read();
    state.turnInto(kind);
  }
  function focusText(): void {
    queueMicrotask(() => {
      form.scrollIntoView?.({ block: 'nearest' });
      if (state.draft().kind === 'note') note?.focus();
      else form.querySelector<HTMLElement>('[data-first]')?.focus();
    });
  }
  createHotkeys(() => ({
    ...Object.fromEntries(COMPOSER_TABS.flatMap(({ key, kind }) => (key ? [[key, () => open(kind)]] : []))),
    L: () => open('call'),
  }));
  const compose = (event: Event) => open((event as CustomEvent<ComposerKind>).detail);
  addEventListener(COMPOSE_EVENT, compose);
  onCleanup(() => removeEventListener(COMPOSE_EVENT, compose));
  function beginWith({ kind, at, also = [] }: ContactOffer): void {
    if (state.isEmpty()) {
      const about = [...new Set([...state.draft().also, ...also])];
      state.patch({ kind, direction: 'out', timerFrom: kind === 'call' ? at : null, also: about });
    }
    open(kind);
  }
  listenForContact({ onOffer: beginWith });
  onMount(() => {
    const offer = takeOffer(id);
    if (offer) beginWith(offer);
  });

  async function save(): Promise<void> {
    note?.read();
    const words = tab()?.label ?? '';
    if (await state.save()) {
      announce(`${words} saved`);
      if (isPhone()) setAsked(false);
      else focusText();
    }
  }
  createEffect(
    on(state.issue, (issue) => issue && form.querySelector<HTMLElement>(`[data-field="${issue.field}"]`)?.focus()),
  );

  function onTabKey(event: KeyboardEvent): void {
    const shown = shownTabs();
    const at = shown.findIndex(({ kind }) => kind === state.draft().kind);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + shown.length) % shown.length;
    turnInto(shown[next]?.kind ?? 'note');
    (tabs.children[next] as HTMLElement | undefined)?.focus();
  }

  return (
    <form
      ref={form}
      class="composer"
      classList={{ 'composer--away': isPhone() && !isAsked() }}
      aria-label="Add to the timeline"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.defaultPrevented) return;
        event.preventDefault();
        void save();
      }}
    >
      <div class="composer__tabs" role="tablist" aria-label="What to add" ref={tabs} onKeyDown={onTabKey}>
        <For each={shownTabs()}>
          {(each) => (
            <button
              type="button"
              class="composer__tab"
              role="tab"
              aria-selected={each.kind === state.draft().kind}
              aria-controls={panelId}
              aria-keyshortcuts={each.key}
              title={each.key ? `${each.label} (${each.key})` : each.label}
              tabIndex={each.kind === state.draft().kind ? 0 : -1}
              onClick={() => open(each.kind)}
            >
              <Dynamic component={each.icon} />
              <span class="composer__label">{each.label}</span>
            </button>
          )}
        </For>
      </div>
      <div role="tabpanel" id={panelId} aria-label={tab()?.label}>
        <Show
          when={state.draft().kind === 'note'}
          fallback={
            <>
              <ComposerFields state={state} placeholder={tab()?.placeholder ?? ''} />
              <AlsoAboutRow state={state} />
              <div class="composer__foot">
                <LinkButton state={state} record={props.record} />
                <AttachButton />
                <SaveButton words={tab()?.save ?? ''} />
              </div>
            </>
          }
        >
          <NoteEditor
            state={state}
            placeholder={tab()?.placeholder ?? ''}
            onSave={() => void save()}
            ref={(handle) => {
              note = handle;
            }}
          >
            <LinkButton state={state} record={props.record} />
            <AttachButton />
            <TemplateMenu
              onPick={(body) => note?.insertMarkdown(body)}
              current={() => note?.markdown() ?? ''}
              onAsked={() => note?.focus()}
            />
            <SaveButton words={tab()?.save ?? ''} />
          </NoteEditor>
          <AlsoAboutRow state={state} />
        </Show>
      </div>
      <ComposerFiles state={state} />
      <Refusal
        class="composer__error"
        text={
          state.refused() ??
          (state.isKept() ? undefined : 'This browser has no room to keep the draft. Save it before you leave.')
        }
      />
    </form>
  );
}

function LinkButton(props: { readonly state: ComposerState; readonly record: AnyRecord }): JSX.Element {
  return (
    <LinkRecord
      state={props.state}
      record={props.record}
      trigger={(trigger) => <IconButton {...trigger} size="sm" icon={Waypoints} label="Link a record" />}
    />
  );
}

function AlsoAboutRow(props: { readonly state: ComposerState }): JSX.Element {
  return (
    <Show when={props.state.draft().also.length > 0}>
      <div class="composer__fields composer__fields--also">
        <AlsoAbout state={props.state} />
      </div>
    </Show>
  );
}

function SaveButton(props: { readonly words: string }): JSX.Element {
  return (
    <span class="push row row--6">
      <Button type="submit" variant="primary" size="sm" keys="Mod+Enter">
        {props.words}
      </Button>
    </span>
  );
}

/** A deal's entries show on its first person, too: that is whom one talks to. */
function peopleOf(entity: string, contacts: readonly { readonly contact: string }[] | undefined): readonly string[] {
  return entity === 'deal' ? (contacts ?? []).slice(0, 1).map((person) => person.contact) : [];
}

/**
 * Tells the others where this person is, and follows somebody who is followed. What is edited is read from the page:
 * boxes with `data-field` name the record and field their editor writes, `data-card` a record in view.
 */
import '../fields/presence-parts.css';
import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect, createMemo, type JSX, on, onCleanup, Show } from 'solid-js';
import { putBackDeals } from '../../shared/commands/deal-commands.ts';
import { entities, isEntityName } from '../../shared/entities/registry.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import type { Overtaken } from '../data/just-changed.ts';
import type { OwnPresence, Presence } from '../data/presence.ts';
import { useWorkspace } from '../data/workspace.ts';
import { firstName, memberColourClass, peerName } from '../fields/peer-words.ts';
import { attempt, describeRecords } from '../fields/record-edit.ts';
import { followReference, recordHref } from '../fields/reference.ts';
import { announce } from '../platform/announce.ts';
import type { Toaster } from '../ui/toaster.tsx';

/** Somebody who reloads or looks at another tab for a moment is still followed. */
const GRACE_MS = 5_000;

export function PresenceLayer(props: { readonly toaster: Toaster }): JSX.Element {
  const workspace = useWorkspace();
  return (
    <Show when={workspace.presence()} keyed>
      {(presence) => {
        tellPlace(presence);
        announceEditors(presence);
        offerPutBack(presence, props.toaster);
        return <Follower presence={presence} toaster={props.toaster} />;
      }}
    </Show>
  );
}

function tellPlace(presence: Presence): void {
  const location = useLocation();
  const pageRecord = () => {
    const id = location.pathname.split('/')[2] ?? '';
    return recordHref(id) === location.pathname ? id : null;
  };
  // Whoever is typing when this opens, or when the address changes under them, goes on typing there.
  createEffect(() => {
    const path = location.pathname + location.search;
    const page = pageRecord();
    const editing = editedBy(document.activeElement);
    presence.tell({
      path,
      ...(editing ?? { record: page ?? cardOf(document.activeElement), field: null, draft: null }),
    });
  });

  function tellFocus(target: EventTarget | null): void {
    const element = target instanceof Element ? target : null;
    presence.tell(editedBy(element) ?? { record: cardOf(element) ?? pageRecord(), field: null, draft: null });
  }
  const focused = (event: FocusEvent) => tellFocus(event.target);
  const typed = (event: Event) => tellFocus(event.target);
  const left = () => queueMicrotask(() => tellFocus(document.activeElement));
  document.addEventListener('focusin', focused);
  document.addEventListener('input', typed);
  document.addEventListener('focusout', left);
  onCleanup(() => {
    document.removeEventListener('focusin', focused);
    document.removeEventListener('input', typed);
    document.removeEventListener('focusout', left);
  });
}

/** The field that is edited where an element is, and what is typed there; null for any other element. */
function editedBy(element: Element | null): Pick<OwnPresence, 'record' | 'field' | 'draft'> | null {
  const input = element?.closest<HTMLInputElement | HTMLTextAreaElement>('input, textarea') ?? null;
  const box = input === null && !isOpenEditor(element) ? null : element?.closest<HTMLElement>('[data-field]');
  const [record, field] = box?.dataset.field?.split('/') ?? [];
  if (!record || !field) return null;
  const isText = input !== null && !['checkbox', 'radio', 'file', 'password'].includes(input.type);
  return { record, field, draft: isText ? input.value : null };
}

const cardOf = (element: Element | null) => element?.closest<HTMLElement>('[data-card]')?.dataset.card ?? null;

const isOpenEditor = (element: Element | null) => element?.closest('.is-editing, .celledit') != null;

/** Once per person and field, and only for a record that is on this screen. */
function announceEditors(presence: Presence): void {
  const workspace = useWorkspace();
  const location = useLocation();
  const said = new Map<string, string>();
  createEffect(
    on(presence.peers, (peers) => {
      for (const peer of peers) {
        const key = peer.field === null ? '' : `${peer.record}/${peer.field}`;
        if (said.get(peer.memberId) === key) continue;
        said.set(peer.memberId, key);
        const name = peer.record === null ? '' : entityNameOf(peer.record);
        if (key === '' || !isEntityName(name) || recordHref(peer.record ?? '') !== location.pathname) continue;
        const fields = entities[name].fields as Readonly<Record<string, { readonly label: string }>>;
        const label = fields[peer.field ?? '']?.label;
        if (label) announce(`${firstName(peerName(workspace, peer))} is editing ${label.toLowerCase()}`);
      }
    }),
  );
}

/** Two people moved a card apart: it lies where the later one put it, and whoever was earlier may put it back. */
function offerPutBack(presence: Presence, toaster: Toaster): void {
  const workspace = useWorkspace();
  const deals = workspace.collection('deal');
  function putBack(moves: Overtaken['moves'], what: string): void {
    const refused = attempt(() => workspace.run(`${what} put back`, (tx) => putBackDeals(tx, moves)));
    if (refused !== undefined) toaster.show({ tone: 'failed', text: refused });
  }
  function tell({ memberId, moves }: Overtaken): void {
    const there = moves.filter(({ id }) => deals.peek(id)?.deleted === false);
    const [first] = there;
    if (!first) return;
    const ids = there.map(({ id }) => id);
    const what = describeRecords(workspace, 'deal', ids);
    const stages = new Set(ids.map((id) => deals.peek(id)?.place[1]));
    const [stage] = [...stages].map((id) => workspace.collection('stage').peek(id ?? '')?.name);
    const who = firstName(peerName(workspace, { memberId, name: '' }));
    toaster.show({
      text: `${who} moved ${what}${stages.size === 1 && stage ? ` to ${stage}` : ''} after you.`,
      ...(workspace.canWrite() ? { action: { label: 'Put back', run: () => putBack(there, what) } } : {}),
    });
  }
  onCleanup(presence.changes.onOvertaken((overtaken) => whenLookedAt(() => tell(overtaken))));
}

/** A toast is there for seconds: it waits for a tab in the background. */
function whenLookedAt(act: () => void): void {
  if (!document.hidden) act();
  else document.addEventListener('visibilitychange', act, { once: true });
}

function Follower(props: { readonly presence: Presence; readonly toaster: Toaster }): JSX.Element {
  const workspace = useWorkspace();
  const location = useLocation();
  const navigate = useNavigate();
  // One presence for the life of this component.
  // oxlint-disable-next-line solid/reactivity
  const { presence } = props;
  const followed = createMemo(() => {
    const memberId = presence.followed();
    return memberId === null ? undefined : presence.peer(memberId);
  });
  const nameOf = (memberId: string) => firstName(peerName(workspace, { memberId, name: '' }));
  /** Where following has led; anywhere else the person has gone by themselves. */
  let ledTo: string | undefined;
  let grace: ReturnType<typeof setTimeout> | undefined;
  const here = () => location.pathname + location.search;

  function stop(sentence?: string): void {
    clearTimeout(grace);
    ledTo = undefined;
    presence.follow(null);
    if (sentence) props.toaster.show({ text: sentence });
  }
  function lead(path: string): void {
    ledTo = path;
    if (path !== here()) navigate(path);
  }
  createEffect(
    on(
      () => [presence.followed(), followed()?.path, followed() !== undefined] as const,
      ([memberId, path, isHere]) => {
        clearTimeout(grace);
        if (memberId === null) {
          ledTo = undefined;
          return;
        }
        if (isHere && path) lead(path);
        if (isHere) return;
        const sentence = () =>
          workspace.sync.offlineSince() === null
            ? `${nameOf(memberId)} is no longer here. You stay on this page.`
            : `You are offline and no longer follow ${nameOf(memberId)}. You stay on this page.`;
        grace = setTimeout(() => stop(sentence()), GRACE_MS);
      },
    ),
  );
  createEffect(
    on(here, (path) => {
      if (presence.followed() !== null && ledTo !== undefined && path !== ledTo) stop();
    }),
  );
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || presence.followed() === null) return;
    if (document.querySelector('[role="dialog"], [role="menu"], [role="listbox"], .is-editing')) return;
    stop();
  };
  document.addEventListener('keydown', pressed);
  onCleanup(() => {
    clearTimeout(grace);
    document.removeEventListener('keydown', pressed);
  });

  return (
    <Show when={presence.followed()}>
      {(memberId) => (
        <div class={`follow ${memberColourClass(workspace, memberId())}`} role="status">
          <span>Following {nameOf(memberId())}</span>
          <Show when={followed()?.record}>
            {(record) => <span class="truncate">{followReference(workspace, record()).title}</span>}
          </Show>
          <button type="button" onClick={() => stop()}>
            Stop <kbd>Esc</kbd>
          </button>
        </div>
      )}
    </Show>
  );
}

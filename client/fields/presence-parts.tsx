/** Who is here, by name and colour: on a page, in an area, in a field, on a card. Loaded once somebody is. */
import './presence-parts.css';
import { useLocation, useNavigate } from '@solidjs/router';
import ArrowRight from 'lucide-solid/icons/arrow-right';
import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import { createMemo, For, type JSX, Show } from 'solid-js';
import { entities, isEntityName } from '../../shared/entities/registry.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import type { RecentChange } from '../data/just-changed.ts';
import type { Peer } from '../data/presence.ts';
import { useWorkspace, type Workspace } from '../data/workspace.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { firstName, memberColourClass, peerName } from './peer-words.ts';
import { followReference } from './reference.ts';

const MOST_SHOWN = 4;
const MOST_IN_AREA = 3;
/** The field of a deal that is edited on its card's face. */
const VALUE = 'amount';

function LiveAvatar(props: {
  readonly peer: Peer;
  readonly size: 16 | 18 | 24;
  readonly decorative?: boolean;
}): JSX.Element {
  const workspace = useWorkspace();
  return (
    <Avatar
      name={peerName(workspace, props.peer)}
      colour={workspace.collection('member').byIdInTrash(props.peer.memberId)?.joinOrder ?? 0}
      tone={props.peer.idle === 'away' ? 'away' : 'live'}
      class={props.peer.idle === 'idle' ? 'is-idle' : undefined}
      doing={doingWords(workspace, props.peer)}
      size={props.size}
      decorative={props.decorative}
    />
  );
}

/** "moving a deal", "editing Ingrid Solberg", "away". */
function doingWords(workspace: Workspace, peer: Peer): string {
  if (peer.idle === 'away') return 'away';
  if (peer.carries !== null) return 'moving a deal';
  const name = peer.record === null ? '' : entityNameOf(peer.record);
  if (peer.record === null || !isEntityName(name)) return areaWords(peer.path);
  const { title } = followReference(workspace, peer.record);
  if (peer.field === null) return title;
  const field = (entities[name].fields as Readonly<Record<string, { readonly label: string }>>)[peer.field];
  return `editing ${field ? `${field.label.toLowerCase()} of ` : ''}${title}`;
}

/** `is moving Cold-room sensors`, `is in Contacts`: the rest of a sentence that begins with a name. */
function workingWords(workspace: Workspace, peer: Peer): string {
  if (peer.idle === 'away') return 'is away';
  const titleOf = (id: string) => followReference(workspace, id).title;
  if (peer.carries !== null) return `is moving ${titleOf(peer.carries)}`;
  if (peer.record === null) {
    return `is ${areaWords(peer.path).replace(/ (.)/, (_all, first: string) => ` ${first.toUpperCase()}`)}`;
  }
  return `is ${peer.field === null ? 'looking at' : 'editing'} ${titleOf(peer.record)}`;
}

function areaWords(path: string): string {
  const word = path.split(/[/?]/)[1] ?? '';
  return word === '' ? 'here' : `in ${word}`;
}

export function PresenceStack(): JSX.Element {
  const workspace = useWorkspace();
  const location = useLocation();
  const here = createMemo(() =>
    (workspace.presence()?.peers() ?? []).filter(({ path }) => path.split('?')[0] === location.pathname),
  );
  return (
    <Show when={here().length > 0}>
      <ul class="presence" aria-label="Here now">
        <For each={here().slice(0, MOST_SHOWN)}>
          {(peer) => (
            <li class="presence__one">
              <PeerMenu peers={[peer]}>
                <LiveAvatar peer={peer} size={24} />
              </PeerMenu>
            </li>
          )}
        </For>
        <Show when={here().length > MOST_SHOWN}>
          <li>
            <PeerMenu peers={here().slice(MOST_SHOWN)}>
              <span class="presence__more">+{here().length - MOST_SHOWN}</span>
              <span class="sr">{' more people'}</span>
            </PeerMenu>
          </li>
        </Show>
      </ul>
    </Show>
  );
}

/** What one can do with somebody who is here: be with them. */
function PeerMenu(props: { readonly peers: readonly Peer[]; readonly children: JSX.Element }): JSX.Element {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const items = (): readonly MenuItem[] =>
    props.peers.flatMap((peer): MenuItem[] => {
      const name = peerName(workspace, peer);
      const presence = workspace.presence();
      const isFollowed = presence?.followed() === peer.memberId;
      return [
        { kind: 'title', label: `${name}, ${doingWords(workspace, peer)}` },
        {
          label: isFollowed ? `Stop following ${firstName(name)}` : `Follow ${firstName(name)}`,
          icon: isFollowed ? EyeOff : Eye,
          onSelect: () => presence?.follow(isFollowed ? null : peer.memberId),
        },
        {
          label: `Go to ${firstName(name)}`,
          icon: ArrowRight,
          disabled: peer.path === '',
          onSelect: () => navigate(presence?.peer(peer.memberId)?.path ?? peer.path),
        },
      ];
    });
  return (
    <Menu
      placement="bottom-end"
      items={items()}
      trigger={(trigger) => (
        <button type="button" {...trigger} class="presence__button">
          {props.children}
        </button>
      )}
    />
  );
}

export function AreaPresence(props: { readonly section: string }): JSX.Element {
  const workspace = useWorkspace();
  const here = createMemo(() => workspace.presence()?.inArea(props.section) ?? []);
  return (
    <Show when={here().length > 0}>
      <span class="areapresence" role="group" aria-label="Here now">
        <For each={here().slice(0, MOST_IN_AREA)}>{(peer) => <LiveAvatar peer={peer} size={16} />}</For>
        <Show when={here().length > MOST_IN_AREA}>
          <span class="meta">+{here().length - MOST_IN_AREA}</span>
        </Show>
      </span>
    </Show>
  );
}

export function FieldPresence(props: { readonly record: string; readonly field: string }): JSX.Element {
  const workspace = useWorkspace();
  return (
    <Show
      when={workspace.presence()?.inField(props.record, props.field)}
      fallback={
        <Show when={workspace.presence()?.changes.field(props.record, props.field)}>
          {(memberId) => <ChangedBy memberId={memberId()} doing="changed this just now" />}
        </Show>
      }
    >
      {(who) => (
        <>
          <Show when={who().draft !== null}>
            <span class="remotedraft" aria-hidden="true">
              <span class="truncate">{who().draft}</span>
              <span class="caret" />
            </span>
          </Show>
          <span class="flag" aria-hidden="true">
            {firstName(peerName(workspace, who().peer))}
          </span>
        </>
      )}
    </Show>
  );
}

/** Whoever has changed something: solid, because they are here. `doing` is left out where words beside it tell. */
function ChangedBy(props: { readonly memberId: string; readonly doing?: string }): JSX.Element {
  const workspace = useWorkspace();
  const member = () => workspace.collection('member').byIdInTrash(props.memberId);
  return (
    <Avatar
      name={member()?.name || 'A teammate'}
      colour={member()?.joinOrder ?? 0}
      tone="live"
      doing={props.doing}
      decorative={props.doing === undefined}
      size={16}
      class="changedby"
    />
  );
}

const CHANGE_WORDS: Record<RecentChange['how'], string> = {
  added: 'added this',
  moved: 'moved this',
  changed: 'changed this',
};

export function CardChange(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  return (
    <Show when={workspace.presence()?.changes.record(props.id)}>
      {(change) => (
        <>
          <span class={`card__by ${memberColourClass(workspace, change().memberId)}`}>
            <ChangedBy memberId={change().memberId} />
            {firstName(peerName(workspace, { memberId: change().memberId, name: '' }))} {CHANGE_WORDS[change().how]}
          </span>
          <span class="push">just now</span>
        </>
      )}
    </Show>
  );
}

/** What somebody types into the value of a card, over the value; inside the line with it. */
export function CardDraft(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  return (
    <Show when={workspace.presence()?.inField(props.id, VALUE)}>
      {(who) => (
        <span class={`card__edit ${memberColourClass(workspace, who().peer.memberId)}`} aria-hidden="true">
          <span class="card__draft">{who().draft}</span>
          <span class="caret">
            <span class="caret__flag">{firstName(peerName(workspace, who().peer))}</span>
          </span>
        </span>
      )}
    </Show>
  );
}

export function CardPresence(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  const here = createMemo(() => workspace.presence()?.onRecord(props.id) ?? []);
  /** Whoever has it in hand: it is not here then. */
  const mover = () => here().find(({ carries }) => carries === props.id);
  return (
    <Show
      when={mover()}
      fallback={
        <For each={here().slice(0, 1)}>
          {(peer) => (
            <span
              class={`flag card__flag ${memberColourClass(workspace, peer.memberId)}`}
              classList={{ sr: peer.field === VALUE }}
            >
              {firstName(peerName(workspace, peer))}
              <Show when={here().length > 1}> +{here().length - 1}</Show>
              <span class="sr">{peer.field === null ? ' is here' : ' is editing this'}</span>
            </span>
          )}
        </For>
      }
    >
      {(peer) => (
        <span class="card__taken">
          <ChangedBy memberId={peer().memberId} />
          {firstName(peerName(workspace, peer()))} is moving this
        </span>
      )}
    </Show>
  );
}

export function WorkingNow(): JSX.Element {
  const workspace = useWorkspace();
  const peers = () => workspace.presence()?.peers() ?? [];
  return (
    <Show when={peers().length > 0}>
      <section class="section" aria-labelledby="working-now">
        <div class="section__head">
          <h2 id="working-now">Working now</h2>
          <span class="meta push">{peers().length}</span>
        </div>
        <ul>
          <For each={peers()}>
            {(peer) => (
              <li class="minirow">
                <LiveAvatar peer={peer} size={18} decorative />
                <a class="truncate grow" href={peer.path || undefined} title={peerName(workspace, peer)}>
                  <span class="fw-5">{firstName(peerName(workspace, peer))}</span>{' '}
                  <span class="fg-3">{workingWords(workspace, peer)}</span>
                </a>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

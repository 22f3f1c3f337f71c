/** The team: roles, invitations, and people who leave. Names are on this device; accounts are asked from the server. */
import { Key } from '@solid-primitives/keyed';
import Info from 'lucide-solid/icons/info';
import KeyRound from 'lucide-solid/icons/key-round';
import LogOut from 'lucide-solid/icons/log-out';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import ShieldOff from 'lucide-solid/icons/shield-off';
import Undo from 'lucide-solid/icons/undo-2';
import UserMinus from 'lucide-solid/icons/user-minus';
import UserPlus from 'lucide-solid/icons/user-plus';
import { createMemo, createResource, createSignal, type JSX, Show } from 'solid-js';
import { ROLES } from '../../../shared/entities/member.ts';
import { WORKSPACE_ID } from '../../../shared/entities/workspace.ts';
import { mayManage, type Role } from '../../../shared/model/rights.ts';
import { isRole } from '../../../shared/sync/protocol.ts';
import type { Answer } from '../../data/ask.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatPlural } from '../../fields/format.ts';
import { MemberAvatar } from '../../fields/person.tsx';
import { announce } from '../../platform/announce.ts';
import { INVITED, makeNote } from '../../platform/device-note.ts';
import { Button } from '../../ui/button.tsx';
import type { MenuItem } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { Select } from '../../ui/select.tsx';
import { HereTwice } from './here-twice.tsx';
import { instantInSentence } from './in-sentence.ts';
import { InviteForm } from './invite-form.tsx';
import { LinkNote } from './link-note.tsx';
import {
  hereTwice,
  invitableRoles,
  invitationText,
  invitedText,
  listedInvitations,
  type MemberRow,
  memberRows,
  resetText,
  roleName,
  rolesFor,
} from './members-model.ts';
import { RemoveMemberDialog } from './remove-member-dialog.tsx';
import { ReviewGroup } from './review-group.tsx';
import { RoleTable } from './role-table.tsx';
import { SettingGroup } from './setting-parts.tsx';
import styles from './settings.module.css';
import {
  bringTogether,
  changeRole,
  type InvitationLink,
  makeResetLink,
  readInvitations,
  readTeam,
  renewInvitation,
  signOutEverywhere,
  turnOffTwoStep,
  withdrawInvitation,
} from './team-api.ts';

/** A link that was just made. */
interface Made extends InvitationLink {
  readonly kind: 'invitation' | 'reset';
  readonly name: string;
}

export function MembersSection(): JSX.Element {
  const workspace = useWorkspace();
  const invitable = createMemo(() => invitableRoles(workspace.me().role));
  /** Another value whenever the connection goes or comes back: then it is asked again. */
  const line = () => (workspace.sync.offlineSince() === null ? 'connected' : 'cut');
  const [team, { refetch: askTeam }] = createResource(line, readTeam);
  const [invitations, { refetch: askInvitations }] = createResource(
    () => workspace.may('people') && line(),
    readInvitations,
  );
  const [isInviting, setInviting] = createSignal(false);
  const [made, setMade] = createSignal<Made>();
  const [leaving, setLeaving] = createSignal<MemberRow>();
  const [refused, setRefused] = createSignal<string>();

  // `latest` keeps what is shown while it is asked for again; the answers are values and never throw.
  const known = () => {
    const answer = team.latest;
    return answer?.ok ? answer.value : null;
  };
  const open = createMemo(() => {
    const answer = invitations.latest;
    return answer?.ok ? listedInvitations(answer.value) : [];
  });
  const offline = () => {
    const answer = team.latest;
    return answer && !answer.ok ? `Invitations and who was last here are not shown. ${answer.message}` : undefined;
  };
  const rows = createMemo(() =>
    memberRows({
      members: workspace.collection('member').all(),
      accounts: known()?.accounts ?? null,
      myMemberId: workspace.me().memberId,
      now: Date.now(),
    }),
  );
  const twice = createMemo(() =>
    hereTwice({ members: workspace.collection('member').all(), accounts: known()?.accounts ?? null }).filter(
      ({ account }) =>
        account.memberId !== workspace.me().memberId &&
        isRole(account.role) &&
        mayManage(workspace.me().role, account.role),
    ),
  );
  const workspaceName = () => workspace.collection('workspace').byId(WORKSPACE_ID)?.name ?? '';

  const teamText = () =>
    [formatPlural(rows().length, 'person', 'people'), open().length > 0 ? `${open().length} invited` : '']
      .filter(Boolean)
      .join(', ');

  function onInvited(link: InvitationLink, name: string): void {
    setInviting(false);
    setMade({ ...link, name, kind: 'invitation' });
    makeNote(INVITED);
    void askInvitations();
  }

  /** Does something on the server; says what came of it, and reads the team again. */
  async function act<T>(ask: Promise<Answer<T>>, done: string, then?: (value: T) => void): Promise<void> {
    const answer = await ask;
    setRefused(answer.ok ? undefined : answer.message);
    if (answer.ok) {
      announce(done);
      then?.(answer.value);
    }
    await Promise.all([askTeam(), workspace.may('people') ? askInvitations() : undefined]);
  }

  const setRole = (row: MemberRow, role: Role) => {
    const { account } = row;
    if (account && role !== account.role) {
      void act(changeRole(account.userId, role), `${row.name} is ${ROLES[role].toLowerCase()} now`);
    }
  };

  function menuOf(row: MemberRow): readonly MenuItem[] {
    const { account } = row;
    if (!account) return [];
    const isMe = row.id === workspace.me().memberId;
    const leave: MenuItem = {
      label: isMe ? 'Leave the workspace' : `Remove ${row.name}`,
      icon: UserMinus,
      danger: true,
      onSelect: () => setLeaving(row),
    };
    if (isMe) return [leave];
    if (!isRole(account.role) || !mayManage(workspace.me().role, account.role)) return [];
    const link = (url: InvitationLink) => setMade({ ...url, name: row.name, kind: 'reset' });
    return [
      {
        label: 'Link for a new password',
        icon: KeyRound,
        onSelect: () => void act(makeResetLink(account.userId), `A link for ${row.name} was made`, link),
      },
      {
        label: 'Sign out everywhere',
        icon: LogOut,
        onSelect: () => void act(signOutEverywhere(account.userId), `${row.name} was signed out everywhere`),
      },
      {
        label: 'Turn off two-step sign-in',
        icon: ShieldOff,
        onSelect: () => void act(turnOffTwoStep(account.userId), `Two-step sign-in of ${row.name} is off`),
      },
      { kind: 'separator' },
      leave,
    ];
  }

  return (
    <>
      <SettingGroup
        title="Team"
        text={teamText()}
        actions={
          <Show when={invitable().length > 0}>
            <Popover
              label="Invite a teammate"
              placement="bottom-end"
              class="quickform"
              open={isInviting()}
              onOpenChange={setInviting}
              trigger={(trigger) => (
                <Button {...trigger} size="sm" variant="primary" icon={UserPlus}>
                  Invite
                </Button>
              )}
            >
              <InviteForm roles={invitable()} onInvited={onInvited} onClose={() => setInviting(false)} />
            </Popover>
          </Show>
        }
      >
        <Show when={made()} keyed>
          {(link) => (
            <NewLink
              link={link}
              from={workspace.me().name}
              workspaceName={workspaceName()}
              onClose={() => setMade(undefined)}
            />
          )}
        </Show>
        <div class={`box ${styles.table}`}>
          <table class={`plain ${styles.members}`}>
            <caption class="sr">Members</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col" class={styles.email}>
                  Email
                </th>
                <th scope="col" class={styles.status}>
                  Status
                </th>
                <th scope="col" class={styles.role}>
                  Role
                </th>
                <th scope="col" class={styles.more}>
                  <span class="sr">More</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {/* By id: read again they are other objects, and a menu that is open must stay where it is. */}
              <Key each={rows()} by="id">
                {(row) => (
                  <tr>
                    <td>
                      <span class="row fw-5">
                        <MemberAvatar memberId={row().id} size={24} decorative />
                        <span class="truncate" title={row().name}>
                          {row().name}
                        </span>
                      </span>
                    </td>
                    <td class="fg-2 truncate" title={row().email}>
                      {row().email}
                    </td>
                    <td class="fg-3">{row().status}</td>
                    <td class="fg-2">
                      <RoleControl
                        row={row()}
                        roles={rolesFor(workspace.me(), row())}
                        onChange={(role) => setRole(row(), role)}
                      />
                    </td>
                    <td>
                      <Show when={menuOf(row()).length > 0}>
                        <MoreMenu size="xs" label={`More for ${row().name}`} items={menuOf(row())} />
                      </Show>
                    </td>
                  </tr>
                )}
              </Key>
              <Key each={open()} by="id">
                {(each) => (
                  <tr>
                    <td>
                      <span class="row fw-5">
                        <span class={`avatar avatar--24 ${styles.invited}`} aria-hidden="true">
                          <UserPlus class="lucide--sm" />
                        </span>
                        <span class="truncate" title={each().name}>
                          {each().name}
                        </span>
                      </span>
                    </td>
                    <td />
                    <td
                      class="fg-warning"
                      title={`By ${each().invitedBy}, good until ${instantInSentence(each().expiresAt, Date.now())}`}
                    >
                      {invitedText(each(), Date.now())}
                    </td>
                    <td class="fg-2">{roleName(each().role)}</td>
                    <td>
                      <MoreMenu
                        size="xs"
                        label={`More for the invitation for ${each().name}`}
                        items={[
                          {
                            label: 'New link',
                            icon: RefreshCw,
                            onSelect: () =>
                              void act(renewInvitation(each().id), `A new link for ${each().name} was made`, (link) =>
                                setMade({ ...link, name: each().name, kind: 'invitation' }),
                              ),
                          },
                          {
                            label: 'Take back',
                            icon: Undo,
                            danger: true,
                            onSelect: () =>
                              void act(
                                withdrawInvitation(each().id),
                                `The invitation for ${each().name} was taken back`,
                                () => setMade(undefined),
                              ),
                          },
                        ]}
                      />
                    </td>
                  </tr>
                )}
              </Key>
            </tbody>
          </table>
        </div>
        <Key each={twice()} by={({ account }) => account.userId}>
          {(each) => (
            <HereTwice
              name={each().account.name}
              onBringTogether={() =>
                act(bringTogether(each().account.userId), `${each().account.name} comes back with a link`, (link) =>
                  setMade({ ...link, name: each().account.name, kind: 'invitation' }),
                )
              }
            />
          )}
        </Key>
        <Refusal text={refused()} />
        <p class="set__note" role="status">
          <Show when={offline()}>
            <Info class="lucide--sm" />
            {offline()}
          </Show>
        </p>
      </SettingGroup>
      <Show when={workspace.may('review')}>
        <ReviewGroup line={line()} />
      </Show>
      <RoleTable />
      <Show when={leaving()} keyed>
        {(person) => (
          <RemoveMemberDialog
            person={person}
            others={rows().filter((row) => row.account !== null && row.id !== person.id && row.role !== 'viewer')}
            isMe={person.id === workspace.me().memberId}
            onClose={() => setLeaving(undefined)}
            onRemoved={(sentence) => {
              setLeaving(undefined);
              announce(sentence);
              void askTeam();
            }}
          />
        )}
      </Show>
    </>
  );
}

function RoleControl(props: {
  readonly row: MemberRow;
  readonly roles: readonly Role[];
  readonly onChange: (role: Role) => void;
}): JSX.Element {
  const options = () => props.roles.map((role) => ({ value: role, label: ROLES[role] }));
  const current = () => (isRole(props.row.role) ? props.row.role : undefined);
  return (
    <Show when={props.roles.length > 1} fallback={roleName(props.row.role)}>
      <Select
        label={`Role of ${props.row.name}`}
        hideLabel
        class="selectbtn--quiet"
        options={options()}
        value={current()}
        onChange={props.onChange}
      />
    </Show>
  );
}

function NewLink(props: {
  readonly link: Made;
  readonly from: string;
  readonly workspaceName: string;
  readonly onClose: () => void;
}): JSX.Element {
  const until = () => instantInSentence(props.link.expiresAt, Date.now());
  const isInvitation = () => props.link.kind === 'invitation';
  const text = () => {
    const { name, url } = props.link;
    const facts = { name, url, until: until(), from: props.from, workspaceName: props.workspaceName };
    return isInvitation() ? invitationText(facts) : resetText(facts);
  };
  return (
    <LinkNote
      title={isInvitation() ? `Invitation link for ${props.link.name}` : `New password for ${props.link.name}`}
      label={isInvitation() ? 'Invitation link' : 'Link for a new password'}
      url={props.link.url}
      text={text()}
      onClose={() => props.onClose()}
    >
      Works once, until {until()}. It is shown only now, and whoever has it{' '}
      {isInvitation() ? 'can join' : 'can sign in as this person'}.
    </LinkNote>
  );
}

/** The team, and invitations to it. Names are on this device; accounts and invitations are asked from the server. */
import Copy from 'lucide-solid/icons/copy';
import Info from 'lucide-solid/icons/info';
import UserPlus from 'lucide-solid/icons/user-plus';
import { createMemo, createResource, createSignal, For, type JSX, Show } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { formatInstant, formatPlural } from '../../fields/format.ts';
import { MemberAvatar } from '../../fields/person.tsx';
import { announce } from '../../platform/announce.ts';
import { copyText } from '../../platform/clipboard.ts';
import { INVITED, makeNote } from '../../platform/device-note.ts';
import { Callout } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { InviteForm } from './invite-form.tsx';
import { invitableRoles, invitedText, memberRows, openInvitations, roleName } from './members-model.ts';
import { Refusal, SettingGroup } from './setting-parts.tsx';
import styles from './settings.module.css';
import { type InvitationLink, readAccounts, readInvitations, withdrawInvitation } from './team-api.ts';

export function MembersSection(): JSX.Element {
  const workspace = useWorkspace();
  const roles = createMemo(() => invitableRoles(workspace.me().role));
  const mayInvite = () => roles().length > 0;
  /** Another value whenever the connection goes or comes back: then it is asked again. */
  const line = () => (workspace.sync.offlineSince() === null ? 'connected' : 'cut');
  const [accounts] = createResource(line, readAccounts);
  const [invitations, { refetch }] = createResource(() => mayInvite() && line(), readInvitations);
  const [isInviting, setInviting] = createSignal(false);
  const [made, setMade] = createSignal<InvitationLink & { readonly name: string }>();
  const [refused, setRefused] = createSignal<string>();

  // `latest` keeps what is shown while it is asked for again; the answers are values and never throw.
  const accountList = () => {
    const answer = accounts.latest;
    return answer?.ok ? answer.value : null;
  };
  const open = createMemo(() => {
    const answer = invitations.latest;
    return answer?.ok ? openInvitations(answer.value) : [];
  });
  const offline = () => {
    const answer = accounts.latest;
    return answer && !answer.ok ? `Invitations and who was last here are not shown. ${answer.message}` : undefined;
  };
  const rows = createMemo(() =>
    memberRows({
      members: workspace.collection('member').all(),
      accounts: accountList(),
      myMemberId: workspace.me().memberId,
      now: Date.now(),
    }),
  );

  const teamText = () =>
    [formatPlural(rows().length, 'person', 'people'), open().length > 0 ? `${open().length} invited` : '']
      .filter(Boolean)
      .join(', ');

  function onInvited(link: InvitationLink, name: string): void {
    setInviting(false);
    setMade({ ...link, name });
    makeNote(INVITED);
    void refetch();
  }
  async function withdraw(id: string, name: string): Promise<void> {
    const answer = await withdrawInvitation(id);
    setRefused(answer.ok ? undefined : answer.message);
    if (answer.ok) {
      setMade(undefined);
      announce(`The invitation for ${name} was taken back`);
    }
    await refetch();
  }

  return (
    <SettingGroup
      title="Team"
      text={teamText()}
      actions={
        <Show when={mayInvite()}>
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
            <InviteForm roles={roles()} onInvited={onInvited} onClose={() => setInviting(false)} />
          </Popover>
        </Show>
      }
    >
      <Show when={made()} keyed>
        {(link) => <NewLink link={link} onClose={() => setMade(undefined)} />}
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
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {(row) => (
                <tr>
                  <td>
                    <span class="row fw-5">
                      <MemberAvatar memberId={row.id} size={24} decorative />
                      <span class="truncate" title={row.name}>
                        {row.name}
                      </span>
                    </span>
                  </td>
                  <td class="fg-2 truncate" title={row.email}>
                    {row.email}
                  </td>
                  <td class="fg-3">{row.status}</td>
                  <td class="fg-2">{row.role}</td>
                </tr>
              )}
            </For>
            <For each={open()}>
              {(each) => (
                <tr>
                  <td>
                    <span class="row fw-5">
                      <span class={`avatar avatar--24 ${styles.invited}`} aria-hidden="true">
                        <UserPlus class="lucide--sm" />
                      </span>
                      <span class="truncate" title={each.name}>
                        {each.name}
                      </span>
                    </span>
                  </td>
                  <td />
                  <td
                    class="fg-warning"
                    title={`By ${each.invitedBy}, good until ${formatInstant(each.expiresAt, Date.now())}`}
                  >
                    {invitedText(each, Date.now())}
                  </td>
                  <td class="fg-2">
                    <span class="row">
                      {roleName(each.role)}
                      <Button
                        size="sm"
                        variant="quiet"
                        class={`push ${styles.takeback}`}
                        aria-label={`Take back the invitation for ${each.name}`}
                        onClick={() => void withdraw(each.id, each.name)}
                      >
                        Take back
                      </Button>
                    </span>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Refusal text={refused()} />
      <p class="set__note" role="status">
        <Show when={offline()}>
          <Info class="lucide--sm" />
          {offline()}
        </Show>
      </p>
    </SettingGroup>
  );
}

/** The link is shown this one time; it stays until it is put away. */
function NewLink(props: {
  readonly link: InvitationLink & { readonly name: string };
  readonly onClose: () => void;
}): JSX.Element {
  const [copied, setCopied] = createSignal<boolean>();
  let field!: HTMLInputElement;

  async function copy(): Promise<void> {
    const done = await copyText(props.link.url);
    setCopied(done);
    if (!done) field.select();
  }
  const words = () => {
    if (copied() === true) return 'Copied. Send it to them.';
    if (copied() === false)
      return 'This browser does not copy by itself. The link is selected: copy it with the keyboard.';
    return '';
  };
  return (
    <div class={styles.note}>
      <Callout
        title={`Invitation link for ${props.link.name}`}
        actions={
          <>
            <Button size="sm" icon={Copy} onClick={() => void copy()}>
              Copy link
            </Button>
            <Button size="sm" onClick={() => props.onClose()}>
              Done
            </Button>
          </>
        }
      >
        Works once, until {formatInstant(props.link.expiresAt, Date.now())}. It is shown only now, and whoever has it
        can join.
        <input
          ref={field}
          class={`input input--sm ${styles.link}`}
          readOnly
          aria-label="Invitation link"
          value={props.link.url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <span role="status">{words()}</span>
      </Callout>
    </div>
  );
}

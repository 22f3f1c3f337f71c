/** The team, and invitations to it. Names are on this device; accounts and invitations are asked from the server. */
import Copy from 'lucide-solid/icons/copy';
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
  const [accounts] = createResource(readAccounts);
  const [invitations, { refetch }] = createResource(mayInvite, readInvitations);
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
    return answer && !answer.ok ? answer.message : undefined;
  };
  const rows = createMemo(() =>
    memberRows({
      members: workspace.collection('member').all(),
      accounts: accountList(),
      myMemberId: workspace.me().memberId,
      now: Date.now(),
    }),
  );

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
      title="Members"
      text={formatPlural(rows().length, 'member', 'members')}
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
      <Show when={offline()}>
        <div class={styles.note}>
          <Callout tone="warning" title="Accounts and invitations are not shown">
            {offline()}
          </Callout>
        </div>
      </Show>
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
                  <td class="fg-2">
                    <Button
                      size="sm"
                      variant="quiet"
                      class={styles.takeback}
                      aria-label={`Take back the invitation for ${each.name}`}
                      onClick={() => void withdraw(each.id, each.name)}
                    >
                      Take back
                    </Button>
                  </td>
                  <td
                    class="fg-warning"
                    title={`By ${each.invitedBy}, good until ${formatInstant(each.expiresAt, Date.now())}`}
                  >
                    {invitedText(each, Date.now())}
                  </td>
                  <td class="fg-2">{roleName(each.role)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Refusal text={refused()} />
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
            <Button size="sm" variant="primary" icon={Copy} onClick={() => void copy()}>
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

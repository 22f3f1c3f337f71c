/** Name and role of somebody who is invited; the answer is a link to send. */
import { createSignal, type JSX } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type InvitationLink, invite } from './team-api.ts';

type Role = 'member' | 'viewer' | 'admin';

const ROLE_OPTIONS: Record<Role, { readonly label: string; readonly hint: string }> = {
  member: { label: 'Member', hint: 'Works with all records.' },
  viewer: { label: 'Viewer', hint: 'Sees everything, changes nothing.' },
  admin: { label: 'Admin', hint: 'Also runs settings, members and invitations.' },
};

export function InviteForm(props: {
  readonly roles: readonly Role[];
  readonly onInvited: (link: InvitationLink, name: string) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const [name, setName] = createSignal('');
  const [role, setRole] = createSignal<Role>('member');
  const [nameProblem, setNameProblem] = createSignal<string>();
  const [refused, setRefused] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  let nameField!: HTMLInputElement;

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy()) return;
    if (name().trim() === '') {
      setNameProblem('Say who the link is for.');
      nameField.focus();
      return;
    }
    setBusy(true);
    const answer = await invite({ name: name().trim(), role: role() });
    setBusy(false);
    if (answer.ok) props.onInvited(answer.value, name().trim());
    else setRefused(answer.message);
  }

  return (
    <form class="quickform__body" noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label="Name"
        ref={nameField}
        autocomplete="off"
        autofocus
        value={name()}
        onInput={(value) => {
          setName(value);
          setNameProblem(undefined);
        }}
        error={nameProblem()}
      />
      <RadioGroup
        label="Role"
        value={role()}
        options={props.roles.map((value) => ({ value, ...ROLE_OPTIONS[value] }))}
        onChange={setRole}
      />
      <Refusal text={refused()} />
      <div class="quickform__foot">
        <Button variant="quiet" onClick={() => props.onClose()}>
          Cancel
        </Button>
        <Button variant="primary" type="submit" aria-disabled={isBusy() || undefined}>
          Make a link
        </Button>
      </div>
    </form>
  );
}

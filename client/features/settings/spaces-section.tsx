/** Private spaces: the ones this person is in, who else is, and a new one. */
import Lock from 'lucide-solid/icons/lock';
import { createResource, createSignal, For, type JSX, Show } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { formatPlural } from '../../fields/format.ts';
import { MemberAvatar } from '../../fields/person.tsx';
import {
  addToSpace,
  archiveSpace,
  makeSpace,
  readPeople,
  readSpaces,
  renameSpace,
  type SpaceDetails,
  type SpaceMember,
  takeOutOfSpace,
} from '../../fields/spaces/space-api.ts';
import { announce } from '../../platform/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { NameForm } from './name-form.tsx';
import { SettingGroup, SettingRow } from './setting-parts.tsx';
import styles from './settings.module.css';

type Outcome = { readonly ok: true } | { readonly ok: false; readonly message: string };

export function SpacesSection(): JSX.Element {
  const workspace = useWorkspace();
  // Asked again with the line, and when a colleague has added or renamed one.
  const news = () => `${workspace.sync.offlineSince() === null} ${workspace.spaces.list().map(({ name }) => name)}`;
  const [spaces, { refetch }] = createResource(news, readSpaces);
  const [people] = createResource(news, readPeople);
  const [refused, setRefused] = createSignal<string>();
  const list = () => {
    const answer = spaces.latest;
    return answer?.ok ? answer.value : [];
  };
  const team = () => {
    const answer = people.latest;
    return answer?.ok ? answer.value : [];
  };
  const offline = () => {
    const answer = spaces.latest;
    return answer && !answer.ok ? answer.message : undefined;
  };

  /** Says what came of it and shows how things stand now. */
  async function act(work: Promise<Outcome>, done: string): Promise<boolean> {
    const answer = await work;
    setRefused(answer.ok ? undefined : answer.message);
    if (answer.ok) announce(done);
    await refetch();
    return answer.ok;
  }

  return (
    <>
      <Show when={workspace.canWrite()}>
        <SettingGroup
          title="New space"
          text="Its contacts, companies, deals and everything about them are for its members alone. Owners of the workspace see it only when a member adds them."
        >
          <NameForm
            label="Name of the space"
            placeholder="Acquisitions"
            missing="Give it a name that its members will know it by."
            button="Make a space"
            onMake={(name) => act(makeSpace(name), `${name} was made`)}
          />
        </SettingGroup>
      </Show>
      <Refusal text={refused() ?? offline()} />
      <For
        each={list()}
        fallback={
          <Show when={spaces.latest?.ok}>
            <p class={`fg-3 ${styles.none}`}>You are in no private space. What you see is the whole team’s.</p>
          </Show>
        }
      >
        {(space) => <SpaceGroup space={space} team={team()} act={act} />}
      </For>
    </>
  );
}

function SpaceGroup(props: {
  readonly space: SpaceDetails;
  readonly team: readonly SpaceMember[];
  readonly act: (work: Promise<Outcome>, done: string) => Promise<boolean>;
}): JSX.Element {
  const workspace = useWorkspace();
  const [newName, setNewName] = createSignal<string>();
  const others = () => props.team.filter(({ userId }) => !props.space.members.some((each) => each.userId === userId));
  const isAlone = () => props.space.members.length === 1;
  const isMe = (person: SpaceMember) => person.memberId === workspace.me().memberId;
  const add = (userId: string) => {
    const who = props.team.find((each) => each.userId === userId)?.name ?? '';
    void props.act(addToSpace(props.space.id, userId), `${who} was added to ${props.space.name}`);
  };
  const takeOut = (person: SpaceMember) =>
    void props.act(takeOutOfSpace(props.space.id, person.userId), `${person.name} is no longer in ${props.space.name}`);
  async function rename(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const wanted = newName()?.trim() ?? '';
    if (wanted === '' || (await props.act(renameSpace(props.space.id, wanted), `Renamed to ${wanted}`))) {
      setNewName(undefined);
    }
  }
  return (
    <SettingGroup
      title={
        <span class="row row--4">
          <Lock class="lucide--sm fg-3" />
          {props.space.name}
        </span>
      }
      text={`Private, ${formatPlural(props.space.members.length, 'member', 'members')}`}
      actions={
        <Show when={workspace.canWrite() && newName() === undefined}>
          <Button size="sm" aria-label={`Rename ${props.space.name}`} onClick={() => setNewName(props.space.name)}>
            Rename
          </Button>
        </Show>
      }
    >
      <Show when={newName() !== undefined}>
        <form class={styles.inline} noValidate onSubmit={(event) => void rename(event)}>
          <TextField label="New name" autocomplete="off" value={newName() ?? ''} onInput={setNewName} />
          <Button type="submit" variant="primary">
            Rename
          </Button>
        </form>
      </Show>
      <div class="box">
        <For each={props.space.members}>
          {(person) => (
            <SettingRow label={isMe(person) ? `${person.name} (you)` : person.name}>
              <MemberAvatar memberId={person.memberId} size={22} decorative />
              <Show when={workspace.canWrite() || isMe(person)}>
                <Show
                  when={isMe(person) && isAlone()}
                  fallback={
                    <Button
                      size="sm"
                      aria-label={
                        isMe(person) ? `Leave ${props.space.name}` : `Remove ${person.name} from ${props.space.name}`
                      }
                      onClick={() => takeOut(person)}
                    >
                      {isMe(person) ? 'Leave' : 'Remove'}
                    </Button>
                  }
                >
                  <ArchiveButton space={props.space} act={props.act} />
                </Show>
              </Show>
            </SettingRow>
          )}
        </For>
      </div>
      <Show when={workspace.canWrite() && others().length > 0}>
        <Select
          label={`Add somebody to ${props.space.name}`}
          placeholder="Choose a teammate"
          hint="They see everything in it, its past included, on all their devices."
          options={others().map((person) => ({ value: person.userId, label: person.name }))}
          value={undefined}
          onChange={add}
        />
      </Show>
    </SettingGroup>
  );
}

/** Nobody can open it afterwards, so it is asked once more. */
function ArchiveButton(props: {
  readonly space: SpaceDetails;
  readonly act: (work: Promise<Outcome>, done: string) => Promise<boolean>;
}): JSX.Element {
  const [isAsking, setAsking] = createSignal(false);
  return (
    <Show
      when={isAsking()}
      fallback={
        <Button size="sm" aria-label={`Archive ${props.space.name}`} onClick={() => setAsking(true)}>
          Archive
        </Button>
      }
    >
      <span class="fg-3 fs-12">You are the last one here. Nobody can open it after that.</span>
      <Button
        size="sm"
        variant="danger"
        onClick={() => void props.act(archiveSpace(props.space.id), `${props.space.name} was archived`)}
      >
        Archive for good
      </Button>
    </Show>
  );
}

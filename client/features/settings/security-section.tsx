/** How this person signs in, and where they are signed in. */
import Key from 'lucide-solid/icons/key-round';
import Laptop from 'lucide-solid/icons/laptop';
import Lock from 'lucide-solid/icons/lock';
import Plus from 'lucide-solid/icons/plus';
import { createResource, createSignal, For, type JSX, Show } from 'solid-js';
import type { Answer } from '../../data/ask.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { announce } from '../../platform/announce.ts';
import { hasPasskeys } from '../../platform/passkeys.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { Tag } from '../../ui/tag.tsx';
import { instantInSentence } from './in-sentence.ts';
import { PasswordDialog } from './password-dialog.tsx';
import {
  addPasskey,
  type Device,
  type Passkey,
  readDevices,
  readPasskeys,
  readTwoStep,
  removePasskey,
  signOutDevice,
  signOutOthers,
} from './security-api.ts';
import { SettingGroup, SettingRow } from './setting-parts.tsx';
import { TwoStepDialog } from './two-step-dialog.tsx';
import { deviceName } from './user-agent.ts';

const answered = <T,>(answer: Answer<T> | undefined): T | undefined => (answer?.ok ? answer.value : undefined);
const problemOf = (answer: Answer<unknown> | undefined) => (answer && !answer.ok ? answer.message : undefined);

export function SecuritySection(): JSX.Element {
  const workspace = useWorkspace();
  const line = () => (workspace.sync.offlineSince() === null ? 'connected' : 'cut');
  return (
    <>
      <SignInGroup line={line()} />
      <Show when={hasPasskeys()}>
        <PasskeyGroup line={line()} />
      </Show>
      <DeviceGroup line={line()} />
    </>
  );
}

function SignInGroup(props: { readonly line: string }): JSX.Element {
  const [twoStep, { refetch }] = createResource(() => props.line, readTwoStep);
  const [open, setOpen] = createSignal<'password' | 'two-step'>();
  const isOn = () => answered(twoStep.latest);
  function done(sentence: string): void {
    setOpen(undefined);
    announce(sentence);
    void refetch();
  }
  return (
    <SettingGroup title="Signing in">
      <div class="box">
        <SettingRow icon={Lock} label="Password" hint="At least 10 characters. Nobody else can see it.">
          <Button size="sm" aria-label="Change password" onClick={() => setOpen('password')}>
            Change
          </Button>
        </SettingRow>
        <SettingRow
          icon={Key}
          label="Two-step sign-in"
          hint="With a code from an app on your phone after the password. It keeps others out who learn it."
        >
          <Show when={isOn() !== undefined}>
            <Show when={isOn()}>
              <Tag tone="success">On</Tag>
            </Show>
            <Button
              size="sm"
              aria-label={isOn() ? 'Turn off two-step sign-in' : 'Set up two-step sign-in'}
              onClick={() => setOpen('two-step')}
            >
              {isOn() ? 'Turn off' : 'Set up'}
            </Button>
          </Show>
        </SettingRow>
      </div>
      <Refusal text={problemOf(twoStep.latest)} />
      <Show when={open() === 'password'}>
        <PasswordDialog onDone={() => done('Password changed')} onClose={() => setOpen(undefined)} />
      </Show>
      <Show when={open() === 'two-step'}>
        <TwoStepDialog
          isOn={isOn() === true}
          onDone={() => done(isOn() ? 'Two-step sign-in is off' : 'Two-step sign-in is on')}
          onClose={() => setOpen(undefined)}
        />
      </Show>
    </SettingGroup>
  );
}

function PasskeyGroup(props: { readonly line: string }): JSX.Element {
  const [passkeys, { refetch }] = createResource(() => props.line, readPasskeys);
  const [refused, setRefused] = createSignal<string>();
  async function act(ask: Promise<Answer<unknown> | null>, done: string): Promise<void> {
    const answer = await ask;
    setRefused(problemOf(answer ?? undefined));
    if (answer?.ok) announce(done);
    await refetch();
  }
  const added = (passkey: Passkey) =>
    passkey.createdAt === null ? undefined : `Added ${instantInSentence(passkey.createdAt, Date.now())}`;
  return (
    <SettingGroup
      title="Passkeys"
      text="Sign in with a fingerprint, a face or the code of a device instead of a password."
      actions={
        <Button
          size="sm"
          icon={Plus}
          onClick={() => void act(addPasskey(deviceName(navigator.userAgent)), 'Passkey added')}
        >
          Add a passkey
        </Button>
      }
    >
      <Show when={(answered(passkeys.latest) ?? []).length > 0}>
        <div class="box">
          <For each={answered(passkeys.latest)}>
            {(passkey) => (
              <SettingRow icon={Key} label={passkey.name} hint={added(passkey)}>
                <Button
                  size="sm"
                  aria-label={`Remove the passkey ${passkey.name}`}
                  onClick={() => void act(removePasskey(passkey.id), 'Passkey removed')}
                >
                  Remove
                </Button>
              </SettingRow>
            )}
          </For>
        </div>
      </Show>
      <Refusal text={refused()} />
    </SettingGroup>
  );
}

function DeviceGroup(props: { readonly line: string }): JSX.Element {
  const [devices, { refetch }] = createResource(() => props.line, readDevices);
  const [refused, setRefused] = createSignal<string>();
  async function act(ask: Promise<Answer<unknown>>, done: string): Promise<void> {
    const answer = await ask;
    setRefused(problemOf(answer));
    if (answer.ok) announce(done);
    await refetch();
  }
  const hint = (device: Device) =>
    device.isThis ? 'Here, now' : `Last seen ${instantInSentence(device.lastSeenAt, Date.now())}`;
  return (
    <SettingGroup
      title="Devices"
      text="Where you are signed in. The copy on a device that is signed out stays readable there until somebody removes it."
      actions={
        <Show when={(answered(devices.latest) ?? []).length > 1}>
          <Button size="sm" onClick={() => void act(signOutOthers(), 'All other devices are signed out')}>
            Sign out all others
          </Button>
        </Show>
      }
    >
      <div class="box">
        <For each={answered(devices.latest)}>
          {(device) => (
            <SettingRow icon={Laptop} label={deviceName(device.userAgent)} hint={hint(device)}>
              <Show when={!device.isThis} fallback={<Tag tone="success">This device</Tag>}>
                <Button
                  size="sm"
                  aria-label={`Sign out ${deviceName(device.userAgent)}`}
                  onClick={() => void act(signOutDevice(device.id), `${deviceName(device.userAgent)} is signed out`)}
                >
                  Sign out
                </Button>
              </Show>
            </SettingRow>
          )}
        </For>
      </div>
      <Refusal text={refused() ?? problemOf(devices.latest)} />
    </SettingGroup>
  );
}

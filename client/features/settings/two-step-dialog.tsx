/** Two-step sign-in: password, then the secret for an app with a first code, then the recovery codes. Off: password. */
import Copy from 'lucide-solid/icons/copy';
import { createResource, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { copyText } from '../../platform/clipboard.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { beginTwoStep, confirmTwoStep, endTwoStep, type TwoStepSecret } from './security-api.ts';
import styles from './settings.module.css';

export function TwoStepDialog(props: {
  readonly isOn: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const [secret, setSecret] = createSignal<TwoStepSecret>();
  const [isConfirmed, setConfirmed] = createSignal(false);
  const [refused, setRefused] = createSignal<string>();

  async function withPassword(password: string): Promise<void> {
    if (props.isOn) {
      const ended = await endTwoStep(password);
      setRefused(ended.ok ? undefined : ended.message);
      if (ended.ok) props.onDone();
      return;
    }
    const begun = await beginTwoStep(password);
    setRefused(begun.ok ? undefined : begun.message);
    if (begun.ok) setSecret(begun.value);
  }
  async function withCode(code: string): Promise<void> {
    const answer = await confirmTwoStep(code.replaceAll(/\s/g, ''));
    setRefused(answer.ok ? undefined : answer.message);
    if (answer.ok) setConfirmed(true);
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && (isConfirmed() ? props.onDone() : props.onClose())}
      title={props.isOn ? 'Turn off two-step sign-in' : 'Two-step sign-in'}
    >
      <Switch>
        <Match when={isConfirmed() && secret()}>
          {(made) => <RecoveryCodes codes={made().recoveryCodes} onDone={() => props.onDone()} />}
        </Match>
        <Match when={secret()}>
          {(made) => (
            <>
              <p>Scan this with an authenticator app, then enter the code it shows.</p>
              <QrCode text={made().uri} />
              <p class="fg-3">
                Without a camera, type this key: <code class={styles.secret}>{keyOf(made().uri)}</code>
              </p>
              <OneField
                label="Code"
                type="text"
                autocomplete="one-time-code"
                button="Turn on"
                refused={refused()}
                onSubmit={withCode}
                onCancel={() => props.onClose()}
              />
            </>
          )}
        </Match>
        <Match when={true}>
          <OneField
            label="Your password"
            type="password"
            autocomplete="current-password"
            button={props.isOn ? 'Turn off' : 'Go on'}
            refused={refused()}
            onSubmit={withPassword}
            onCancel={() => props.onClose()}
          />
        </Match>
      </Switch>
    </Dialog>
  );
}

const keyOf = (uri: string) => (new URL(uri).searchParams.get('secret') ?? '').replaceAll(/(.{4})(?=.)/g, '$1 ');

function OneField(props: {
  readonly label: string;
  readonly type: string;
  readonly autocomplete: 'current-password' | 'one-time-code';
  readonly button: string;
  readonly refused: string | undefined;
  readonly onSubmit: (value: string) => Promise<void>;
  readonly onCancel: () => void;
}): JSX.Element {
  const [value, setValue] = createSignal('');
  const [isBusy, setBusy] = createSignal(false);
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy() || value() === '') return;
    setBusy(true);
    await props.onSubmit(value());
    setBusy(false);
  }
  return (
    <form class={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={props.label}
        type={props.type}
        autocomplete={props.autocomplete}
        autofocus
        value={value()}
        onInput={setValue}
      />
      <Refusal text={props.refused} />
      <div class="quickform__foot">
        <Button variant="quiet" onClick={() => props.onCancel()}>
          Cancel
        </Button>
        <Button variant="primary" type="submit" aria-disabled={isBusy() || undefined}>
          {props.button}
        </Button>
      </div>
    </form>
  );
}

/** The code as a picture; what draws it is loaded when somebody needs one. */
function QrCode(props: { readonly text: string }): JSX.Element {
  const [picture] = createResource(
    () => props.text,
    async (text) => {
      const { renderSVG } = await import('uqr');
      return `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 2 }))}`;
    },
  );
  return (
    <Show when={picture()} fallback={<div class={styles.qr} />}>
      {(source) => (
        <img class={styles.qr} src={source()} width={180} height={180} alt="QR code for your authenticator app" />
      )}
    </Show>
  );
}

function RecoveryCodes(props: { readonly codes: readonly string[]; readonly onDone: () => void }): JSX.Element {
  const [note, setNote] = createSignal('');
  async function copy(): Promise<void> {
    const done = await copyText(props.codes.join('\n'));
    setNote(done ? 'Copied. Keep them where you find them without your phone.' : 'Select and copy them by hand.');
  }
  return (
    <>
      <p>
        It is on. Keep these recovery codes: each works once, when your phone is not at hand. They are shown only now.
      </p>
      <ul class={styles.codes} aria-label="Recovery codes">
        <For each={props.codes}>
          {(code) => (
            <li>
              <code>{code}</code>
            </li>
          )}
        </For>
      </ul>
      <p class="fg-3" role="status">
        {note()}
      </p>
      <div class="quickform__foot">
        <Button icon={Copy} onClick={() => void copy()}>
          Copy codes
        </Button>
        <Button variant="primary" onClick={() => props.onDone()}>
          I have kept them
        </Button>
      </div>
    </>
  );
}

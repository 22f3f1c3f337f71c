/** API tokens: for scripts and other programs that act with this person's rights. */
import Copy from 'lucide-solid/icons/copy';
import KeySquare from 'lucide-solid/icons/key-square';
import { createResource, createSignal, For, type JSX, onMount, Show } from 'solid-js';
import { ROLES } from '../../../shared/entities/member.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { announce } from '../../platform/announce.ts';
import { copyText } from '../../platform/clipboard.ts';
import { Callout } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { instantInSentence } from './in-sentence.ts';
import { NameForm } from './name-form.tsx';
import { makeToken, readTokens, revokeToken, type Token } from './security-api.ts';
import { SettingGroup, SettingRow } from './setting-parts.tsx';
import styles from './settings.module.css';

export function TokensSection(): JSX.Element {
  const workspace = useWorkspace();
  const line = () => (workspace.sync.offlineSince() === null ? 'connected' : 'cut');
  const [tokens, { refetch }] = createResource(line, readTokens);
  const [made, setMade] = createSignal<string>();
  const [refused, setRefused] = createSignal<string>();
  const list = () => {
    const answer = tokens.latest;
    return answer?.ok ? answer.value : [];
  };
  const offline = () => {
    const answer = tokens.latest;
    return answer && !answer.ok ? answer.message : undefined;
  };

  async function create(name: string): Promise<boolean> {
    const answer = await makeToken(name);
    setRefused(answer.ok ? undefined : answer.message);
    if (!answer.ok) return false;
    setMade(answer.value);
    await refetch();
    return true;
  }
  async function revoke(token: Token): Promise<void> {
    const answer = await revokeToken(token.id);
    setRefused(answer.ok ? undefined : answer.message);
    if (answer.ok) announce(`${token.name} was revoked`);
    await refetch();
  }
  const facts = (token: Token) =>
    [
      `Ends in ${token.tail}`,
      `made ${instantInSentence(token.createdAt, Date.now())}`,
      token.lastUsedAt === null ? 'never used' : `last used ${instantInSentence(token.lastUsedAt, Date.now())}`,
    ].join(', ');

  return (
    <>
      <SettingGroup
        title="New token"
        text={`It may do what you may as ${ROLES[workspace.me().role].toLowerCase()}: read and write records, nothing about accounts.`}
      >
        <Show when={made()} keyed>
          {(token) => <NewToken token={token} onClose={() => setMade(undefined)} />}
        </Show>
        <NameForm
          label="What it is for"
          placeholder="Nightly report"
          missing="Say what it is for, so that you know later which one to revoke."
          button="Make a token"
          onMake={create}
        />
        <Refusal text={refused() ?? offline()} />
      </SettingGroup>
      <Show when={list().length > 0}>
        <SettingGroup title="Your tokens">
          <div class="box">
            <For each={list()}>
              {(token) => (
                <SettingRow icon={KeySquare} label={token.name} hint={facts(token)}>
                  <Button size="sm" aria-label={`Revoke ${token.name}`} onClick={() => void revoke(token)}>
                    Revoke
                  </Button>
                </SettingRow>
              )}
            </For>
          </div>
        </SettingGroup>
      </Show>
    </>
  );
}

/** Shown this one time; it stays until it is put away. */
function NewToken(props: { readonly token: string; readonly onClose: () => void }): JSX.Element {
  const [words, setWords] = createSignal('');
  let field!: HTMLInputElement;
  onMount(() => field.focus());
  async function copy(): Promise<void> {
    const done = await copyText(props.token);
    if (!done) field.select();
    setWords(
      done ? 'Copied.' : 'This browser does not copy by itself. The token is selected: copy it with the keyboard.',
    );
  }
  return (
    <div class={styles.note}>
      <Callout title="Your new token">
        It is shown only now. Whoever has it acts with your rights: keep it like a password. Programs send it as{' '}
        <code>Authorization: Bearer</code>.
        <input
          ref={field}
          class={`input input--sm ${styles.link}`}
          readOnly
          aria-label="API token"
          value={props.token}
          onFocus={(event) => event.currentTarget.select()}
        />
        <span class={styles.buttons}>
          <Button size="sm" icon={Copy} onClick={() => void copy()}>
            Copy token
          </Button>
          <Button size="sm" variant="quiet" onClick={() => props.onClose()}>
            Done
          </Button>
        </span>
        <span role="status">{words()}</span>
      </Callout>
    </div>
  );
}

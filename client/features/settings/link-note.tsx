/** A link that is shown this one time, with the words to send it with; it stays until it is put away. */
import Copy from 'lucide-solid/icons/copy';
import Mail from 'lucide-solid/icons/mail';
import { createSignal, type JSX, onMount } from 'solid-js';
import { copyText } from '../../platform/clipboard.ts';
import { Callout } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { focusMade } from './focus-made.ts';
import styles from './settings.module.css';

export function LinkNote(props: {
  readonly title: string;
  readonly label: string;
  readonly url: string;
  /** The whole e-mail, link included. */
  readonly text: string;
  readonly children: JSX.Element;
  readonly onClose: () => void;
}): JSX.Element {
  const [words, setWords] = createSignal('');
  let field!: HTMLInputElement;
  onMount(() => focusMade('[data-made-link]'));

  async function copy(what: string, done: string): Promise<void> {
    if (await copyText(what)) {
      setWords(done);
      return;
    }
    field.select();
    setWords('This browser does not copy by itself. The link is selected: copy it with the keyboard.');
  }
  return (
    <div class={styles.note}>
      <Callout title={props.title}>
        {props.children}
        <input
          ref={field}
          class={`input input--sm ${styles.link}`}
          readOnly
          data-made-link
          aria-label={props.label}
          value={props.url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <span class={styles.buttons}>
          <Button size="sm" icon={Copy} onClick={() => void copy(props.url, 'Link copied. Send it to them.')}>
            Copy link
          </Button>
          <Button size="sm" icon={Mail} onClick={() => void copy(props.text, 'Text copied. Paste it into an e-mail.')}>
            Copy e-mail text
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

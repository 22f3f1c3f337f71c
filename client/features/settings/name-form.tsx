import { createSignal, type JSX } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './settings.module.css';

/** Makes something that needs nothing but a name. The name stays until it is made. */
export function NameForm(props: {
  readonly label: string;
  readonly placeholder: string;
  /** Said when there is none. */
  readonly missing: string;
  readonly button: string;
  /** Resolves to whether it was made. */
  readonly onMake: (name: string) => Promise<boolean>;
}): JSX.Element {
  const [name, setName] = createSignal('');
  const [problem, setProblem] = createSignal<string>();

  async function make(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const wanted = name().trim();
    if (wanted === '') setProblem(props.missing);
    else if (await props.onMake(wanted)) setName('');
  }

  return (
    <form class={styles.inline} noValidate onSubmit={(event) => void make(event)}>
      <TextField
        label={props.label}
        autocomplete="off"
        placeholder={props.placeholder}
        value={name()}
        error={problem()}
        onInput={(value) => {
          setName(value);
          setProblem(undefined);
        }}
      />
      <Button type="submit" variant="primary">
        {props.button}
      </Button>
    </form>
  );
}

import { For, type JSX, Show } from 'solid-js';

/** The eight colours of people, in the order they are given out. */
const PERSON_COLOURS = ['tangerine', 'pink', 'teal', 'violet', 'green', 'ochre', 'sky', 'rose'] as const;

/** The class that sets the colour variables of a person (`--p`, `--pw`, `--pf`) on anything inside it. */
export function personClass(colour: number): string {
  return `p-${PERSON_COLOURS[((colour % 8) + 8) % 8] ?? 'sky'}`;
}

export interface AvatarProps {
  readonly name: string;
  /** Solid is somebody here right now, grey is away, tinted names an owner, pale is a contact. */
  readonly tone?: 'name' | 'live' | 'away' | 'contact';
  /** 0 to 7; a contact without one gets a tint from the name. */
  readonly colour?: number;
  readonly size?: 16 | 18 | 20 | 22 | 24 | 28 | 32 | 40 | 48 | 64;
  /** What a live person is doing: "moving a deal". */
  readonly doing?: string;
  /** The name stands beside it already. */
  readonly decorative?: boolean;
  readonly class?: string;
}

/** A person in a circle: initials on their colour. */
export function Avatar(props: AvatarProps): JSX.Element {
  const spoken = () => (props.doing ? `${props.name}, ${props.doing}` : props.name);
  const colourClass = () =>
    props.tone === 'contact'
      ? `tint-${((props.colour ?? nameHash(props.name)) % 6) + 1}`
      : personClass(props.colour ?? 0);
  return (
    <span
      class={['avatar', `avatar--${props.size ?? 20}`, colourClass(), props.class].filter(Boolean).join(' ')}
      classList={{ 'is-live': props.tone === 'live', 'is-away': props.tone === 'away' }}
      role={props.decorative ? undefined : 'img'}
      aria-label={props.decorative ? undefined : spoken()}
      aria-hidden={props.decorative ? 'true' : undefined}
      title={props.decorative ? undefined : spoken()}
    >
      {initials(props.name)}
    </span>
  );
}

export interface AvatarStackProps {
  readonly label: string;
  readonly people: readonly (Pick<AvatarProps, 'name' | 'colour' | 'tone' | 'doing'> & { readonly id: string })[];
  /** Above it the rest is "+N". */
  readonly max?: number;
  readonly size?: AvatarProps['size'];
}

/** Who is here, side by side; too many become a number. */
export function AvatarStack(props: AvatarStackProps): JSX.Element {
  const max = () => props.max ?? 4;
  const rest = () => props.people.slice(max());
  return (
    <Show when={props.people.length > 0}>
      <ul class="presence" aria-label={props.label}>
        <For each={props.people.slice(0, max())}>
          {(person) => (
            <li class="presence__one">
              <Avatar {...person} tone={person.tone ?? 'live'} size={props.size ?? 24} />
            </li>
          )}
        </For>
        <Show when={rest().length > 0}>
          <li
            class="presence__more"
            title={rest()
              .map((person) => person.name)
              .join(', ')}
          >
            +{rest().length}
            <span class="sr">
              :{' '}
              {rest()
                .map((person) => person.name)
                .join(', ')}
            </span>
          </li>
        </Show>
      </ul>
    </Show>
  );
}

/** First letters of the first and the last word: "Dr Amara Cole" is DC, "Halden" is H, "" is a middle dot. */
export function initials(name: string): string {
  const words = name.split(/[\s\-_.@]+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => firstLetter(word));
  return letters.join('').toLocaleUpperCase() || '·';
}

/** The first letter or figure of a word, whole even when it takes two code units. */
export function firstLetter(word: string | undefined): string {
  return word?.match(/\p{L}|\p{N}/u)?.[0] ?? '';
}

/** A small stable number from a name, for choosing a colour that stays the same on every device. */
export function nameHash(name: string): number {
  let hash = 7;
  for (let index = 0; index < name.length; index += 1) hash = (hash * 31 + name.charCodeAt(index)) >>> 0;
  return hash;
}

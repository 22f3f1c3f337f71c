import type { JSX } from 'solid-js';
import { firstLetter, nameHash } from './avatar.tsx';

export interface MarkProps {
  readonly name: string;
  readonly size?: 16 | 18 | 20 | 24 | 28 | 32 | 40 | 48;
  /** Stands in for the letter when there is a drawn mark. */
  readonly children?: JSX.Element;
}

/** The square sign of an organisation: its first letter on a colour that follows from the name. Decoration. */
export function Mark(props: MarkProps): JSX.Element {
  return (
    <span
      class="logo"
      style={{ '--s': `${props.size ?? 16}px`, '--logo': `var(--logo-${(nameHash(props.name) % 8) + 1})` }}
      aria-hidden="true"
    >
      {props.children ?? (firstLetter(props.name).toLocaleUpperCase() || '·')}
    </span>
  );
}

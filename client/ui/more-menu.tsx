import Ellipsis from 'lucide-solid/icons/ellipsis';
import type { JSX } from 'solid-js';
import { IconButton, type IconButtonProps } from './icon-button.tsx';
import { Menu, type MenuItem } from './menu.tsx';

/** What else can be done with a thing, behind three dots. */
export function MoreMenu(props: {
  /** Names the thing: a list has many of these. */
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly size?: IconButtonProps['size'];
  readonly class?: string;
  /** Where the hint of the button stands. */
  readonly hintPlacement?: IconButtonProps['placement'];
}): JSX.Element {
  return (
    <Menu
      placement="bottom-end"
      items={props.items}
      trigger={(trigger) => (
        <IconButton
          {...trigger}
          class={props.class}
          size={props.size}
          icon={Ellipsis}
          label={props.label}
          placement={props.hintPlacement}
        />
      )}
    />
  );
}

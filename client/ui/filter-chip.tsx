import X from 'lucide-solid/icons/x';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from './icon.ts';
import { Menu, type MenuItem } from './menu.tsx';
import { Popover } from './popover.tsx';

export interface FilterChipProps {
  readonly field: string;
  readonly icon?: Icon;
  readonly operator: string;
  readonly value: string;
  /** Differs from the saved view. */
  readonly edited?: boolean;
  /** Why the value cannot be used; marks the chip and is read with it. */
  readonly invalid?: string;
  /** Other fields and other operators to choose from; without them those parts are plain words. */
  readonly fieldItems?: readonly MenuItem[];
  readonly operatorItems?: readonly MenuItem[];
  /** What opens under the value. */
  readonly children?: JSX.Element;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly onRemove: () => void;
}

/** One condition: field, operator, value, each changed on its own; Backspace or the cross removes it. */
export function FilterChip(props: FilterChipProps): JSX.Element {
  const name = () => [`${props.field} ${props.operator} ${props.value}`, props.invalid].filter(Boolean).join(', ');
  return (
    <div
      class="chip"
      classList={{ 'chip--edited': props.edited, 'chip--invalid': Boolean(props.invalid) }}
      role="group"
      aria-label={name()}
      onKeyDown={(event) => {
        // Keys typed in the popover come here too: portals bubble through their owner.
        if (!event.currentTarget.contains(event.target)) return;
        if (event.key !== 'Backspace' && event.key !== 'Delete') return;
        event.preventDefault();
        props.onRemove();
      }}
    >
      <ChipPart class="chip__key" items={props.fieldItems} label={`Field: ${props.field}`}>
        <Show when={props.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
        {props.field}
      </ChipPart>
      <ChipPart class="chip__op" items={props.operatorItems} label={`Operator: ${props.operator}`}>
        {props.operator}
      </ChipPart>
      <Show when={props.children} fallback={<span class="chip__val">{props.value}</span>}>
        <Popover
          label={name()}
          open={props.open}
          onOpenChange={(open) => props.onOpenChange?.(open)}
          trigger={(trigger) => (
            <button type="button" {...trigger} class="chip__val" aria-label={`Value: ${props.value}`}>
              {props.value}
            </button>
          )}
        >
          {props.children}
        </Popover>
      </Show>
      <button type="button" class="chip__x" aria-label={`Remove filter ${name()}`} onClick={() => props.onRemove()}>
        <X />
      </button>
    </div>
  );
}

function ChipPart(props: {
  readonly class: string;
  readonly label: string;
  readonly items?: readonly MenuItem[];
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <Show when={props.items} fallback={<span class={props.class}>{props.children}</span>}>
      {(items) => (
        <Menu
          items={items()}
          trigger={(trigger) => (
            <button type="button" {...trigger} class={props.class} aria-label={props.label}>
              {props.children}
            </button>
          )}
        />
      )}
    </Show>
  );
}

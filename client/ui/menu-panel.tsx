/** What a menu opens. Loaded late: the button is `Menu`'s (menu.tsx). */
import * as KMenu from '@kobalte/core/dropdown-menu';
import Check from 'lucide-solid/icons/check';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { Index, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Kbd } from './kbd.tsx';
import type { LatePanelProps } from './late-trigger.tsx';
import type { MenuAction, MenuItem, MenuProps, MenuRadio } from './menu.tsx';
import { overlayLandmark } from './overlay-landmark.ts';

export function MenuPanel(props: LatePanelProps<MenuProps>): JSX.Element {
  return (
    <KMenu.Root
      open={props.open}
      defaultOpen={props.defaultOpen}
      onOpenChange={(open) => props.onOpenChange?.(open)}
      placement={props.placement ?? 'bottom-start'}
      gutter={4}
      modal={false}
    >
      <KMenu.Trigger as={props.trigger} />
      <KMenu.Portal ref={overlayLandmark('Menu')}>
        <KMenu.Content class="popover menu">
          <MenuItems items={props.items} />
        </KMenu.Content>
      </KMenu.Portal>
    </KMenu.Root>
  );
}

/** By place, not by identity: items are often made anew by a change elsewhere, which must not close an open submenu. */
function MenuItems(props: { readonly items: readonly MenuItem[] }): JSX.Element {
  return <Index each={props.items}>{(item) => <MenuRow item={item()} />}</Index>;
}

function MenuRow(props: { readonly item: MenuItem }): JSX.Element {
  const is = <K extends NonNullable<MenuItem['kind']>>(kind: K) =>
    (props.item.kind ?? 'action') === kind ? (props.item as Extract<MenuItem, { kind?: K }>) : undefined;
  return (
    <Switch>
      <Match when={is('separator')}>
        <KMenu.Separator class="menu__sep" />
      </Match>
      <Match when={is('title')}>{(item) => <div class="menu__title">{item().label}</div>}</Match>
      <Match when={is('submenu')}>
        {(item) => (
          <KMenu.Sub gutter={2} shift={-4}>
            <KMenu.SubTrigger class="menu__item">
              <Show when={item().icon}>{(icon) => <Dynamic component={icon()} />}</Show>
              {item().label}
              <span class="push">
                <ChevronRight />
              </span>
            </KMenu.SubTrigger>
            <KMenu.Portal ref={overlayLandmark('Submenu')}>
              <KMenu.SubContent class="popover menu">
                <MenuItems items={item().items} />
              </KMenu.SubContent>
            </KMenu.Portal>
          </KMenu.Sub>
        )}
      </Match>
      <Match when={is('radio')}>{(item) => <MenuRadioRows item={item()} />}</Match>
      <Match when={is('check')}>
        {(item) => (
          <KMenu.CheckboxItem
            class="menu__item"
            closeOnSelect={false}
            checked={item().checked}
            onChange={(checked) => item().onChange(checked)}
          >
            {item().label}
            <span class="push check" classList={{ 'is-on': item().checked }} aria-hidden="true" />
          </KMenu.CheckboxItem>
        )}
      </Match>
      <Match when={is('action') as MenuAction | undefined}>
        {(item) => (
          <KMenu.Item
            class="menu__item"
            classList={{ 'menu__item--danger': item().danger }}
            disabled={item().disabled}
            onSelect={() => item().onSelect()}
          >
            <Show when={item().icon}>{(icon) => <Dynamic component={icon()} />}</Show>
            {item().lead?.()}
            {item().label}
            <Show when={item().meta}>
              <span class="meta">{item().meta}</span>
            </Show>
            <Show when={item().keys}>{(keys) => <Kbd keys={keys()} />}</Show>
          </KMenu.Item>
        )}
      </Match>
    </Switch>
  );
}

function MenuRadioRows(props: { readonly item: MenuRadio }): JSX.Element {
  return (
    <KMenu.RadioGroup value={props.item.value} onChange={(value) => props.item.onChange(value)}>
      <Show when={props.item.label}>
        <KMenu.GroupLabel class="menu__title">{props.item.label}</KMenu.GroupLabel>
      </Show>
      <Index each={props.item.options}>
        {(option) => (
          <KMenu.RadioItem class="menu__item" value={option().value} closeOnSelect>
            {option().lead?.()}
            {option().label}
            <KMenu.ItemIndicator class="push menu__on">
              <Check />
            </KMenu.ItemIndicator>
          </KMenu.RadioItem>
        )}
      </Index>
    </KMenu.RadioGroup>
  );
}

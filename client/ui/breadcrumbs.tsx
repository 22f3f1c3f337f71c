import ChevronRight from 'lucide-solid/icons/chevron-right';
import { For, type JSX, Show } from 'solid-js';

export interface BreadcrumbsProps {
  /** The name of the landmark, "Breadcrumbs" unless given. */
  readonly label?: string;
  /** From the outermost to where one is; the last has no address. */
  readonly items: readonly { readonly label: string; readonly href?: string }[];
}

/** The way back up. The router takes over clicks on plain links, so this knows nothing of it. */
export function Breadcrumbs(props: BreadcrumbsProps): JSX.Element {
  return (
    <nav aria-label={props.label ?? 'Breadcrumbs'} class="crumbs-nav">
      <ol class="crumbs">
        <For each={props.items}>
          {(item, index) => (
            <li class="crumbs__item">
              <Show when={index() > 0}>
                <ChevronRight class="lucide--sm" />
              </Show>
              <Show
                when={item.href}
                fallback={
                  <span class="truncate" aria-current={index() === props.items.length - 1 ? 'page' : undefined}>
                    {item.label}
                  </span>
                }
              >
                {(href) => <a href={href()}>{item.label}</a>}
              </Show>
            </li>
          )}
        </For>
      </ol>
    </nav>
  );
}

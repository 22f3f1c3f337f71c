import { type JSX, Match, Show, Switch, splitProps } from 'solid-js';

/** What the mark draws; the words come from outside. */
export type SyncLook = 'synced' | 'syncing' | 'offline' | 'attention' | 'local';

export interface SyncPillProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look: SyncLook;
  readonly label: string;
  readonly detail?: string;
  /** Only the mark, for the rail and small screens; the words stay its name. */
  readonly compact?: boolean;
}

/** The button that always says where the data is. Spread a popover's trigger props on it. */
export function SyncPill(props: SyncPillProps): JSX.Element {
  const [own, rest] = splitProps(props, ['look', 'label', 'detail', 'compact', 'class']);
  const spoken = () => `Sync status: ${[own.label, own.detail].filter(Boolean).join(', ')}`;
  return (
    <button
      type="button"
      aria-label={spoken()}
      title={own.compact ? spoken() : undefined}
      {...rest}
      class={['syncpill', own.class].filter(Boolean).join(' ')}
      classList={{
        'syncpill--offline': own.look === 'offline',
        'syncpill--bad': own.look === 'attention',
        'syncpill--compact': own.compact,
      }}
    >
      <SyncMark look={own.look} />
      <Show when={!own.compact}>
        <span class="syncpill__text">{own.label}</span>
        <span class="syncpill__meta">{own.detail}</span>
      </Show>
    </button>
  );
}

/** Two rings: together when both sides have everything, apart when the line is cut, one when there is no other. */
export function SyncMark(props: { readonly look: SyncLook; readonly size?: number }): JSX.Element {
  return (
    <svg
      class={`syncmark syncmark--${props.look}`}
      width={props.size ?? 16}
      height={props.size ?? 16}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <Switch
        fallback={
          <>
            <circle cx="6" cy="8" r="4.3" class="sy-a" />
            <circle cx="10" cy="8" r="4.3" class={props.look === 'synced' ? 'sy-a' : 'sy-b'} />
          </>
        }
      >
        <Match when={props.look === 'offline'}>
          <circle cx="4.6" cy="8" r="3.7" class="sy-a" />
          <circle cx="12.3" cy="8" r="2.9" class="sy-c" />
        </Match>
        <Match when={props.look === 'local'}>
          <circle cx="8" cy="8" r="4.3" class="sy-a" />
        </Match>
      </Switch>
    </svg>
  );
}

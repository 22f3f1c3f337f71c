import * as KDialog from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import { type JSX, Show, untrack } from 'solid-js';
import { IconButton } from './icon-button.tsx';

export interface DialogProps {
  readonly open: boolean;
  /** Called with false when Esc, the close button or a click outside asks to close. */
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: string;
  /** Width in px, 480 by default; on small screens it takes the width there is. */
  readonly width?: number;
  /** As high as a phone, whatever is in it: what it shows comes and goes. */
  readonly tall?: boolean;
  /** Buttons at the foot, the primary one last. */
  readonly actions?: JSX.Element;
  readonly children?: JSX.Element;
}

/** The button of a menu or select that had the focus last: a dialog that was chosen there goes back to it. */
let lastTrigger: HTMLElement | undefined;
globalThis.document?.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && target.hasAttribute('aria-haspopup')) lastTrigger = target;
});

/** A modal dialog: labelled, focus kept inside and given back, closed with Esc. */
export function Dialog(props: DialogProps): JSX.Element {
  let cameFrom: Element | null = null;
  let body!: HTMLDivElement;

  /**
   * Starts in the first field; else in words that are longer than the screen, so that the arrow keys scroll them; else
   * on the dialog itself: a focused close button would show its tooltip.
   *
   * Kobalte calls this in an effect. What others read while the focus moves, the menu it was chosen in for one, must not be
   * followed by that effect: it would end with the menu and give the focus back to its button, behind the dialog.
   */
  function onOpenAutoFocus(event: Event): void {
    event.preventDefault();
    cameFrom = document.activeElement;
    // What was chosen from goes while the dialog opens.
    if (cameFrom === document.body || cameFrom?.closest('[role="menu"], [role="listbox"]'))
      cameFrom = lastTrigger ?? null;
    const dialog = event.currentTarget as HTMLElement;
    const start = dialog.querySelector<HTMLElement>('[autofocus], input, textarea, select') ?? longWords() ?? dialog;
    untrack(() => start.focus());
  }
  function longWords(): HTMLElement | undefined {
    if (body.scrollHeight <= body.clientHeight || body.querySelector('a, button') !== null) return undefined;
    body.tabIndex = 0;
    return body;
  }
  /**
   * When what has the focus is taken out, Kobalte focuses it again while it goes, and Chromium then sends all keys to a
   * button that is no longer there. So this waits until it is gone.
   */
  function keepFocus(dialog: HTMLElement): void {
    dialog.addEventListener('focusout', (event) => {
      if (event.relatedTarget !== null || !document.hasFocus()) return;
      event.stopPropagation();
      const left = event.target as HTMLElement;
      queueMicrotask(() => {
        if (dialog.isConnected && document.activeElement === document.body) (left.isConnected ? left : dialog).focus();
      });
    });
  }
  // There is no trigger: whatever had the focus gets it back.
  function onCloseAutoFocus(event: Event): void {
    event.preventDefault();
    if (cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus();
  }

  return (
    <KDialog.Root open={props.open} onOpenChange={(open) => props.onOpenChange(open)}>
      <KDialog.Portal>
        <KDialog.Overlay class="scrim" />
        <KDialog.Content
          ref={keepFocus}
          class={props.tall ? 'dialog dialog--tall' : 'dialog'}
          onOpenAutoFocus={onOpenAutoFocus}
          onCloseAutoFocus={onCloseAutoFocus}
          style={{ '--dialog-width': `${props.width ?? 480}px` }}
        >
          <header class="dialog__head">
            <KDialog.Title class="dialog__title">{props.title}</KDialog.Title>
            <IconButton label="Close" icon={X} size="sm" onClick={() => props.onOpenChange(false)} />
          </header>
          <div class="dialog__body" ref={body}>
            <Show when={props.description}>
              <KDialog.Description class="dialog__text">{props.description}</KDialog.Description>
            </Show>
            {props.children}
          </div>
          <Show when={props.actions}>
            <footer class="dialog__foot">{props.actions}</footer>
          </Show>
        </KDialog.Content>
      </KDialog.Portal>
    </KDialog.Root>
  );
}

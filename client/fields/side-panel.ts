/**
 * The panel at the right of a record's page: opened from the bar at the top, shown beside the other three. It belongs to
 * the page and not to one record, so that it stays while somebody walks through a list with J and K.
 */
import { createContext, createSignal, useContext } from 'solid-js';

export interface SidePanel {
  readonly isOpen: () => boolean;
  /** Opens it, to take the focus once it is there; or closes it. */
  readonly toggle: () => void;
  /** Gives the focus to the button when the panel has it. */
  readonly close: () => void;
  /** For the `ref` of the button. */
  readonly button: (element: HTMLElement) => void;
  /** For the `ref` of the panel. */
  readonly panel: (element: HTMLElement) => void;
  /**
   * Whether a panel that has just been drawn was asked for by a key or a press, and the person is still where they were
   * then: its code may come late. True once.
   */
  readonly isAskedFor: () => boolean;
}

export function createSidePanel(): SidePanel {
  const [isOpen, setOpen] = createSignal(false);
  let button: HTMLElement | undefined;
  let panel: HTMLElement | undefined;
  let askedFrom: Element | null = null;

  function close(): void {
    askedFrom = null;
    // Before it is taken out: what is removed with the focus takes all keys along.
    if (panel?.contains(document.activeElement)) button?.focus();
    setOpen(false);
  }
  return {
    isOpen,
    close,
    toggle() {
      if (isOpen()) {
        close();
        return;
      }
      askedFrom = document.activeElement;
      setOpen(true);
    },
    button: (element) => {
      button = element;
    },
    panel: (element) => {
      panel = element;
    },
    isAskedFor() {
      const from = askedFrom;
      askedFrom = null;
      return from !== null && (from === document.activeElement || document.activeElement === document.body);
    },
  };
}

const SidePanelContext = createContext<SidePanel>();

export const SidePanelProvider = SidePanelContext.Provider;

export function useSidePanel(): SidePanel {
  const panel = useContext(SidePanelContext);
  if (!panel) throw new Error('useSidePanel needs a record’s page above it');
  return panel;
}

/** Whether the sidebar is folded to its rail: the person's choice on this device. */
import { type Accessor, createSignal } from 'solid-js';

const KEY = 'rapport.sidebar';

export interface SidebarChoice {
  readonly isRail: Accessor<boolean>;
  readonly toggle: () => void;
}

export function createSidebarChoice(): SidebarChoice {
  const [isRail, setRail] = createSignal(read());
  return {
    isRail,
    toggle() {
      const next = !isRail();
      setRail(next);
      try {
        if (next) localStorage.setItem(KEY, 'rail');
        else localStorage.removeItem(KEY);
      } catch {
        // Without storage the choice holds until the page is closed.
      }
    },
  };
}

function read(): boolean {
  try {
    return localStorage.getItem(KEY) === 'rail';
  } catch {
    return false;
  }
}

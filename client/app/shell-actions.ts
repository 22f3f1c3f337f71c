/** What the shell can do, for its own parts: palette, menus, and the pages it composes with props. */
import { createContext, useContext } from 'solid-js';

export interface ShellActions {
  /** Opens the page at a path and starts a new record there. */
  readonly add: (path: string) => void;
  readonly navigate: (path: string) => void;
  readonly openKeys: () => void;
  readonly signOut: () => void;
  readonly saveCopy: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

const ShellContext = createContext<ShellActions>();

export const ShellProvider = ShellContext.Provider;

export function useShell(): ShellActions {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('useShell needs the Shell above it');
  return shell;
}

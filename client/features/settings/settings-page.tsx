import type { JSX } from 'solid-js';
import type { Theme } from '../../ui/theme.ts';
export function SettingsPage(_props: {
  readonly theme: Theme;
  readonly onSaveCopy: () => void;
  readonly onSignOut: () => void;
}): JSX.Element {
  return <h1>Settings</h1>;
}

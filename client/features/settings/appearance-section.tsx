/** What belongs to this device: light or dark, and whether single letters do anything. */
import Monitor from 'lucide-solid/icons/monitor';
import Moon from 'lucide-solid/icons/moon';
import Sun from 'lucide-solid/icons/sun';
import { createSignal, type JSX } from 'solid-js';
import { areSingleKeysOn, setSingleKeys } from '../../platform/hotkeys.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import type { Theme } from '../../ui/theme.ts';
import { SettingRow } from './setting-parts.tsx';
import styles from './settings.module.css';

export function AppearanceSection(props: { readonly theme: Theme }): JSX.Element {
  const [keysOn, setKeysOn] = createSignal(areSingleKeysOn());
  function switchKeys(on: boolean): void {
    setSingleKeys(on);
    // What was stored counts: a browser can forbid storing.
    setKeysOn(areSingleKeysOn());
  }
  return (
    <div class={`box ${styles.first}`}>
      <SettingRow label="Theme" hint="System follows what this device is set to.">
        <Segmented
          label="Theme"
          value={props.theme.preference()}
          options={[
            { value: 'light', label: 'Light', icon: Sun },
            { value: 'dark', label: 'Dark', icon: Moon },
            { value: 'system', label: 'System', icon: Monitor },
          ]}
          onChange={(preference) => props.theme.setPreference(preference)}
        />
      </SettingRow>
      <SettingRow
        label="Single-letter keys"
        hint="N for new, F for filter and the like. Off, they do nothing; combinations with Ctrl or ⌘ still work."
      >
        <Switch label="Single-letter keys" hideLabel checked={keysOn()} onChange={switchKeys} />
      </SettingRow>
    </div>
  );
}

/** What is on this device, how it stands with the team's, and the way out. */
import Database from 'lucide-solid/icons/database';
import Laptop from 'lucide-solid/icons/laptop';
import LogOut from 'lucide-solid/icons/log-out';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import { type JSX, Show } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { formatInstant, formatPlural } from '../../fields/format.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/tag.tsx';
import { deviceFacts } from './device-words.ts';
import { SettingRow } from './setting-parts.tsx';
import styles from './settings.module.css';

export function DevicesSection(props: {
  readonly onSaveCopy: () => void;
  readonly onSignOut: () => void;
}): JSX.Element {
  const { sync } = useWorkspace();
  const isHere = () => sync.firstLoad() === null;
  const syncedText = () => {
    const at = sync.lastSyncedAt();
    return at === null ? 'Not yet on this device' : formatInstant(at, Date.now());
  };
  const waitingText = () => {
    const count = sync.waitingCount();
    if (count === 0) return 'Nothing is waiting to be sent.';
    return `${formatPlural(count, 'change', 'changes')} saved on this device, not with your team yet.`;
  };
  return (
    <div class={`box ${styles.first}`}>
      <SettingRow
        icon={Laptop}
        label={isHere() ? 'Full copy on this device' : 'Copy on this device is being made'}
        hint={sync.storageProblem() ?? deviceFacts(sync.deviceUsage())}
      >
        <Show when={isHere() && sync.storageProblem() === null}>
          <Tag tone="success">Works offline</Tag>
        </Show>
      </SettingRow>
      <SettingRow icon={RefreshCw} label={`Last in step with your team: ${syncedText()}`} hint={waitingText()}>
        <Show when={sync.state() === 'offline'}>
          <Button size="sm" onClick={() => sync.tryNow()}>
            Try now
          </Button>
        </Show>
      </SettingRow>
      <SettingRow
        icon={Database}
        label="Save a copy"
        hint="Everything on this device as one file: readable, and whole enough to bring all of it back."
      >
        <Button size="sm" onClick={() => props.onSaveCopy()}>
          Save a copy
        </Button>
      </SettingRow>
      <SettingRow
        icon={LogOut}
        label="Sign out"
        hint="Takes the copy off this device. What has not been sent yet is asked about first."
      >
        <Button size="sm" onClick={() => props.onSignOut()}>
          Sign out
        </Button>
      </SettingRow>
    </div>
  );
}

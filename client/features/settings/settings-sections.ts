/** The sections of the settings, for their page and for the sidebar beside it. */
import DatabaseBackup from 'lucide-solid/icons/database-backup';
import FileUp from 'lucide-solid/icons/file-up';
import House from 'lucide-solid/icons/house';
import Kanban from 'lucide-solid/icons/kanban';
import KeySquare from 'lucide-solid/icons/key-square';
import Laptop from 'lucide-solid/icons/laptop';
import ListChecks from 'lucide-solid/icons/list-checks';
import Lock from 'lucide-solid/icons/lock';
import Moon from 'lucide-solid/icons/moon';
import Shield from 'lucide-solid/icons/shield-check';
import User from 'lucide-solid/icons/user-round';
import Users from 'lucide-solid/icons/users-round';
import type { Icon } from '../../ui/icon.ts';

export type SectionId =
  | 'profile'
  | 'security'
  | 'tokens'
  | 'appearance'
  | 'general'
  | 'pipelines'
  | 'plans'
  | 'members'
  | 'spaces'
  | 'data'
  | 'backups'
  | 'devices';

export interface SettingsSection {
  readonly id: SectionId;
  readonly label: string;
  readonly icon: Icon;
}

/** What `/settings` without a section shows. */
export const DEFAULT_SECTION: SectionId = 'profile';

export const SETTINGS_GROUPS: readonly { readonly label: string; readonly sections: readonly SettingsSection[] }[] = [
  {
    label: 'You',
    sections: [
      { id: 'profile', label: 'Profile', icon: User },
      { id: 'security', label: 'Sign-in and devices', icon: Shield },
      { id: 'appearance', label: 'Appearance', icon: Moon },
      { id: 'tokens', label: 'API tokens', icon: KeySquare },
    ],
  },
  {
    label: 'Workspace',
    sections: [
      { id: 'general', label: 'General', icon: House },
      { id: 'pipelines', label: 'Pipelines', icon: Kanban },
      { id: 'plans', label: 'Plans', icon: ListChecks },
      { id: 'members', label: 'Members and roles', icon: Users },
      { id: 'spaces', label: 'Private spaces', icon: Lock },
    ],
  },
  {
    label: 'Data',
    sections: [
      { id: 'data', label: 'Import and export', icon: FileUp },
      { id: 'backups', label: 'Backups', icon: DatabaseBackup },
      { id: 'devices', label: 'Devices and sync', icon: Laptop },
    ],
  },
];

export function sectionNamed(id: string | undefined): SectionId {
  const all = SETTINGS_GROUPS.flatMap((group) => group.sections);
  return all.find((section) => section.id === id)?.id ?? DEFAULT_SECTION;
}

/** What the palette can do besides opening records. */
import Clock from 'lucide-solid/icons/clock';
import Download from 'lucide-solid/icons/download';
import FileUp from 'lucide-solid/icons/file-up';
import Kanban from 'lucide-solid/icons/kanban';
import Keyboard from 'lucide-solid/icons/keyboard';
import LogOut from 'lucide-solid/icons/log-out';
import Merge from 'lucide-solid/icons/merge';
import Plus from 'lucide-solid/icons/plus';
import Redo from 'lucide-solid/icons/redo-2';
import Settings from 'lucide-solid/icons/settings';
import Trash from 'lucide-solid/icons/trash';
import Undo from 'lucide-solid/icons/undo-2';
import UserPlus from 'lucide-solid/icons/user-plus';
import { createRecord } from '../../shared/commands/record-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { contact } from '../../shared/entities/contact.ts';
import { splitName } from '../../shared/model/person-name.ts';
import type { Workspace } from '../data/workspace.ts';
import { attempt } from '../fields/record-edit.ts';
import type { Icon } from '../ui/icon.ts';
import type { ShellActions } from './shell-actions.ts';
import { SECTIONS } from './sidebar.tsx';

export interface PaletteAction {
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  /** As pressed without the palette; a sequence has its keys side by side. */
  readonly keys?: string;
  readonly run: () => void;
}

export function paletteActions(workspace: Workspace, shell: ShellActions): readonly PaletteAction[] {
  const undoLabel = workspace.undoLabel();
  const redoLabel = workspace.redoLabel();
  const go = (path: string) => () => shell.navigate(path);
  const writing: readonly PaletteAction[] = [
    { id: 'new-deal', label: 'New deal', icon: Plus, run: () => shell.add('/deals') },
    { id: 'new-contact', label: 'New contact', icon: Plus, run: () => shell.add('/contacts') },
    { id: 'new-company', label: 'New company', icon: Plus, run: () => shell.add('/companies') },
    { id: 'new-task', label: 'New task', icon: Plus, run: () => shell.add('/tasks') },
    { id: 'new-appointment', label: 'New appointment', icon: Plus, run: () => shell.add('/calendar') },
    { id: 'import', label: 'Import a spreadsheet', icon: FileUp, run: go('/import') },
  ];
  return [
    ...SECTIONS.map(({ label, icon, path, letter }) => ({
      id: `go${path}`,
      label: `Go to ${label.toLowerCase()}`,
      icon,
      keys: `G+${letter}`,
      run: go(path),
    })),
    ...(workspace.canWrite() ? writing : []),
    ...(undoLabel === null ? [] : [action('undo', `Undo: ${undoLabel}`, Undo, shell.undo, 'Mod+Z')]),
    ...(redoLabel === null ? [] : [action('redo', `Redo: ${redoLabel}`, Redo, shell.redo, 'Mod+Shift+Z')]),
    action('settings', 'Go to settings', Settings, go('/settings'), 'G+S'),
    action('history', 'History of everything', Clock, go('/history')),
    action('past', 'Pipeline as of a day', Clock, go('/history/pipeline')),
    action('trash', 'Trash', Trash, go('/trash')),
    action('same-contacts', 'Possible duplicates among contacts', Merge, go('/contacts/duplicates')),
    action('same-companies', 'Possible duplicates among companies', Merge, go('/companies/duplicates')),
    action('stages', 'Pipelines and stages', Kanban, go('/settings/pipelines')),
    action('members', 'Invite a teammate', UserPlus, go('/settings/members')),
    action('copy', 'Save a copy of everything', Download, shell.saveCopy),
    action('keys', 'All keys', Keyboard, shell.openKeys, '?'),
    action('sign-out', 'Sign out', LogOut, shell.signOut),
  ];
}

/** For a query that found nothing: the record it may have been meant to name. */
export function createActions(workspace: Workspace, shell: ShellActions, name: string): readonly PaletteAction[] {
  if (!workspace.canWrite() || name === '') return [];
  const add = (make: () => string, section: string) => () => {
    attempt(() => shell.navigate(`/${section}/${make()}`));
  };
  return [
    action(
      'create-contact',
      `Add contact “${name}”`,
      Plus,
      add(
        () => workspace.run(`${name} added`, (tx) => createRecord(tx, { entity: contact, values: splitName(name) })),
        'contacts',
      ),
    ),
    action(
      'create-company',
      `Add company “${name}”`,
      Plus,
      add(
        () => workspace.run(`${name} added`, (tx) => createRecord(tx, { entity: company, values: { name } })),
        'companies',
      ),
    ),
  ];
}

function action(id: string, label: string, icon: Icon, run: () => void, keys?: string): PaletteAction {
  return { id, label, icon, run, ...(keys === undefined ? {} : { keys }) };
}

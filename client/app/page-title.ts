/** The name of what is on screen: for the browser's tab, the history, and people who hear the page change. */
import { WORKSPACE_ID } from '../../shared/entities/workspace.ts';
import type { Workspace } from '../data/workspace.ts';
import { followReference } from '../fields/reference.ts';

const SECTIONS: Readonly<Record<string, string>> = {
  today: 'Today',
  inbox: 'Inbox',
  history: 'History',
  trash: 'Trash',
  tasks: 'Tasks',
  calendar: 'Calendar',
  deals: 'Deals',
  contacts: 'Contacts',
  companies: 'Companies',
  duplicates: 'Possible duplicates',
  import: 'Import',
  settings: 'Settings',
};

/** `Ingrid Solberg · Northlane`, `Deals · Northlane`. Tracks the record and the workspace's name. */
export function pageTitle(pathname: string, workspace: Workspace): string {
  const [section = '', id = ''] = pathname.split('/').slice(1);
  const name = workspace.collection('workspace').byId(WORKSPACE_ID)?.name || 'Rapport';
  const page = id.includes('_') ? followReference(workspace, id).title : SECTIONS[id] || SECTIONS[section];
  return page ? `${page} · ${name}` : name;
}

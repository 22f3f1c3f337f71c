/** What a notice says, and where it leads. */
import AtSign from 'lucide-solid/icons/at-sign';
import Bell from 'lucide-solid/icons/bell';
import MessageSquare from 'lucide-solid/icons/message-square';
import Pencil from 'lucide-solid/icons/pencil';
import Reply from 'lucide-solid/icons/reply';
import Trophy from 'lucide-solid/icons/trophy';
import UserCheck from 'lucide-solid/icons/user-round-check';
import { type Notice, type NoticeKind, noticeKind } from '../../../shared/entities/notice.ts';
import { entityNameOf } from '../../../shared/model/id.ts';
import type { Workspace } from '../../data/workspace.ts';
import { followReference, recordHref } from '../../fields/reference.ts';
import { taskHref } from '../../fields/tasks/task-row.tsx';
import type { Icon } from '../../ui/icon.ts';

export const NOTICE_ICONS: Readonly<Record<NoticeKind, Icon>> = {
  mention: AtSign,
  reply: Reply,
  assigned: UserCheck,
  won: Trophy,
  comment: MessageSquare,
  change: Pencil,
  due: Bell,
};

const VERBS: Readonly<Record<NoticeKind, string>> = {
  mention: 'mentioned you on',
  reply: 'replied on',
  assigned: 'gave you',
  won: 'won',
  comment: 'commented on',
  change: 'changed',
  due: 'is due',
};

/** What happened, between who did it and the record: `mentioned you on`. */
export function noticeVerb(record: Notice): string {
  return VERBS[noticeKind(record)];
}

/** The second line: the words of a comment, the fields that changed. '' where the record says it all. */
export function noticeDetail(record: Notice): string {
  const kind = noticeKind(record);
  return kind === 'won' || (kind === 'assigned' && record.record.length > 0) ? '' : record.text;
}

/** `Jonas mentioned you on Vans`; for notifications of the system. Tracks the records. */
export function noticeSentence(workspace: Workspace, record: Notice): string {
  const who = record.by ? (workspace.collection('member').byIdInTrash(record.by)?.name ?? 'Somebody') : '';
  const on = record.record[0] ? followReference(workspace, record.record[0]).title : record.text;
  const kind = noticeKind(record);
  if (kind === 'due' || who === '') return on || record.text;
  return `${who} ${VERBS[kind]} ${on}`;
}

/**
 * The address of what it is about, and the place there: the comments of the page or of one of its entries, the entry or the
 * brief that names somebody.
 */
export function noticeHref(workspace: Workspace, record: Notice): string | undefined {
  const id = record.record[0];
  if (id === undefined) return undefined;
  const page = recordHref(id);
  if (page) return page + placeOnPage(workspace, record);
  if (entityNameOf(id) === 'appointment') return '/calendar';
  const task = workspace.collection('task').byId(id);
  return (task && taskHref(workspace, task)) || '/tasks';
}

/** Entities whose page has a brief. */
const BRIEFED: ReadonlySet<string> = new Set(['company', 'deal']);

function placeOnPage(workspace: Workspace, { kind, record, comment, entry }: Notice): string {
  if (comment !== null) {
    const at = workspace.collection('comment').byId(comment)?.entry[0];
    return at === undefined ? '#comments' : `#${at}/comments`;
  }
  if (entry !== null) return `#${entry}`;
  return kind === 'mention' && BRIEFED.has(entityNameOf(record[0] ?? '')) ? '#brief' : '';
}

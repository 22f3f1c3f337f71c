/** The kinds of entries with their signs and keys. */
import CalendarDays from 'lucide-solid/icons/calendar-days';
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import Mail from 'lucide-solid/icons/mail';
import MessageSquare from 'lucide-solid/icons/message-square';
import NotebookPen from 'lucide-solid/icons/notebook-pen';
import Phone from 'lucide-solid/icons/phone';
import type { ActivityKind } from '../../../shared/entities/activity.ts';
import type { Icon } from '../../ui/icon.ts';
import type { ComposerKind } from './composer-model.ts';

export const KIND_ICONS: Readonly<Record<ActivityKind, Icon>> = {
  note: NotebookPen,
  call: Phone,
  email: Mail,
  meeting: CalendarDays,
  message: MessageSquare,
};

export interface ComposerTab {
  readonly kind: ComposerKind;
  readonly label: string;
  readonly icon: Icon;
  /** Goes to it from anywhere on the page; a task has a form of its own behind its key. */
  readonly key?: string;
  readonly save: string;
  readonly placeholder: string;
  /** Is not offered; it comes with a link that begins it. */
  readonly isRare?: boolean;
}

export const COMPOSER_TABS: readonly ComposerTab[] = [
  {
    kind: 'note',
    label: 'Note',
    icon: NotebookPen,
    key: 'N',
    save: 'Save note',
    placeholder: 'Write a note. Type @ to mention, / for a template.',
  },
  { kind: 'call', label: 'Call', icon: Phone, key: 'C', save: 'Log call', placeholder: 'What was said' },
  { kind: 'email', label: 'Email', icon: Mail, key: 'E', save: 'Log email', placeholder: 'What was written' },
  {
    kind: 'meeting',
    label: 'Meeting',
    icon: CalendarDays,
    key: 'M',
    save: 'Log meeting',
    placeholder: 'What was agreed',
  },
  {
    kind: 'message',
    label: 'Message',
    icon: MessageSquare,
    save: 'Log message',
    placeholder: 'What was written',
    isRare: true,
  },
  { kind: 'task', label: 'Task', icon: CircleCheck, save: 'Add task', placeholder: 'More about it' },
];

/** Reminders come due while the app is open, whatever page is shown. What the system may not show stands in a toast. */
import { useNavigate } from '@solidjs/router';
import { type JSX, onCleanup } from 'solid-js';
import { createReminderClock } from '../features/reminders/reminder-clock.ts';
import { onNotificationClick } from '../platform/notifications.ts';
import type { Toaster } from '../ui/toaster.tsx';

export function ReminderWatcher(props: { readonly toaster: Toaster }): JSX.Element {
  const navigate = useNavigate();
  onCleanup(onNotificationClick((path) => navigate(path)));
  createReminderClock({
    tellInApp: (text, path) => props.toaster.show({ text, action: { label: 'Open', run: () => navigate(path) } }),
  });
  return null;
}

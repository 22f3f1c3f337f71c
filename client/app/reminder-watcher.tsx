/**
 * Reminders come due while the app is open, whatever page is shown. What the system may not show stands in a toast; so does, once,
 * that the clock they would go by is plainly wrong.
 */
import { useNavigate } from '@solidjs/router';
import { createEffect, type JSX, onCleanup } from 'solid-js';
import { createReminderClock } from '../features/reminders/reminder-clock.ts';
import { onNotificationClick } from '../platform/notifications.ts';
import { clockCorrection } from '../platform/right-now.ts';
import type { Toaster } from '../ui/toaster.tsx';
import { clockNotice } from './clock-words.ts';

export function ReminderWatcher(props: { readonly toaster: Toaster }): JSX.Element {
  const navigate = useNavigate();
  onCleanup(onNotificationClick((path) => navigate(path)));
  createReminderClock({
    tellInApp: (text, path) => props.toaster.show({ text, action: { label: 'Open', run: () => navigate(path) } }),
  });
  let isTold = false;
  createEffect(() => {
    const text = clockNotice(clockCorrection());
    if (text === null || isTold) return;
    isTold = true;
    props.toaster.show({ text });
  });
  return null;
}

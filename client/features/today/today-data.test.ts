import { createComponent, createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { logActivity } from '../../../shared/commands/activity-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { addDays } from '../../../shared/model/day.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { currentDay } from '../../fields/reference.ts';
import { createTodayData } from './today-data.ts';

/** What Today shows is made ready in slices, and a busy machine takes several for it. */
const READY = { timeout: 5_000 };

test('who was spoken with within their interval is not worth a nudge, and no longer one once a call is logged', async () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const firstContactOn = addDays(currentDay(), -100);
  const person = (firstName: string) =>
    workspace.arrange((tx) => tx.insert(contact, { firstName, keepInTouchWeeks: 2, firstContactOn }));
  const [spoken, quiet] = [person('Ingrid'), person('Femke')];
  workspace.arrange((tx) => logActivity(tx, { kind: 'call', outcome: 'reached', about: [spoken] }));
  const { data, dispose } = createRoot((dispose) => {
    let data: ReturnType<typeof createTodayData> | undefined;
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
    createComponent(WorkspaceProvider, {
      value: workspace,
      get children() {
        data = createTodayData({ today: currentDay, zone, isMine: () => false });
        return null;
      },
    });
    return { data, dispose };
  });
  const nudged = () => data?.nudges().flatMap((nudge) => ('contactId' in nudge ? [nudge.contactId] : []));
  await expect.poll(nudged, READY).toEqual([quiet]);
  workspace.run('Call saved', (tx) => logActivity(tx, { kind: 'call', outcome: 'reached', about: [quiet] }));
  await expect.poll(nudged, READY).toEqual([]);
  dispose();
});

import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { logActivity } from '../../shared/commands/activity-commands.ts';
import { contact } from '../../shared/entities/contact.ts';
import { addDays } from '../../shared/model/day.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { createMemoryWorkspace } from '../data/memory-workspace.ts';
import { inTouchFilter } from './contact-columns.tsx';
import { currentDay } from './reference.ts';

test('who is due to hear from us is found by their interval, and no longer once somebody has spoken with them', () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const person = (firstName: string, keepInTouchWeeks: number | null, daysAgo: number) =>
    workspace.arrange((tx) =>
      tx.insert(contact, { firstName, keepInTouchWeeks, firstContactOn: addDays(currentDay(), -daysAgo) }),
    );
  const due = person('Ingrid', 2, 14);
  const ids = [due, person('Femke', 2, 10), person('Jonas', 8, 1), person('Vera', null, 400)];
  createRoot((dispose) => {
    const filter = inTouchFilter(workspace);
    const values = () => {
      const read = filter.values();
      return ids.map((id) => read(workspace.collection('contact').peek(id) as unknown as AnyRecord));
    };
    expect(values()).toEqual(['due', 'soon', 'later', null]);
    workspace.run('Call saved', (tx) => logActivity(tx, { kind: 'call', outcome: 'reached', about: [due] }));
    expect(values()[0]).toBe('later');
    dispose();
  });
});

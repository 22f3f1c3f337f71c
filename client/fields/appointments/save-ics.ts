/** An appointment as a file for other calendars. The code for it is loaded when somebody asks. */
import type { Appointment } from '../../../shared/entities/appointment.ts';
import { primaryOf } from '../../../shared/entities/contact.ts';
import type { Workspace } from '../../data/workspace.ts';
import { download, fileName } from '../../platform/download.ts';
import { followReference } from '../reference.ts';

export async function downloadAppointment(workspace: Workspace, appointment: Appointment): Promise<void> {
  const { writeIcs } = await import('../../../shared/ics/write-ics.ts');
  const text = writeIcs([appointment], {
    now: Date.now(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    personOf(id) {
      const contact = workspace.collection('contact').peek(id);
      const member = workspace.collection('member').peek(id);
      const email = contact ? primaryOf(contact.emails)?.value : member?.email;
      return email ? { name: followReference(workspace, id).title, email } : undefined;
    },
  });
  download(fileName([appointment.title], 'ics'), new Blob([text], { type: 'text/calendar;charset=utf-8' }));
}

/** Calendar files that are dropped or chosen become appointments. Their reader is loaded when the first one comes. */
import { takeOverAppointments } from '../../../shared/commands/ics-commands.ts';
import type { IcsAppointment } from '../../../shared/ics/read-ics.ts';
import type { Workspace } from '../../data/workspace.ts';
import { isIcs, isMail, MAIL_BELONGS } from '../file-kinds.ts';
import { formatPlural } from '../format.ts';
import { attempt } from '../record-edit.ts';

export interface IcsOutcome {
  /** What was added, in words; '' when nothing was. */
  readonly added: string;
  /** The day of the first one, to show it; null when nothing was added. */
  readonly firstDay: string | null;
  readonly problems: readonly string[];
}

/** `isOneOfMany`: other files came with these, so that each sentence needs the name of its file. */
export async function openIcs(
  workspace: Workspace,
  files: readonly File[],
  about: readonly string[],
  isOneOfMany = files.length > 1,
): Promise<IcsOutcome> {
  const { readIcs } = await import('../../../shared/ics/read-ics.ts');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const problems: string[] = [];
  const found: IcsAppointment[] = [];
  for (const file of files) {
    if (!isIcs(file)) {
      problems.push(
        isMail(file)
          ? `${file.name} is an e-mail. ${MAIL_BELONGS}`
          : `${file.name} is no calendar file (.ics). Nothing was done with it.`,
      );
      continue;
    }
    const read = readIcs(await file.text(), zone);
    found.push(...read.appointments);
    problems.push(...read.problems.map((sentence) => (isOneOfMany ? `${file.name}: ${sentence}` : sentence)));
  }
  const [first] = found;
  if (!first) return { added: '', firstDay: null, problems };
  const people = { contacts: new Map<string, string>(), members: new Map<string, string>() };
  for (const contact of workspace.collection('contact').each()) {
    for (const { value } of contact.emails) people.contacts.set(value.toLowerCase(), contact.id);
  }
  for (const member of workspace.collection('member').each()) {
    if (member.email) people.members.set(member.email.toLowerCase(), member.id);
  }
  const added = found.length === 1 ? first.title : formatPlural(found.length, 'appointment', 'appointments');
  const refused = attempt(() =>
    workspace.run(`${added} added`, (tx) => takeOverAppointments(tx, { appointments: found, people, about })),
  );
  if (refused !== undefined) return { added: '', firstDay: null, problems: [refused, ...problems] };
  return { added: `${added} added`, firstDay: first.start.slice(0, 10), problems };
}

/** An e-mail file that was dropped on a record becomes an entry of its timeline, linked to the people it names. */
import { linkActivity, logActivity } from '../../../shared/commands/activity-commands.ts';
import { CommandRefused } from '../../../shared/commands/command.ts';
import type { Activity } from '../../../shared/entities/activity.ts';
import type { Files } from '../../data/files.ts';
import type { Workspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { type MailPerson, personText, type ReadMail, readMail } from './read-mail.ts';

export interface MailOutcome {
  /** What was done, in words; '' when nothing was. */
  readonly done: string;
  /** Sentences about what was wrong with it. */
  readonly problems: readonly string[];
}

export async function takeMail(
  workspace: Workspace,
  files: Files | undefined,
  file: File,
  recordId: Activity['about'][number],
): Promise<MailOutcome> {
  const read = await readMail(file);
  if (!read.ok) return { done: '', problems: [read.sentence] };
  const { mail } = read;
  const about = [...new Set([recordId, ...contactsOf(workspace, [...mail.from, ...mail.to])])];
  const known = findLogged(workspace, mail.messageId, about);
  if (known !== undefined) {
    const missing = about.filter((id) => !known.about.includes(id));
    const problem =
      missing.length === 0
        ? undefined
        : attempt(() => workspace.run('Email linked', (tx) => linkActivity(tx, { id: known.id, add: missing })));
    return {
      done: `“${nameOf(mail)}” is in the timeline already`,
      problems: problem === undefined ? [] : [problem],
    };
  }
  const prefix = `“${nameOf(mail)}”: `;
  const said = mail.warnings.map((sentence) => prefix + sentence);
  const sender = memberOf(workspace, mail.from);
  const values = {
    kind: 'email' as const,
    subject: mail.subject.slice(0, 1_000),
    body: mail.text,
    from: mail.from.map(personText).join(', ').slice(0, 1_000),
    to: mail.to.map(personText).join(', ').slice(0, 1_000),
    at: mail.at,
    about,
    direction: sender === null ? ('in' as const) : ('out' as const),
    sourceId: mail.messageId,
    ...(sender === null ? {} : { by: sender }),
  };
  const label = 'Email logged';
  try {
    // What happened in an earlier year is written down in that year's timeline.
    if (mail.at !== null) await workspace.openTimeline(new Date(mail.at).getUTCFullYear());
    if (files === undefined) {
      workspace.run(label, (tx) => logActivity(tx, values));
      const lost =
        mail.attachments.length > 0 ? [`${prefix}This browser stores no files; its attachments were not added.`] : [];
      return { done: label, problems: [...said, ...lost] };
    }
    const isCut = mail.warnings.some((sentence) => sentence.startsWith('Its text is very long'));
    const { problems } = await files.add([...mail.attachments, ...(isCut ? [file] : [])], {
      about,
      label,
      activity: (tx) => logActivity(tx, values),
      ...(mail.at === null ? {} : { at: mail.at }),
    });
    return { done: label, problems: [...said, ...problems] };
  } catch (error) {
    if (error instanceof CommandRefused) return { done: '', problems: [error.message] };
    throw error;
  }
}

const nameOf = ({ subject }: ReadMail) => subject || 'E-mail without a subject';

/** Contacts that have one of the addresses. */
function contactsOf(workspace: Workspace, people: readonly MailPerson[]): Activity['about'] {
  const addresses = new Set(people.map(({ address }) => address.toLowerCase()).filter((address) => address !== ''));
  const found: Activity['about'][number][] = [];
  for (const contact of workspace.collection('contact').each()) {
    if (contact.emails.some(({ value }) => addresses.has(value.toLowerCase()))) found.push(contact.id);
  }
  return found;
}

/** The teammate who wrote it; null when somebody else did. */
function memberOf(workspace: Workspace, from: readonly MailPerson[]): Activity['by'] {
  const addresses = new Set(from.map(({ address }) => address.toLowerCase()));
  for (const member of workspace.collection('member').each()) {
    if (member.email !== '' && addresses.has(member.email.toLowerCase())) return member.id;
  }
  return null;
}

/** The same e-mail, when somebody logged it on one of these records before. */
function findLogged(workspace: Workspace, messageId: string, about: readonly string[]): Activity | undefined {
  if (messageId === '') return undefined;
  for (const record of about) {
    for (const id of workspace.about.activities(record)) {
      const activity = workspace.collection('activity').peek(id);
      if (activity?.sourceId === messageId) return activity;
    }
  }
  return undefined;
}

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
  try {
    return await keepMail(workspace, files, { mail: read.mail, file, recordId });
  } catch (error) {
    if (error instanceof CommandRefused) return { done: '', problems: [error.message] };
    throw error;
  }
}

async function keepMail(
  workspace: Workspace,
  files: Files | undefined,
  { mail, file, recordId }: { mail: ReadMail; file: File; recordId: Activity['about'][number] },
): Promise<MailOutcome> {
  const about = [...new Set([recordId, ...contactsOf(workspace, [...mail.from, ...mail.to])])];
  const prefix = `“${nameOf(mail)}”: `;
  // What happened in an earlier year is looked for and written down in that year's timeline.
  if (mail.at !== null) await workspace.openTimeline(new Date(mail.at).getUTCFullYear());
  const logged = findLogged(workspace, sourceOf(mail), about);
  const known = logged.find(({ body }) => wordsOf(body) === wordsOf(mail.text));
  if (known !== undefined) return await completeKnown(workspace, files, { known, mail, about });
  const said = mail.warnings.map((sentence) => prefix + sentence);
  if (logged.length > 0) said.push(`${prefix}It was in the timeline with another text. Both are there now.`);
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
    sourceId: sourceOf(mail),
    ...(sender === null ? {} : { by: sender }),
  };
  const label = 'Email logged';
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

/** What an e-mail is known by. Few have no Message-ID; those are known by who wrote what when, if that is said. */
function sourceOf({ messageId, at, from, subject }: ReadMail): string {
  if (messageId !== '' || at === null) return messageId;
  return ['no-id', at, ...from.map(({ address }) => address), subject].join(' ').slice(0, 500);
}

const wordsOf = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Whatever somebody logged of this e-mail on one of these records before. */
function findLogged(workspace: Workspace, sourceId: string, about: readonly string[]): readonly Activity[] {
  if (sourceId === '') return [];
  const ids = new Set(about.flatMap((record) => [...workspace.about.activities(record)]));
  return [...ids].flatMap((id) => {
    const activity = workspace.collection('activity').peek(id);
    return activity?.sourceId === sourceId ? [activity] : [];
  });
}

/** Links what was logged before with the records it was not with, and adds the attachments it did not have. */
async function completeKnown(
  workspace: Workspace,
  files: Files | undefined,
  { known, mail, about }: { known: Activity; mail: ReadMail; about: Activity['about'] },
): Promise<MailOutcome> {
  const problems: string[] = [];
  const missing = about.filter((id) => !known.about.includes(id));
  if (missing.length > 0) {
    const refused = attempt(() =>
      workspace.run('Email linked', (tx) => linkActivity(tx, { id: known.id, add: missing })),
    );
    if (refused !== undefined) problems.push(refused);
  }
  const here = new Set(
    known.about.flatMap((record) =>
      workspace.about.files(record).flatMap((id) => {
        const file = workspace.collection('file').peek(id);
        return file?.activity === known.id ? [file.name] : [];
      }),
    ),
  );
  const others = mail.attachments.filter(({ name }) => !here.has(name));
  if (files !== undefined && others.length > 0) {
    const added = await files.add(others, { about: known.about, activity: known.id, at: known.at ?? Date.now() });
    problems.push(...added.problems);
  }
  return { done: `“${nameOf(mail)}” is in the timeline already`, problems };
}

/** The e-mails of ../shared/data/eml, each with what is known of it, dropped on a contact. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createRecord } from '../../../shared/commands/record-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { readMail } from './read-mail.ts';
import { takeMail } from './take-mail.ts';

const FOLDER = resolve('../shared/data/eml/mail');

const fileOf = (name: string) => new File([readFileSync(join(FOLDER, name))], name);

const KNOWN: Readonly<Record<string, { at: string; from: string; text: RegExp; files: string[]; warnings: RegExp[] }>> =
  {
    'attachment_with_encoded_name.eml': {
      at: '2005-05-08T19:09:11.000Z',
      from: 'xxxxxxxxx.xxxxxxx@gmail.com',
      text: /^We should not include/,
      files: ['01 Quien Te Dij\ufffdat. Pitbull.mp3'],
      warnings: [],
    },
    'bad_date_header.eml': {
      at: '2010-12-11T03:20:19.000Z',
      from: 'infoz@reactive-outpost.com',
      text: /^$/,
      files: [],
      warnings: [/time it was received/, /no text/],
    },
    'encoding_madness.eml': {
      at: '2010-09-22T07:30:53.000Z',
      from: 'no-reply@crm.el-example.org',
      text: /^Body Text$/,
      files: [],
      warnings: [],
    },
    'missing_body.eml': {
      at: '2001-11-27T23:02:35.000Z',
      from: 'redacted@attglobal.net',
      text: /^$/,
      files: [],
      warnings: [/no text/],
    },
    'raw_email2.eml': {
      at: '2005-05-08T19:09:11.000Z',
      from: 'xxxxxxxxx.xxxxxxx@gmail.com',
      text: /exclusions list/,
      files: ['smime.p7s'],
      warnings: [],
    },
    'raw_email7.eml': {
      at: '2005-06-06T20:21:22.000Z',
      from: 'foo@example.com',
      text: /^This is the first part\.$/,
      files: ['test.rb', 'test.pdf', 'smime.p7s'],
      warnings: [],
    },
    'raw_email_with_nested_attachment.eml': {
      at: '2007-02-22T18:20:31.000Z',
      from: 'jamis@37signals.com',
      text: /^Here is a test of an attachment/,
      files: ['truncated.png', 'smime.p7s'],
      warnings: [],
    },
  };

test('every file of the folder is known here', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(KNOWN).sort());
});

test.each(Object.entries(KNOWN))('%s: date, sender, text, attachments and what is wrong', async (name, known) => {
  const read = await readMail(fileOf(name));
  if (!read.ok) throw new Error(read.sentence);
  const { mail } = read;
  expect([new Date(mail.at ?? 0).toISOString(), mail.from[0]?.address]).toEqual([known.at, known.from]);
  expect(mail.text).toMatch(known.text);
  expect(mail.attachments.map((file) => file.name)).toEqual(known.files);
  expect(mail.warnings).toHaveLength(known.warnings.length);
  for (const [index, words] of known.warnings.entries()) expect(mail.warnings[index]).toMatch(words);
});

test.each(Object.keys(KNOWN))(
  '%s dropped on a contact is one logged e-mail, and dropped again still one',
  async (name) => {
    const workspace = createMemoryWorkspace();
    const id = workspace.arrange((tx) => createRecord(tx, { entity: contact, values: { firstName: 'Ada' } }));
    const drop = () => takeMail(workspace, undefined, fileOf(name), id);
    const { done } = await drop();
    expect(done).toBe('Email logged');
    expect(workspace.about.activities(id)).toHaveLength(1);
    expect(workspace.collection('activity').byId(workspace.about.activities(id)[0])?.kind).toBe('email');
    expect((await drop()).done).toMatch(/in the timeline already$/);
    expect(workspace.about.activities(id)).toHaveLength(1);
  },
);

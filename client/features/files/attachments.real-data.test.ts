// @vitest-environment node
/** The attachments of the e-mails of ../shared/data/eml, kept as files of the record and of the entry. */
import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createRecord } from '../../../shared/commands/record-commands.ts';
import { company } from '../../../shared/entities/company.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { deal } from '../../../shared/entities/deal.ts';
import { createFiles } from '../../data/files.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { takeMail } from './take-mail.ts';

const FOLDER = resolve('../shared/data/eml/mail');
const ATTACHED = [
  '01 Quien Te Dij\ufffdat. Pitbull.mp3',
  'smime.p7s',
  'smime.p7s',
  'smime.p7s',
  'test.pdf',
  'test.rb',
  'truncated.png',
];

/** A device without a line: what it keeps waits to be sent. */
const OFFLINE = {
  send: () => Promise.resolve({ kind: 'offline' as const }),
  fetch: () => Promise.resolve({ kind: 'offline' as const }),
  missing: () => Promise.resolve(null),
  limits: () => Promise.resolve(null),
};

test.each([
  ['contact', { entity: contact, values: { firstName: 'Ada' } }],
  ['company', { entity: company, values: { name: 'Berg AB' } }],
  ['deal', { entity: deal, values: { title: 'Pilot' } }],
] as const)(
  'all of them dropped on a %s: an entry each, and every attachment beside its own, also the second time',
  async (kind, made) => {
    const workspace = createMemoryWorkspace();
    const id = workspace.arrange((tx) => createRecord(tx, made as Parameters<typeof createRecord>[1]));
    const files = await createFiles({ databaseName: `mails-${kind}`, transport: OFFLINE, workspace });
    const names = readdirSync(FOLDER).sort();
    const dropAll = async () => {
      const said: string[] = [];
      for (const name of names) {
        const { done, problems } = await takeMail(
          workspace,
          files,
          new File([readFileSync(join(FOLDER, name))], name),
          id as Parameters<typeof takeMail>[3],
        );
        expect(done).not.toBe('');
        said.push(...problems);
      }
      return said;
    };
    const said = await dropAll();
    // Two of them have one Message-ID and different texts.
    expect(said.filter((sentence) => sentence.includes('with another text. Both are there now'))).toHaveLength(1);
    await dropAll();
    const entries = workspace.about.activities(id);
    expect(entries).toHaveLength(names.length);
    const kept = workspace.about.files(id).map((each) => workspace.collection('file').byId(each));
    expect(kept.map((file) => file?.name).sort()).toEqual(ATTACHED);
    for (const file of kept) {
      expect(entries).toContain(file?.activity);
      if (!file) throw new Error('a file that is listed is there');
      const bytes = file.bytes ?? 0;
      expect((await files.open({ ...file, bytes })).size).toBe(bytes);
    }
    files.close();
  },
);

test('an attachment that the copy logged first did not have is added to its entry', async () => {
  const workspace = createMemoryWorkspace();
  const ada = workspace.arrange((tx) => createRecord(tx, { entity: contact, values: { firstName: 'Ada' } }));
  const files = await createFiles({ databaseName: 'mails-twice', transport: OFFLINE, workspace });
  const whole = readFileSync(join(FOLDER, 'raw_email2.eml'), 'latin1');
  const [head = '', words = ''] = whole.split(/^-+=_Part_5028_7368284\.1115579351471\r?\n/m);
  const bare = `${head}------=_Part_5028_7368284.1115579351471\n${words}------=_Part_5028_7368284.1115579351471--\n`;
  await takeMail(workspace, files, new File([bare], 'bare.eml'), ada);
  expect(workspace.about.files(ada)).toEqual([]);
  await takeMail(workspace, files, new File([whole], 'whole.eml'), ada);
  const [entry, ...others] = workspace.about.activities(ada);
  expect(others).toEqual([]);
  const [file] = workspace.about.files(ada).map((id) => workspace.collection('file').byId(id));
  expect(file).toMatchObject({ name: 'smime.p7s', activity: entry });
  files.close();
});

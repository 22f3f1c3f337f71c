import { expect, test } from 'vitest';
import { createRecord } from '../../../shared/commands/record-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { deal } from '../../../shared/entities/deal.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { personText, readMail, textOfHtml } from './read-mail.ts';
import { takeMail } from './take-mail.ts';

const MAIL = `From: Ada Berg <ada@berg.se>
To: "Anna" <anna@example.com>, Kai <KAI@kestrel.no>
Subject: =?utf-8?Q?R=C3=A4kning?=
Date: Tue, 3 Mar 2026 10:00:00 +0100
Message-ID: <1@berg.se>
Content-Type: text/plain; charset=utf-8

Hello both.
`;
const aMail = (text = MAIL, name = 'mail.eml') => new File([text], name);

function setup() {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const person = (firstName: string, email: string) =>
    workspace.arrange((tx) =>
      createRecord(tx, {
        entity: contact,
        values: { firstName, emails: [{ value: email, label: '', primary: true }] },
      }),
    );
  const [ada, kai] = [person('Ada', 'Ada@Berg.se'), person('Kai', 'kai@kestrel.no')];
  person('Nils', 'nils@elsewhere.no');
  const pilot = workspace.arrange((tx) => tx.insert(deal, { title: 'Pilot' }));
  const logged = () => workspace.collection('activity').byId(workspace.about.activities(pilot)[0]);
  return { workspace, ada, kai, pilot, logged };
}

test('an e-mail dropped on a deal is logged with its head and text, and stands with everybody it names', async () => {
  const { workspace, ada, kai, pilot, logged } = setup();
  expect(await takeMail(workspace, undefined, aMail(), pilot)).toEqual({ done: 'Email logged', problems: [] });
  expect(logged()).toMatchObject({
    kind: 'email',
    subject: 'Räkning',
    body: 'Hello both.',
    from: 'Ada Berg <ada@berg.se>',
    to: 'Anna <anna@example.com>, Kai <KAI@kestrel.no>',
    direction: 'in',
    at: Date.UTC(2026, 2, 3, 9),
  });
  expect(new Set(logged()?.about)).toEqual(new Set([pilot, ada, kai]));
});

test('what a teammate wrote is outgoing, and theirs', async () => {
  const { workspace, pilot, logged } = setup();
  const text = MAIL.replace('Ada Berg <ada@berg.se>', 'Anna <anna@example.com>');
  await takeMail(workspace, undefined, aMail(text), pilot);
  expect(logged()).toMatchObject({ direction: 'out', by: workspace.me().memberId });
});

test('the same Message-ID with another text is an entry beside the first, and that is said', async () => {
  const { workspace, pilot } = setup();
  await takeMail(workspace, undefined, aMail(), pilot);
  const other = aMail(MAIL.replace('Hello both.', 'Hello all three.'));
  expect((await takeMail(workspace, undefined, other, pilot)).problems[0]).toMatch(/with another text/);
  expect(workspace.about.activities(pilot)).toHaveLength(2);
  expect((await takeMail(workspace, undefined, other, pilot)).done).toMatch(/already$/);
});

test('one without a Message-ID is known again by who wrote what when', async () => {
  const { workspace, pilot } = setup();
  const bare = MAIL.replace(/Message-ID.*\n/, '');
  await takeMail(workspace, undefined, aMail(bare), pilot);
  expect((await takeMail(workspace, undefined, aMail(bare), pilot)).done).toMatch(/already$/);
  await takeMail(workspace, undefined, aMail(bare.replace('10:00:00', '11:00:00')), pilot);
  expect(workspace.about.activities(pilot)).toHaveLength(2);
});

test.each([
  ['', /is empty/],
  ['%PDF-1.7 binary', /is no e-mail: it has no sender/],
  ['{"a": 1}', /is no e-mail/],
])('%j is refused in words', async (text, words) => {
  const { workspace, pilot } = setup();
  const { done, problems } = await takeMail(workspace, undefined, aMail(text, 'x.eml'), pilot);
  expect([done, problems[0]]).toEqual(['', expect.stringMatching(words)]);
  expect(workspace.about.activities(pilot)).toEqual([]);
});

test('a date in the future or without sense is not believed, and that is said', async () => {
  for (const date of ['Tue, 3 Mar 2099 10:00:00 +0100', 'yesterday-ish', '']) {
    const read = await readMail(aMail(MAIL.replace('Tue, 3 Mar 2026 10:00:00 +0100', date)));
    expect(read.ok && read.mail.at).toBeNull();
    expect(read.ok && read.mail.warnings[0]).toMatch(/could not be read, so it stands at today/);
  }
});

test('a page is read as words, a line for each block, and nothing in it runs', async () => {
  const html = `<style>p{}</style><p>One <b>two</b></p><script>globalThis.ran = true</script><div>three<br>four &amp; five</div><img src=x onerror="globalThis.ran=true">`;
  expect(textOfHtml(html)).toBe('One two\nthree\nfour & five');
  expect('ran' in globalThis).toBe(false);
  const read = await readMail(aMail(MAIL.replace('text/plain', 'text/html').replace('Hello both.', html)));
  expect(read.ok && read.mail.text).toBe('One two\nthree\nfour & five');
});

test('a text that is too long is cut, and that is said', async () => {
  const read = await readMail(aMail(MAIL + 'word '.repeat(60_000)));
  expect(read.ok && read.mail.text.length).toBe(199_000);
  expect(read.ok && read.mail.warnings[0]).toMatch(/whole e-mail is added as a file/);
});

test('people are written as in the head', () => {
  expect(personText({ name: 'Ada', address: 'a@b.se' })).toBe('Ada <a@b.se>');
  expect(personText({ name: '', address: 'a@b.se' })).toBe('a@b.se');
});

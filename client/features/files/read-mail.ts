/** Reads an e-mail file (.eml) into what the timeline keeps of it, and says in words what was wrong with it. */
import type { Address, Email } from 'postal-mime';

export interface MailPerson {
  readonly name: string;
  readonly address: string;
}

export interface ReadMail {
  readonly subject: string;
  readonly from: readonly MailPerson[];
  /** To and Cc. */
  readonly to: readonly MailPerson[];
  /** Epoch ms; null when nothing in it says when. */
  readonly at: number | null;
  readonly text: string;
  readonly attachments: readonly File[];
  /** '' when it has none. */
  readonly messageId: string;
  /** Whole sentences. */
  readonly warnings: readonly string[];
}

export type MailResult =
  | { readonly ok: true; readonly mail: ReadMail }
  | { readonly ok: false; readonly sentence: string };

/** Characters of a text that an entry of the timeline holds, with room for what is said about the rest. */
const LONGEST_TEXT = 199_000;

/** Never throws: a file can hold anything. */
export async function readMail(file: File): Promise<MailResult> {
  const bytes = await file.arrayBuffer().catch(() => null);
  if (bytes === null) return refused(`${file.name} could not be read. It may have been moved.`);
  if (bytes.byteLength === 0) return refused(`${file.name} is empty.`);
  const { default: PostalMime } = await import('postal-mime');
  const email = await PostalMime.parse(bytes, { attachmentEncoding: 'arraybuffer' }).catch(() => null);
  const from = email?.from ? peopleOf([email.from]) : [];
  const to = peopleOf([...(email?.to ?? []), ...(email?.cc ?? [])]);
  if (email === null || (from.length === 0 && to.length === 0 && !email.subject && !email.date)) {
    return refused(
      `${file.name} is no e-mail: it has no sender, no recipient, no subject and no date. Add it as a file instead.`,
    );
  }
  const warnings: string[] = [];
  const at = dateOf(email, warnings);
  const text = textOf(email, warnings);
  if (from.length === 0) warnings.push('It does not say who wrote it.');
  const attachments = email.attachments.map(
    ({ filename, mimeType, content }, index) =>
      new File([content as ArrayBuffer], filename || `attachment ${index + 1}`, { type: mimeType }),
  );
  const { subject = '', messageId = '' } = email;
  return { ok: true, mail: { subject: oneLine(subject), from, to, at, text, attachments, messageId, warnings } };
}

const refused = (sentence: string): MailResult => ({ ok: false, sentence });

/** Groups are the people in them; what is no address (`undisclosed-recipients:;`) keeps its words. */
function peopleOf(addresses: readonly Address[]): readonly MailPerson[] {
  return addresses.flatMap((each) => {
    if (each.group !== undefined) return peopleOf(each.group);
    const person = { name: oneLine(each.name), address: oneLine(each.address ?? '') };
    return person.name === '' && person.address === '' ? [] : [person];
  });
}

/** What the head says, else when the last server received it. */
function dateOf({ date, headers }: Email, warnings: string[]): number | null {
  const said = Date.parse(date ?? '');
  if (!Number.isNaN(said) && isPlausible(said)) return said;
  const received = headers
    .filter(({ key }) => key === 'received')
    .map(({ value }) =>
      Date.parse(
        value
          .split(';')
          .at(-1)
          ?.replace(/\([^)]*\)/g, '')
          .trim() ?? '',
      ),
    )
    .find((at) => !Number.isNaN(at) && isPlausible(at));
  warnings.push(
    received === undefined
      ? 'Its date could not be read, so it stands at today. Change it if you know better.'
      : 'Its date could not be read; the time it was received stands for it.',
  );
  return received ?? null;
}

/** E-mail began in 1971; a day ahead is a clock that is wrong. */
const isPlausible = (at: number) => at >= Date.UTC(1971, 0, 1) && at <= Date.now() + 20 * 3_600_000;

function textOf({ text, html }: Email, warnings: string[]): string {
  const whole = (text?.trim() || textOfHtml(html ?? ''))
    .replace(/\r\n?/g, '\n')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim();
  if (whole === '') warnings.push('It has no text.');
  if (whole.length <= LONGEST_TEXT) return whole;
  warnings.push(
    'Its text is very long: the first 199,000 characters are kept, and the whole e-mail is added as a file.',
  );
  return whole.slice(0, LONGEST_TEXT);
}

const BLOCKS = 'address,article,aside,blockquote,br,dd,div,dl,dt,h1,h2,h3,h4,h5,h6,hr,li,ol,p,pre,section,table,tr,ul';

/** The words of a page, a line for each block. The page is parsed and never shown: nothing in it runs or loads. */
export function textOfHtml(html: string): string {
  if (html === '') return '';
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const element of page.querySelectorAll('script,style,head,template,noscript')) element.remove();
  const texts = page.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { currentNode: node } = texts;
    node.textContent = (node.textContent ?? '').replace(/\s+/g, ' ');
  }
  for (const block of page.querySelectorAll(BLOCKS)) block.after('\n');
  return (page.documentElement.textContent ?? '').replace(/[ \t]*\n[ \t]*/g, '\n').trim();
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** `Ada Berg <ada@berg.se>`, as in the head. */
export function personText({ name, address }: MailPerson): string {
  return name === '' || name === address ? address : address === '' ? name : `${name} <${address}>`;
}

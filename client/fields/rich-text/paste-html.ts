/**
 * Cleans what other programs put on the clipboard, so that the editor finds the lists and checkboxes in it. Word writes
 * lists as paragraphs with a bullet in front; Google Docs wraps everything in bold that is not, and checkboxes in ARIA.
 */

/** HTML that ProseMirror's rules for our nodes understand, with a mark (`pictureMark`) where each picture stood. */
export function cleanPastedHtml(html: string): string {
  const doc = parsePastedHtml(html);
  for (const [number, image] of picturesIn(doc).entries()) image.replaceWith(pictureMark(number));
  for (const each of doc.querySelectorAll('style, script, meta, link, title, xml')) each.remove();
  removeComments(doc);
  for (const image of doc.querySelectorAll('img[alt]')) asEmoji(image);
  liftGoogleWrapper(doc);
  for (const first of [...doc.querySelectorAll('[class*="MsoListParagraph"], p[style*="mso-list"]')]) {
    if (first.isConnected && isWordItem(first)) listFrom(first);
  }
  for (const item of doc.querySelectorAll('li[role="checkbox"], li[aria-checked]')) asTask(item);
  return doc.body.innerHTML;
}

/** As a document that loads and runs nothing. */
export function parsePastedHtml(html: string): Document {
  return new DOMParser().parseFromString(beforeParsing(html), 'text/html');
}

/**
 * Stands for a picture in a pasted text until the picture itself does. Between characters that no text may hold, so nothing
 * else looks like one.
 */
const pictureMark = (number: number) => `\ufdd0${number}\ufdd1`;
/** A mark, with its number. */
export const PICTURE_MARK = /\ufdd0(\d+)\ufdd1/g;

/** Smaller ones, in px, are signs and spacers of a page and no picture of the text. */
const SMALLEST = 32;

/** The pictures of a text as it was pasted, in their order; not what is only drawn as one: bullets, checkboxes, emoji. */
export function picturesIn(doc: Document): readonly Element[] {
  return [...doc.querySelectorAll('img')].filter((image) => !isSign(image));
}

function isSign(image: Element): boolean {
  const sides = ['width', 'height'].map((side) => Number.parseFloat(image.getAttribute(side) ?? ''));
  if (sides.some((side) => side < SMALLEST) || EMOJI.test(image.getAttribute('alt') ?? '')) return true;
  // What a text of ours shows is a file already.
  return image.closest(`li[role="checkbox"], li[aria-checked], [data-type="file"], ${BULLET}`) !== null;
}

/** What Word puts before the words of an item. */
const BULLET = '[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]';

/** One of them, also of several signs that are drawn as one. */
const EMOJI =
  /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator})(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\p{M}|\u200d)*$/u;

/** Mail and chat draw emoji as pictures, with the letter for those who cannot see them. */
function asEmoji(image: Element): void {
  const letter = image.getAttribute('alt') ?? '';
  if (EMOJI.test(letter)) image.replaceWith(letter);
}

/**
 * Style sheets go first: parsed, they are a violation of the content security policy that the browser logs. What Word puts
 * between "if !supportLists" is the bullet, also where nothing else says so.
 */
function beforeParsing(html: string): string {
  return html
    .replace(/[\ufdd0\ufdd1]/g, '')
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, '')
    .replace(
      /<!(?:--)?\[if !supportLists\](?:--)?>([\s\S]*?)<!(?:--)?\[endif\](?:--)?>/gi,
      '<span style="mso-list:Ignore">$1</span>',
    )
    .replace(/<\/?(o|w|m|v|st1):[^>]*>/g, '');
}

/** Conditional comments of Word hold the bullets a second time; what they show stays. */
function removeComments(doc: Document): void {
  const walker = doc.createTreeWalker(doc, NodeFilter.SHOW_COMMENT);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.parentNode?.removeChild(comment);
}

function liftGoogleWrapper(doc: Document): void {
  for (const wrapper of doc.querySelectorAll('b[id^="docs-internal-guid"]')) wrapper.replaceWith(...wrapper.childNodes);
}

const listStyle = (element: Element): string => element.getAttribute('style') ?? '';
const isWordItem = (element: Element | null): element is Element =>
  element?.tagName === 'P' && /mso-list:\s*l\d/i.test(listStyle(element));
const levelOf = (element: Element): number => Number(/level(\d+)/i.exec(listStyle(element))?.[1] ?? 1);

/** Makes one list of an item and those that follow it, nested by their level. */
function listFrom(first: Element): void {
  const items: Element[] = [first];
  for (let next = first.nextElementSibling; isWordItem(next); next = next.nextElementSibling) items.push(next);
  const doc = first.ownerDocument;
  const place = doc.createElement('div');
  first.before(place);
  const lists: { readonly level: number; readonly list: Element }[] = [];
  for (const item of items) {
    const level = levelOf(item);
    while (lists.length > 1 && (lists.at(-1)?.level ?? 0) > level) lists.pop();
    let top = lists.at(-1);
    if (!top || top.level < level) {
      const list = doc.createElement(isNumbered(item) ? 'ol' : 'ul');
      (top?.list.lastElementChild ?? place).append(list);
      top = { level, list };
      lists.push(top);
    }
    const made = doc.createElement('li');
    const paragraph = doc.createElement('p');
    for (const bullet of item.querySelectorAll(BULLET)) bullet.remove();
    paragraph.append(...item.childNodes);
    made.append(paragraph);
    top.list.append(made);
    item.remove();
  }
  place.replaceWith(...place.childNodes);
}

function isNumbered(item: Element): boolean {
  const bullet = item.querySelector(BULLET)?.textContent ?? '';
  return /^\s*[\dA-Za-z]{1,4}[.)]/.test(bullet);
}

function asTask(item: Element): void {
  const isChecked = item.getAttribute('aria-checked') === 'true';
  for (const image of item.querySelectorAll('img')) image.remove();
  item.setAttribute('data-type', 'taskItem');
  item.setAttribute('data-checked', String(isChecked));
  item.parentElement?.setAttribute('data-type', 'taskList');
}

const BLOCK_SIGNS = [
  /^#{1,6} \S/m,
  /^\s*[-*+] \S/m,
  /^\s*\d+[.)] \S/m,
  /^\s*[-*+] \[[ xX]\] /m,
  /^> \S/m,
  /^```/m,
  /^\|.+\|\s*$/m,
];
const INLINE_SIGNS = [/\*\*\S[^*]*\*\*/, /\[[^\]]+\]\(https?:[^)]+\)/, /`[^`]+`/];

/** Whether a plain text means something as Markdown: a list, a heading, a table, or several signs inside of lines. */
export function looksLikeMarkdown(text: string): boolean {
  return BLOCK_SIGNS.some((sign) => sign.test(text)) || INLINE_SIGNS.some((sign) => sign.test(text));
}

/**
 * A formatted text as plain data: what ProseMirror calls a document. Notes and briefs are kept as shared texts; this is the
 * shape in which they are shown, searched and exported, without the editor's code.
 *
 * Law: reading never throws; a node this build does not know is shown by what is inside of it.
 */

export interface RichMark {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
}

export interface RichNode {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly RichNode[];
  readonly text?: string;
  readonly marks?: readonly RichMark[];
}

export interface RichDoc extends RichNode {
  readonly type: 'doc';
  readonly content: readonly RichNode[];
}

export const EMPTY_DOC: RichDoc = { type: 'doc', content: [] };

/** A plain text as a document: one paragraph a line. */
export function docOfText(text: string): RichDoc {
  const lines = text === '' ? [] : text.split('\n');
  return {
    type: 'doc',
    content: lines.map((line) =>
      line === '' ? { type: 'paragraph' } : { type: 'paragraph', content: [{ type: 'text', text: line }] },
    ),
  };
}

/** True where a plain text says all: paragraphs of unmarked text, nothing else. */
export function isPlain(doc: RichDoc): boolean {
  return doc.content.every(
    (block) =>
      block.type === 'paragraph' &&
      (block.content ?? []).every((inline) => inline.type === 'text' && (inline.marks ?? []).length === 0),
  );
}

const attrText = (node: RichNode, name: string): string => {
  const value = node.attrs?.[name];
  return typeof value === 'string' ? value : '';
};

/** What a mention says: `@Priya`, `Cold-room sensors`. */
export function mentionText(node: RichNode): string {
  const label = attrText(node, 'label') || attrText(node, 'id');
  return attrText(node, 'id').startsWith('member_') || attrText(node, 'id') === '' ? `@${label}` : label;
}

const inlineText = (node: RichNode): string => {
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  if (node.type === 'mention') return mentionText(node);
  return (node.content ?? []).map(inlineText).join('');
};

const INLINE: ReadonlySet<string> = new Set(['text', 'hardBreak', 'mention']);
const holdsInline = (node: RichNode): boolean => (node.content ?? []).every((child) => INLINE.has(child.type));

/** The words without their form, one line a block. `plainTextOf(docOfText(text))` is `text`. */
export function plainTextOf(doc: RichNode): string {
  return plainLines(doc).join('\n');
}

function plainLines(node: RichNode): readonly string[] {
  switch (node.type) {
    case 'bulletList':
      return (node.content ?? []).flatMap((item) => listItem(item, '- ', plainLines));
    case 'orderedList':
      return (node.content ?? []).flatMap((item, index) => listItem(item, `${startOf(node) + index}. `, plainLines));
    case 'taskList':
      return (node.content ?? []).flatMap((item) => listItem(item, checkSign(item), plainLines));
    case 'tableRow':
      return [(node.content ?? []).map((cell) => plainLines(cell).join(' ')).join(' | ')];
    case 'horizontalRule':
      return ['---'];
    case 'doc':
    case 'blockquote':
    case 'table':
    case 'tableCell':
    case 'tableHeader':
    case 'listItem':
    case 'taskItem':
      return (node.content ?? []).flatMap(plainLines);
    default:
      return holdsInline(node) ? [inlineText(node)] : (node.content ?? []).flatMap(plainLines);
  }
}

const checkSign = (item: RichNode): string => (item.attrs?.checked === true ? '[x] ' : '[ ] ');

const startOf = (list: RichNode): number => (typeof list.attrs?.start === 'number' ? list.attrs.start : 1);

function listItem(item: RichNode, sign: string, lines: (node: RichNode) => readonly string[]): readonly string[] {
  const indent = ' '.repeat(sign.length);
  return (item.content ?? []).flatMap(lines).map((line, index) => `${index === 0 ? sign : indent}${line}`);
}

/** CommonMark with the tables and checklists of GitHub. Signs that would mean something are escaped. */
export function markdownOf(doc: RichNode): string {
  return blocks(doc.content ?? []).join('\n');
}

/** Blocks with an empty line between them; list items follow each other. */
function blocks(nodes: readonly RichNode[]): readonly string[] {
  return nodes.flatMap((node, index) => (index === 0 ? markdownLines(node) : ['', ...markdownLines(node)]));
}

function markdownLines(node: RichNode): readonly string[] {
  const content = node.content ?? [];
  switch (node.type) {
    case 'heading': {
      const level = typeof node.attrs?.level === 'number' ? Math.min(6, Math.max(1, node.attrs.level)) : 1;
      return [`${'#'.repeat(level)} ${inlineMarkdown(content)}`];
    }
    case 'bulletList':
      return content.flatMap((item) => listItem(item, '- ', markdownLines));
    case 'orderedList':
      return content.flatMap((item, index) => listItem(item, `${startOf(node) + index}. `, markdownLines));
    case 'taskList':
      return content.flatMap((item) => listItem(item, `- ${checkSign(item)}`, markdownLines));
    case 'blockquote':
      return blocks(content).map((line) => (line === '' ? '>' : `> ${line}`));
    case 'codeBlock':
      return [`\`\`\`${attrText(node, 'language')}`, ...content.map(inlineText).join('').split('\n'), '```'];
    case 'horizontalRule':
      return ['---'];
    case 'table':
      return tableLines(content);
    default:
      return holdsInline(node) ? [escapeLineStart(inlineMarkdown(content))] : blocks(content);
  }
}

function tableLines(rows: readonly RichNode[]): readonly string[] {
  const cells = rows.map((row) =>
    (row.content ?? []).map((cell) =>
      (cell.content ?? [])
        .map((block) => inlineMarkdown(block.content ?? []))
        .join(' ')
        .replace(/\|/g, '\\|'),
    ),
  );
  const width = Math.max(0, ...cells.map((row) => row.length));
  const line = (row: readonly string[]) => `| ${Array.from({ length: width }, (_, at) => row[at] ?? '').join(' | ')} |`;
  const [head = [], ...rest] = cells;
  return [line(head), line(Array.from({ length: width }, () => '---')), ...rest.map(line)];
}

const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  bold: ['**', '**'],
  italic: ['*', '*'],
  strike: ['~~', '~~'],
};

function inlineMarkdown(nodes: readonly RichNode[]): string {
  return nodes.map(markedText).join('');
}

function markedText(node: RichNode): string {
  if (node.type === 'hardBreak') return '  \n';
  if (node.type === 'mention') return escapeMarkdown(mentionText(node));
  if (node.type !== 'text') return inlineMarkdown(node.content ?? []);
  const marks = node.marks ?? [];
  const isCode = marks.some((mark) => mark.type === 'code');
  // Signs must touch the words: spaces go outside of them.
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(node.text ?? '') ?? [];
  if (words === '') return node.text ?? '';
  let text = isCode ? `\`${words}\`` : escapeMarkdown(words);
  for (const mark of marks) {
    const [open, close] = SIGNS[mark.type] ?? ['', ''];
    text = `${open}${text}${close}`;
  }
  const href = marks.find((mark) => mark.type === 'link')?.attrs?.href;
  if (typeof href === 'string') text = `[${text}](${href.replace(/[()\s]/g, encodeURIComponent)})`;
  return `${before}${text}${after}`;
}

const escapeMarkdown = (text: string): string => text.replace(/[\\`*_[\]<>~]/g, '\\$&');
const escapeLineStart = (text: string): string => text.replace(/^(\s*)(#{1,6}\s|[-+]\s|\d+[.)]\s|>)/, '$1\\$2');

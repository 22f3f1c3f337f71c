/** A formatted text as Markdown, for copying and files. Apart from rich-text.ts, which the first page loads. */
import {
  attrText,
  checkSign,
  holdsInline,
  inlineText,
  listItem,
  mentionText,
  type RichNode,
  startOf,
} from './rich-text.ts';

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
    // Its bytes stay where they are: the name says what was there.
    case 'file':
      return [escapeMarkdown(attrText(node, 'name'))];
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

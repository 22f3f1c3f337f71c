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

/** An attribute that is a text; '' for any other. */
export const attrText = (node: RichNode, name: string): string => {
  const value = node.attrs?.[name];
  return typeof value === 'string' ? value : '';
};

/** What a mention says: `@Priya`, `Cold-room sensors`. */
export function mentionText(node: RichNode): string {
  const label = attrText(node, 'label') || attrText(node, 'id');
  return attrText(node, 'id').startsWith('member_') || attrText(node, 'id') === '' ? `@${label}` : label;
}

/** The words of a line. */
export const inlineText = (node: RichNode): string => {
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  if (node.type === 'mention') return mentionText(node);
  return (node.content ?? []).map(inlineText).join('');
};

const INLINE: ReadonlySet<string> = new Set(['text', 'hardBreak', 'mention']);
/** Whether there is only text in a node. */
export const holdsInline = (node: RichNode): boolean => (node.content ?? []).every((child) => INLINE.has(child.type));

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
    case 'file':
      return [attrText(node, 'name')];
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

/** The box of a checklist's item. */
export const checkSign = (item: RichNode): string => (item.attrs?.checked === true ? '[x] ' : '[ ] ');

/** The number an ordered list begins with. */
export const startOf = (list: RichNode): number => (typeof list.attrs?.start === 'number' ? list.attrs.start : 1);

/** The lines of an item: its sign before the first, the others under it. */
export function listItem(
  item: RichNode,
  sign: string,
  lines: (node: RichNode) => readonly string[],
): readonly string[] {
  const indent = ' '.repeat(sign.length);
  return (item.content ?? []).flatMap(lines).map((line, index) => `${index === 0 ? sign : indent}${line}`);
}

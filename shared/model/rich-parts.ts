/** What a formatted text holds beside its words: files that are shown in it, and who is mentioned. */
import { attrText, inlineText, type RichDoc, type RichNode } from './rich-text.ts';

/** A file in a text, with all it takes to find its bytes: its record may be in a timeline that is not on this device. */
export interface FileInText {
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  /** Pixels of a picture; null for other files, and where they are not known. */
  readonly width: number | null;
  readonly height: number | null;
}

/** What a node of the type `file` says. */
export function fileOfNode(node: Pick<RichNode, 'attrs'>): FileInText {
  const text = (name: string) => attrText(node as RichNode, name);
  const number = (name: string) => {
    const value = node.attrs?.[name];
    return typeof value === 'number' && value > 0 ? value : null;
  };
  return {
    id: text('id'),
    hash: text('hash'),
    name: text('name'),
    type: text('type'),
    bytes: number('bytes') ?? 0,
    width: number('width'),
    height: number('height'),
  };
}

/** Ids of the files a text shows, each once. */
export function filesIn(doc: RichNode): readonly string[] {
  const ids = new Set<string>();
  walk(doc, (node) => {
    if (node.type === 'file' && attrText(node, 'id') !== '') ids.add(attrText(node, 'id'));
  });
  return [...ids];
}

/** A teammate who is named in a text. */
export interface MemberInText {
  readonly memberId: string;
  /** The line that names them first. */
  readonly line: string;
}

/** The teammates a text names, each once. */
export function membersIn(doc: RichNode): readonly MemberInText[] {
  const lines = new Map<string, string>();
  walk(doc, (node, parent) => {
    const memberId = memberOf(node);
    if (memberId !== '' && !lines.has(memberId)) lines.set(memberId, inlineText(parent));
  });
  return [...lines].map(([memberId, line]) => ({ memberId, line }));
}

/** The teammate a node names; '' for any other node. */
export function memberOf(node: Pick<RichNode, 'attrs'> & { readonly type: string }): string {
  const id = node.type === 'mention' ? attrText(node, 'id') : '';
  return id.startsWith('member_') ? id : '';
}

/**
 * The beginning of a long text: so many blocks at most, and as many of them as begin within so many characters. A block
 * that is a book by itself ends where the characters do. The same object when nothing is left out.
 */
export function beginningOf(
  doc: RichDoc,
  { blocks, characters }: { readonly blocks: number; readonly characters: number },
): RichDoc {
  let left = characters;
  let isCut = false;
  const cut = (node: RichNode): RichNode => {
    if (node.text !== undefined) {
      const text = node.text.length > left ? `${node.text.slice(0, left)}…` : node.text;
      if (text !== node.text) isCut = true;
      left -= node.text.length;
      return text === node.text ? node : { ...node, text };
    }
    return node.content === undefined ? node : { ...node, content: begun(node.content, cut) };
  };
  const begun = (nodes: readonly RichNode[], take: (node: RichNode) => RichNode): readonly RichNode[] => {
    const kept: RichNode[] = [];
    for (const node of nodes) {
      if (left <= 0) {
        isCut = true;
        break;
      }
      kept.push(take(node));
    }
    return kept;
  };
  const content = begun(doc.content.slice(0, blocks), cut);
  return isCut || doc.content.length > blocks ? { ...doc, content } : doc;
}

function walk(node: RichNode, visit: (node: RichNode, parent: RichNode) => void): void {
  for (const child of node.content ?? []) {
    visit(child, node);
    walk(child, visit);
  }
}

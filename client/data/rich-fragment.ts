/** Between a shared text (as y-prosemirror lays ProseMirror's nodes into `Y.XmlFragment`) and the same as plain data. */
import * as Y from 'yjs';
import { docOfText, type RichDoc, type RichMark, type RichNode } from '../../shared/model/rich-text.ts';

type XmlNode = Y.XmlElement | Y.XmlText | Y.XmlHook;

/** The text as data. Never throws: what is no node of a text is left out. */
export function readFragment(fragment: Y.XmlFragment): RichDoc {
  return { type: 'doc', content: fragment.toArray().flatMap((node) => readNode(node as XmlNode)) };
}

function readNode(node: XmlNode): readonly RichNode[] {
  if (node instanceof Y.XmlText) return readText(node);
  if (!(node instanceof Y.XmlElement)) return [];
  const content = node.toArray().flatMap((child) => readNode(child as XmlNode));
  const attrs = node.getAttributes() as Record<string, unknown>;
  return [
    {
      type: node.nodeName,
      ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
      ...(content.length > 0 ? { content } : {}),
    },
  ];
}

interface TextPiece {
  readonly insert?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

function readText(node: Y.XmlText): readonly RichNode[] {
  return (node.toDelta() as TextPiece[]).flatMap(({ insert, attributes }) => {
    if (typeof insert !== 'string' || insert === '') return [];
    const marks = Object.entries(attributes ?? {}).map(([name, attrs]) => readMark(name, attrs));
    return [{ type: 'text', text: insert, ...(marks.length > 0 ? { marks } : {}) }];
  });
}

/** Marks that may overlap carry a hash behind their name. */
function readMark(name: string, attrs: unknown): RichMark {
  const type = name.replace(/--[A-Za-z0-9+/=]{8}$/, '');
  const isEmpty = typeof attrs !== 'object' || attrs === null || Object.keys(attrs).length === 0;
  return isEmpty ? { type } : { type, attrs: attrs as Readonly<Record<string, unknown>> };
}

/** Writes nodes at the end of a shared text; the caller makes it one transaction. */
export function writeFragment(fragment: Y.XmlFragment, { content }: RichDoc): void {
  fragment.push(content.flatMap((node) => xmlOf([node])));
}

function xmlOf(nodes: readonly RichNode[]): (Y.XmlElement | Y.XmlText)[] {
  const made: (Y.XmlElement | Y.XmlText)[] = [];
  let texts: RichNode[] = [];
  const endText = () => {
    if (texts.length > 0) made.push(xmlText(texts));
    texts = [];
  };
  for (const node of nodes) {
    if (node.type === 'text') {
      if (node.text) texts.push(node);
      continue;
    }
    endText();
    const element = new Y.XmlElement(node.type);
    for (const [name, value] of Object.entries(node.attrs ?? {})) {
      if (value !== null && value !== undefined) element.setAttribute(name, value as string);
    }
    const children = xmlOf(node.content ?? []);
    if (children.length > 0) element.insert(0, children);
    made.push(element);
  }
  endText();
  return made;
}

function xmlText(texts: readonly RichNode[]): Y.XmlText {
  const made = new Y.XmlText();
  made.applyDelta(
    texts.map(({ text, marks }) => ({
      insert: text,
      attributes: Object.fromEntries((marks ?? []).map((mark) => [mark.type, mark.attrs ?? {}])),
    })),
  );
  return made;
}

/** Whether the letter, or the line without letters, that a place keeps to is still there. */
export function holdsPlace(doc: Y.Doc, { item, type }: Y.RelativePosition): boolean {
  const kept = item ?? type;
  return kept === null || !Y.getItem(doc.store, kept).deleted;
}

/** Whether a shared text has only what an editor knows: it would throw the rest away. */
export function knowsAll(fragment: Y.XmlFragment, known: ReadonlySet<string>): boolean {
  const isKnown = (node: RichNode): boolean =>
    known.has(node.type) &&
    (node.marks ?? []).every((mark) => known.has(mark.type)) &&
    (node.content ?? []).every(isKnown);
  return readFragment(fragment).content.every(isKnown);
}

/** Above what Yjs gives to devices (32 bits), so that no device ever has the id of a seed. */
const FIRST_SEED_CLIENT = 2 ** 32;

/**
 * The update that puts a plain text into a shared text which nobody has written in yet. It is the same bytes on every
 * device, under a client id made of record and text: two people who begin to edit the same old note apart bring the same
 * change, and the text is there once.
 */
export function seedUpdate(name: string, text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = FIRST_SEED_CLIENT + hash48(`${name}\n${text}`);
  doc.transact(() => writeFragment(doc.getXmlFragment(name), docOfText(text)));
  return Y.encodeStateAsUpdate(doc);
}

/** 48 bits of FNV-1a twice over UTF-16 units: enough against accidents, and below what a double counts exactly. */
function hash48(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ (code + 0x5bd1), 0x01000193);
  }
  return (high >>> 16) * 2 ** 32 + (low >>> 0);
}

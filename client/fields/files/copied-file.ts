/** How a file inside of a text is written in HTML, so that it is still that file when it is copied into another text. */
import { type FileInText, fileOfNode } from '../../../shared/model/rich-parts.ts';

/** What finds it again, beside the kind of element it is. */
export const COPIED_FILE = '[data-type="file"]';

const FACTS = [
  'id',
  'hash',
  'name',
  'type',
  'bytes',
  'width',
  'height',
] as const satisfies readonly (keyof FileInText)[];

const attributeOf = (fact: keyof FileInText) => (fact === 'type' ? 'data-media-type' : `data-${fact}`);

export function attributesOfFile(file: FileInText): Readonly<Record<string, string>> {
  const known = FACTS.filter((fact) => file[fact] !== null);
  return { 'data-type': 'file', ...Object.fromEntries(known.map((fact) => [attributeOf(fact), String(file[fact])])) };
}

export function fileOfElement(element: Element): FileInText {
  const facts = FACTS.map((fact) => {
    const text = element.getAttribute(attributeOf(fact)) ?? '';
    return [fact, ['bytes', 'width', 'height'].includes(fact) ? Number(text) : text] as const;
  });
  return fileOfNode({ attrs: Object.fromEntries(facts) });
}

import { expect, test } from 'vitest';
import { beginningOf, fileOfNode, filesIn, membersIn } from './rich-parts.ts';
import { docOfText, plainTextOf, type RichDoc } from './rich-text.ts';

const mention = (id: string, label: string) => ({ type: 'mention', attrs: { id, label } });
const words = (text: string) => ({ type: 'text', text });
const DOC: RichDoc = {
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [words('Ask '), mention('member_b', 'Ben'), words(' about '), mention('deal_1', 'Vans')],
    },
    {
      type: 'bulletList',
      content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [mention('member_c', 'Cleo')] }] }],
    },
    { type: 'paragraph', content: [mention('member_b', 'Ben'), words(' again')] },
    {
      type: 'file',
      attrs: { id: 'file_1', hash: 'ab', name: 'site.png', type: 'image/png', bytes: 12, width: 4, height: 3 },
    },
    { type: 'file', attrs: { id: 'file_1', name: 7, bytes: -1 } },
  ],
};

test('teammates are named once, with the line that names them first; records are no teammates', () => {
  expect(membersIn(DOC)).toEqual([
    { memberId: 'member_b', line: 'Ask @Ben about Vans' },
    { memberId: 'member_c', line: '@Cleo' },
  ]);
});

test('a file in a text says all it takes to find its bytes, and nonsense says nothing', () => {
  expect(filesIn(DOC)).toEqual(['file_1']);
  expect(fileOfNode(DOC.content[3] ?? {})).toEqual({
    id: 'file_1',
    hash: 'ab',
    name: 'site.png',
    type: 'image/png',
    bytes: 12,
    width: 4,
    height: 3,
  });
  expect(fileOfNode(DOC.content[4] ?? {})).toMatchObject({ name: '', bytes: 0, width: null });
  expect(plainTextOf(DOC).split('\n').slice(-2)).toEqual(['site.png', '']);
});

test('of a long text the beginning is kept, of a block that is a book its beginning too, of a short one all', () => {
  const limits = { blocks: 3, characters: 10 };
  const short = docOfText('one\ntwo');
  expect(beginningOf(short, limits)).toBe(short);
  expect(plainTextOf(beginningOf(docOfText('a\nb\nc\nd'), limits))).toBe('a\nb\nc');
  expect(plainTextOf(beginningOf(docOfText(`one\n${'x'.repeat(200_000)}\nthree`), limits))).toBe('one\nxxxxxxx…');
  const list: RichDoc = {
    type: 'doc',
    content: [{ type: 'bulletList', content: Array(500).fill(docOfText('item').content[0]) }],
  };
  expect(plainTextOf(beginningOf(list, limits)).length).toBeLessThan(30);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownOf } from './rich-markdown.ts';
import { docOfText, isPlain, plainTextOf, type RichDoc, type RichNode } from './rich-text.ts';

const text = (words: string, ...marks: string[]): RichNode => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
});
const paragraph = (...content: RichNode[]): RichNode => ({ type: 'paragraph', content });
const item = (type: string, words: string, attrs: Record<string, unknown> = {}): RichNode => ({
  type,
  attrs,
  content: [paragraph(text(words))],
});

const BRIEF: RichDoc = {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 2 }, content: [text('To close')] },
    paragraph(text('They lose '), text('€2,100 a month', 'bold'), text('.')),
    {
      type: 'taskList',
      content: [item('taskItem', 'Price per room', { checked: true }), item('taskItem', 'Two references')],
    },
    { type: 'orderedList', attrs: { start: 3 }, content: [item('listItem', 'third'), item('listItem', 'fourth')] },
    {
      type: 'table',
      content: [
        { type: 'tableRow', content: [item('tableHeader', 'Room'), item('tableHeader', 'a|b')] },
        { type: 'tableRow', content: [item('tableCell', '7'), item('tableCell', 'cold')] },
      ],
    },
    paragraph({ type: 'mention', attrs: { id: 'member_tomas', label: 'Tomás' } }, text(' decides')),
    { type: 'codeBlock', attrs: { language: 'sql' }, content: [text('select *\nfrom x')] },
  ],
};

test('a plain text comes back as it was', () => {
  fc.assert(
    fc.property(fc.string(), (words) => {
      expect(plainTextOf(docOfText(words))).toBe(words);
    }),
  );
});

test('only paragraphs without form are plain', () => {
  expect(isPlain(docOfText('one\n\ntwo'))).toBe(true);
  expect(isPlain({ type: 'doc', content: [paragraph(text('one', 'bold'))] })).toBe(false);
  expect(isPlain(BRIEF)).toBe(false);
});

test('the words of a brief, without their form', () => {
  expect(plainTextOf(BRIEF).split('\n')).toEqual([
    'To close',
    'They lose €2,100 a month.',
    '[x] Price per room',
    '[ ] Two references',
    '3. third',
    '4. fourth',
    'Room | a|b',
    '7 | cold',
    '@Tomás decides',
    'select *',
    'from x',
  ]);
});

test('a brief as Markdown', () => {
  expect(markdownOf(BRIEF)).toBe(
    [
      '## To close',
      '',
      'They lose **€2,100 a month**.',
      '',
      '- [x] Price per room',
      '- [ ] Two references',
      '',
      '3. third',
      '4. fourth',
      '',
      '| Room | a\\|b |',
      '| --- | --- |',
      '| 7 | cold |',
      '',
      '@Tomás decides',
      '',
      '```sql',
      'select *',
      'from x',
      '```',
    ].join('\n'),
  );
});

test('what looks like Markdown and is none is escaped', () => {
  expect(markdownOf({ type: 'doc', content: [paragraph(text('# 5 * 3 [x]'))] })).toBe('\\# 5 \\* 3 \\[x\\]');
  expect(markdownOf({ type: 'doc', content: [paragraph(text(' so ', 'bold'))] })).toBe(' **so** ');
});

test('a node that this build does not know is shown by what is inside of it', () => {
  const doc: RichDoc = { type: 'doc', content: [{ type: 'callout', content: [paragraph(text('Careful'))] }] };
  expect(plainTextOf(doc)).toBe('Careful');
  expect(markdownOf(doc)).toBe('Careful');
});

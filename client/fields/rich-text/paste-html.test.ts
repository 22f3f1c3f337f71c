import { expect, test } from 'vitest';
import { cleanPastedHtml, looksLikeMarkdown } from './paste-html.ts';

const compact = (html: string) => cleanPastedHtml(html).replace(/\s*\n\s*/g, '');

const wordItem = (level: number, bullet: string, words: string) =>
  `<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span
  style='font-family:Symbol'><span style='mso-list:Ignore'>${bullet}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
  </span></span></span><![endif]>${words}<o:p></o:p></p>`;

test('a list of Word becomes a list, its levels nested', () => {
  const html = `<html><head><style>p.Mso{}</style></head><body><!--StartFragment--><p class=MsoNormal>Needs<o:p></o:p></p>${wordItem(1, '·', 'Door alarms')}${wordItem(2, 'o', 'at night')}${wordItem(1, '·', 'Reports')}<!--EndFragment--></body></html>`;
  const clean = compact(html).replace(/<span[^>]*>\s*<\/span>/g, '');
  expect(clean).toBe(
    '<p class="MsoNormal">Needs</p><ul><li><p>Door alarms</p><ul><li><p>at night</p></li></ul></li><li><p>Reports</p></li></ul>',
  );
});

test('a numbered list of Word is numbered', () => {
  expect(compact(`${wordItem(1, '1.', 'First')}${wordItem(1, '2.', 'Second')}`)).toMatch(/^<ol><li>.*First.*<\/ol>$/);
});

test('the bullet of a list that only a condition tells of, as Chromium and Outlook keep it, is taken away', () => {
  const item = (bullet: string, words: string) =>
    `<p style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span>${bullet}&nbsp;</span><!--[endif]-->${words}</p>`;
  expect(compact(`${item('·', 'Alarms')}${item('·', 'Reports')}`)).toBe(
    '<ul><li><p>Alarms</p></li><li><p>Reports</p></li></ul>',
  );
  expect(compact(`${item('1.', 'Alarms')}${item('2.', 'Reports')}`)).toMatch(/^<ol><li><p>Alarms/);
});

test('Google Docs’ bold that is none is taken away, its checkboxes are kept', () => {
  const html = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p><span style="font-weight:700">Bold</span></p>
    <ul><li role="checkbox" aria-checked="true"><img src="data:x"><p>Done</p></li><li role="checkbox" aria-checked="false"><p>Open</p></li></ul></b>`;
  const clean = compact(html);
  expect(clean).not.toContain('docs-internal');
  expect(clean).toContain('<ul data-type="taskList">');
  expect(clean).toMatch(/<li [^>]*data-checked="true"[^>]*><p>Done/);
  expect(clean).not.toContain('<img');
});

test('an emoji that mail draws as a picture is the letter it stands for', () => {
  expect(compact('<p>Thanks <img alt="👍🏽" src="https://example.com/e.png"> <img alt="Logo 👍" src="x"></p>')).toBe(
    '<p>Thanks 👍🏽 \ufdd00\ufdd1</p>',
  );
});

test('where a picture stood there is a mark with its number, and nothing else looks like one', () => {
  expect(compact('<p>Dock\ufdd03\ufdd1 <img alt="👍" src="x"><img src="a">, <a href="b"><img src="b"></a></p>')).toBe(
    '<p>Dock3 👍\ufdd00\ufdd1, <a href="b">\ufdd01\ufdd1</a></p>',
  );
});

test('scripts and styles never arrive', () => {
  expect(compact('<p>a</p><script>alert(1)</script><style>p{}</style>')).toBe('<p>a</p>');
});

test.each([
  ['# Heading\n\ntext', true],
  ['- one\n- two', true],
  ['- [ ] one', true],
  ['| a | b |\n| --- | --- |', true],
  ['They lose **€2,100** a month', true],
  ['Plain words, 3 * 4 = 12', false],
  ['mail@example.com - see you', false],
])('%j is Markdown: %s', (text, expected) => {
  expect(looksLikeMarkdown(text)).toBe(expected);
});

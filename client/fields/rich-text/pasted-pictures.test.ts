import { expect, test } from 'vitest';
import { pastedPictures, picturesLost } from './pasted-pictures.ts';

const clipboard = (html: string, rtf = '') => ({
  getData: (type: string) => ({ 'text/html': html, 'text/rtf': rtf })[type] ?? '',
});

const PNG = '89504e470d0a1a0a0000';
const JPEG = 'ffd8ffe000104a46';
/** As Word writes it: the picture, and the same once more for programs from before. */
const wordPicture = (blip: string, hex: string) =>
  `{\\*\\shppict{\\pict{\\*\\picprop\\shplid1025{\\sp{\\sn shapeType}{\\sv 75}}}\\picscalex100\\picw9\\${blip}\\bliptag-12{\\*\\blipuid 0a1b2c}\n${hex.replace(/(.{4})/g, '$1\r\n')}}}{\\nonshppict{\\pict\\picscalex100\\wmetafile8\\bliptag1 0100090000}}`;
const wordImage = (number: number) =>
  `<p class=MsoNormal>Cold room<!--[if gte vml 1]><v:shape><v:imagedata src="file:///C:/clip_image00${number}.png"/></v:shape><![endif]--><![if !vml]><img width=300 height=200 src="file:///C:/clip_image00${number}.png" v:shapes="Picture_1"><![endif]></p>`;

const contentsOf = async (files: readonly File[]) =>
  Promise.all(files.map(async (file) => Buffer.from(await file.arrayBuffer()).toString('hex')));

test('pictures of Word are taken from the RTF beside the text, in their order', async () => {
  const rtf = `{\\rtf1 Cold ${wordPicture('pngblip', PNG)} room ${wordPicture('jpegblip', JPEG)}}`;
  const { files, lost } = pastedPictures(clipboard(`${wordImage(1)}${wordImage(2)}`, rtf));
  expect(files.map(({ name, type }) => [name, type])).toEqual([
    ['Pasted picture 1.png', 'image/png'],
    ['Pasted picture 2.jpg', 'image/jpeg'],
  ]);
  expect(await contentsOf(files)).toEqual([PNG, JPEG]);
  expect(lost).toBe(0);
});

test('a picture whose bytes are in its address is taken as it is', async () => {
  const address = `data:image/png;base64,${Buffer.from(PNG, 'hex').toString('base64')}`;
  const { files, lost } = pastedPictures(clipboard(`<p>a<img src="${address}"></p>`));
  expect(files.map(({ name }) => name)).toEqual(['Pasted picture.png']);
  expect(await contentsOf(files)).toEqual([PNG]);
  expect(lost).toBe(0);
});

test.each([
  ['an address on the web', '<img src="https://example.com/a.png">', ''],
  ['a file of the other program without its RTF', wordImage(1), ''],
  ['an RTF that was cut off', wordImage(1), '{\\rtf1{\\pict\\pngblip 89504'],
  ['an RTF with something else for digits', wordImage(1), '{\\rtf1{\\pict\\pngblip\\bin4 zzzz}}'],
  ['a drawing, which can hold a script', '<img src="data:image/svg+xml,<svg/>">', ''],
  ['an address that is cut off', '<img src="data:image/png;base64,@@@">', ''],
])('of %s it is said that the picture is lost', (_what, html, rtf) => {
  expect(pastedPictures(clipboard(html, rtf))).toEqual({ files: [], lost: 1 });
});

test('of three pictures with the bytes of one, one is kept and two are counted', () => {
  const rtf = `{\\rtf1 ${wordPicture('pngblip', PNG)}}`;
  const { files, lost } = pastedPictures(clipboard(wordImage(1) + wordImage(2) + wordImage(3), rtf));
  expect([files.length, lost]).toEqual([1, 2]);
});

test.each([
  ['a text without pictures', '<p>Hello</p>'],
  ['a checkbox of Google Docs', '<ul><li role="checkbox" aria-checked="true"><img src="data:x"><p>Done</p></li></ul>'],
  ['a picture that is a bullet', '<p style="mso-list:l0 level1 lfo1"><img src="file:///b.png">One</p>'],
  ['a spacer', '<img width=1 height=1 src="https://example.com/seen.gif">'],
  ['what an editor of ours put there', '<div data-pm-slice="0 0 []"><img src="blob:x"></div>'],
])('%s says nothing', (_what, html) => {
  expect(pastedPictures(clipboard(html))).toEqual({ files: [], lost: 0 });
});

test('nothing on the clipboard is nothing, and what is said counts', () => {
  expect(pastedPictures(null)).toEqual({ files: [], lost: 0 });
  expect(picturesLost(1)).toContain('1 picture in it could not be taken along');
  expect(picturesLost(3)).toContain('3 pictures in it could not be taken along');
});

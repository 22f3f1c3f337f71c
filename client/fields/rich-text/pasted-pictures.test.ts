import { expect, test } from 'vitest';
import { type PastedPictures, pastedPictures, picturesLost } from './pasted-pictures.ts';

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

const filesOf = (pictures: PastedPictures) => pictures.filter((each) => each !== null);
const contentsOf = async (pictures: PastedPictures) =>
  Promise.all(filesOf(pictures).map(async (file) => Buffer.from(await file.arrayBuffer()).toString('hex')));

test('pictures of Word are taken from the RTF beside the text, in their order', async () => {
  const rtf = `{\\rtf1 Cold ${wordPicture('pngblip', PNG)} room ${wordPicture('jpegblip', JPEG)}}`;
  const pictures = pastedPictures(clipboard(`${wordImage(1)}${wordImage(2)}`, rtf));
  expect(pictures.map((file) => [file?.name, file?.type])).toEqual([
    ['Pasted picture 1.png', 'image/png'],
    ['Pasted picture 2.jpg', 'image/jpeg'],
  ]);
  expect(await contentsOf(pictures)).toEqual([PNG, JPEG]);
});

test('a picture in an item of a list of Word is one, the pictures that are its bullets are none', async () => {
  const bullets = `{\\*\\listtable{\\*\\listpicture${wordPicture('pngblip', 'aa')}}}`;
  const item = `<p style="mso-list:l0 level1 lfo1"><![if !supportLists]><span style="mso-list:Ignore"><img src="file:///b.png"></span><![endif]>Press <img src="file:///a.png"></p>`;
  const pictures = pastedPictures(clipboard(item, `{\\rtf1${bullets} Press ${wordPicture('pngblip', PNG)}}`));
  expect(await contentsOf(pictures)).toEqual([PNG]);
  expect(pictures).toHaveLength(1);
});

test('a picture that the RTF has in another form is lost, and those after it keep their places', async () => {
  const metafile = '{\\*\\shppict{\\pict\\picscalex100\\emfblip\\bliptag1 0100}}';
  const rtf = `{\\rtf1 \\{ ${metafile} ${wordPicture('jpegblip', JPEG)}}`;
  const pictures = pastedPictures(clipboard(`${wordImage(1)}${wordImage(2)}`, rtf));
  expect(pictures.map((file) => file?.name ?? null)).toEqual([null, 'Pasted picture.jpg']);
  expect(await contentsOf(pictures)).toEqual([JPEG]);
});

test('a picture whose bytes are in its address is taken as it is', async () => {
  const address = `data:image/png;base64,${Buffer.from(PNG, 'hex').toString('base64')}`;
  const pictures = pastedPictures(clipboard(`<p>a<img src="${address}"></p>`));
  expect(pictures.map((file) => file?.name)).toEqual(['Pasted picture.png']);
  expect(await contentsOf(pictures)).toEqual([PNG]);
});

test.each([
  ['an address on the web', '<img src="https://example.com/a.png">', ''],
  ['a file of the other program without its RTF', wordImage(1), ''],
  ['an RTF that was cut off', wordImage(1), '{\\rtf1{\\pict\\pngblip 89504'],
  ['an RTF with something else for digits', wordImage(1), '{\\rtf1{\\pict\\pngblip\\bin4 zzzz}}'],
  ['an RTF that closes more than it opened', wordImage(1), '}}{\\pict}\\pngblip 89}'],
  ['a drawing, which can hold a script', '<img src="data:image/svg+xml,<svg/>">', ''],
  ['an address that is cut off', '<img src="data:image/png;base64,@@@">', ''],
  ['another editor of this kind', '<div data-pm-slice="0 0 []"><img src="blob:x"></div>', ''],
])('of %s it is said that the picture is lost', (_what, html, rtf) => {
  expect(pastedPictures(clipboard(html, rtf))).toEqual([null]);
});

test('of three pictures with the bytes of one, one is kept and two are counted', () => {
  const rtf = `{\\rtf1 ${wordPicture('pngblip', PNG)}}`;
  const pictures = pastedPictures(clipboard(wordImage(1) + wordImage(2) + wordImage(3), rtf));
  expect(pictures.map((file) => file !== null)).toEqual([true, false, false]);
});

test.each([
  ['a text without pictures', '<p>Hello</p>'],
  ['a checkbox of Google Docs', '<ul><li role="checkbox" aria-checked="true"><img src="data:x"><p>Done</p></li></ul>'],
  [
    'a picture that is a bullet',
    '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore"><img src="file:///b.png"></span>One</p>',
  ],
  ['a spacer', '<img width=1 height=1 src="https://example.com/seen.gif">'],
  ['an emoji that is drawn as a picture', '<p>Thanks <img alt="👍🏽" src="https://example.com/e.png"></p>'],
  ['what a text of ours shows', '<span data-type="file"><img src="blob:x"></span>'],
])('%s says nothing', (_what, html) => {
  expect(pastedPictures(clipboard(html))).toEqual([]);
});

test('nothing on the clipboard is nothing, and what is said counts', () => {
  expect(pastedPictures(null)).toEqual([]);
  expect(picturesLost(1)).toContain('1 picture in it could not be taken along');
  expect(picturesLost(3)).toContain('3 pictures in it could not be taken along');
});

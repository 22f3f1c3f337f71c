// @vitest-environment node
import { expect, test } from 'vitest';
import { type DeviceCopy, exportLocalData } from './export-local-data.ts';
import type { Files } from './files.ts';
import type { Me } from './workspace.ts';

const me: Me = { userId: 'u', memberId: 'member_anna00000000000', name: 'Anna', email: '', role: 'owner' };

test('a copy of what waits holds the bytes of files that were not sent', async () => {
  const unsent = ['one', 'two'].map((text) => ({ name: `${text} "x".txt`, hash: text, content: new Blob([text]) }));
  const files = { unsentContent: () => Promise.resolve(unsent) } as Partial<Files> as Files;
  const copy = await exportLocalData([], { what: 'waiting', serverId: 's', me, now: 0, files });
  const read = JSON.parse(await copy.text()) as DeviceCopy;
  expect(read.what).toBe('waiting');
  expect(read.files.map(({ name, content }) => [name, atob(content)])).toEqual([
    ['one "x".txt', 'one'],
    ['two "x".txt', 'two'],
  ]);
});

test('a copy without files is whole too', async () => {
  const copy = await exportLocalData([], { what: 'everything', serverId: 's', me, now: 0 });
  expect((JSON.parse(await copy.text()) as DeviceCopy).files).toEqual([]);
});

// @vitest-environment node
/** Files on a device: real IndexedDB calls over memory, a server that can be out of reach, and reloads. */
import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { logActivity } from '../../shared/commands/activity-commands.ts';
import { deleteRecords, restoreRecords } from '../../shared/commands/record-commands.ts';
import { file } from '../../shared/entities/file.ts';
import { hashOfBytes } from './file-hash.ts';
import type { FetchResult, FileTransport, SendResult } from './file-transport.ts';
import { createFiles, type Files } from './files.ts';
import { withFiles } from './late-files.ts';
import { createMemoryWorkspace, type MemoryWorkspace } from './memory-workspace.ts';

const INGRID = 'contact_ingrid0000000000';
const open: Files[] = [];
let devices = 0;

afterEach(() => {
  for (const files of open.splice(0)) files.close();
});

/** A server that holds what was sent, and a line to it that can be cut. */
function aServer() {
  const content = new Map<string, Blob>();
  const gone = new Set<string>();
  const server = { content, gone, isReachable: true, sentence: '', sent: 0, largest: 1_000 };
  const transport: FileTransport = {
    send(hash, blob, onProgress): Promise<SendResult> {
      return Promise.resolve(take(hash, blob, onProgress));
    },
    fetch: (hash) => Promise.resolve(give(hash)),
    missing: async (hashes) => (server.isReachable ? answerFor(hashes) : null),
    limits: async () => (server.isReachable ? { largest: server.largest } : null),
  };
  const answerFor = (hashes: readonly string[]) => ({
    missing: hashes.filter((hash) => !content.has(hash) && !gone.has(hash)),
    gone: hashes.filter((hash) => gone.has(hash)),
  });
  function take(hash: string, blob: Blob, onProgress: (sent: number) => void): SendResult {
    if (!server.isReachable) return { kind: 'offline' };
    server.sent++;
    if (server.sentence !== '') return { kind: 'refused', sentence: server.sentence };
    onProgress(blob.size / 2);
    content.set(hash, blob);
    return { kind: 'stored' };
  }
  function give(hash: string): FetchResult {
    if (!server.isReachable) return { kind: 'offline' };
    const found = content.get(hash);
    return found ? { kind: 'here', content: found } : { kind: 'not-there' };
  }
  return { server, transport };
}

async function setup({ transport, server } = aServer(), workspace: MemoryWorkspace = createMemoryWorkspace()) {
  const databaseName = `files-${devices++}`;
  const start = async () => {
    const files = await createFiles({ databaseName, transport, workspace });
    open.push(files);
    return files;
  };
  return { transport, server, workspace, start, files: await start() };
}

const aFile = (text: string, name = 'plan.txt') => new File([text], name, { type: 'text/plain' });
const factsOf = (workspace: MemoryWorkspace, id: string | undefined) => {
  const { hash, name, type, bytes } = workspace.collection('file').byId(id) ?? ({} as never);
  return { hash, name, type, bytes: bytes ?? 0 };
};

test('a file added offline is on the record at once, survives a reload, and is sent when there is a line', async () => {
  const { files, start, server, workspace } = await setup();
  server.isReachable = false;
  const { ids, problems } = await files.add([aFile('the plan')], { about: [INGRID] });
  expect(problems).toEqual([]);
  const facts = factsOf(workspace, ids[0]);
  expect(facts).toMatchObject({ name: 'plan.txt', type: 'text/plain', bytes: 8 });
  expect(files.unsent()).toMatchObject([{ name: 'plan.txt', bytes: 8 }]);
  files.close();

  const again = await start();
  expect(again.unsent()).toHaveLength(1);
  expect(await (await again.open(facts)).text()).toBe('the plan');
  server.isReachable = true;
  again.tryNow();
  await vi.waitFor(() => expect(again.unsent()).toEqual([]));
  expect(await server.content.get(facts.hash)?.text()).toBe('the plan');
  expect(again.place(facts.hash)).toEqual({ kind: 'here', isPinned: false });
});

test('another device gets it from the server, keeps it, and opens it without a line', async () => {
  const { files, server, transport, workspace } = await setup();
  const { ids } = await files.add([aFile('shared')], { about: [INGRID] });
  const facts = factsOf(workspace, ids[0]);
  await vi.waitFor(() => expect(server.content.size).toBe(1));
  const { files: others } = await setup({ transport, server });
  expect(others.place(facts.hash)).toEqual({ kind: 'elsewhere' });
  expect(await (await others.open(facts)).text()).toBe('shared');
  server.isReachable = false;
  expect(await (await others.open(facts)).text()).toBe('shared');
});

test('what is not here says why and what helps', async () => {
  const { files, server } = await setup();
  const facts = { hash: 'a'.repeat(64), name: 'offer.pdf', type: '', bytes: 3 };
  await expect(files.open(facts)).rejects.toThrow(/has not reached the server yet/);
  server.isReachable = false;
  await expect(files.open(facts)).rejects.toThrow(/not on this device yet. It opens when you are online/);
});

test('a file the server damages on the way is not shown', async () => {
  const { files, server } = await setup();
  const hash = await hashOfBytes(new TextEncoder().encode('right').buffer as ArrayBuffer);
  server.content.set(hash, new Blob(['wrong']));
  await expect(files.open({ hash, name: 'x', type: '', bytes: 5 })).rejects.toThrow(/damaged/);
});

test('what the server refuses keeps its reason, holds up no other file, and is offered again', async () => {
  const { files, server } = await setup();
  server.sentence = 'The server’s disk is full.';
  await files.add([aFile('one', '1.txt'), aFile('two', '2.txt')], { about: [INGRID] });
  await vi.waitFor(() => expect(server.sent).toBe(2));
  await vi.waitFor(() => expect(files.unsent().map(({ place }) => place.kind)).toEqual(['refused', 'refused']));
  const status = withFiles(createMemoryWorkspace().sync, () => files);
  expect([status.state(), status.waitingCount(), status.refused()[0]]).toEqual([
    'needs-you',
    0,
    { text: 'File 1.txt', reason: 'The server’s disk is full.' },
  ]);
  server.sentence = '';
  files.tryNow();
  await vi.waitFor(() => expect(files.unsent()).toEqual([]));
});

test('too large a file is refused in words and nothing is written; the others are added in one step', async () => {
  const { files, workspace, server } = await setup();
  await vi.waitFor(async () => {
    const { problems } = await files.add([aFile('x'.repeat(1_001), 'big.bin')], { about: [INGRID] });
    expect(problems[0]).toMatch(/^big.bin has a little more than 1 kB, the most that fits. It was not added/);
  });
  const before = workspace.collection('file').count();
  const { ids, problems } = await files.add([aFile('a', 'a'), aFile('y'.repeat(2_000), 'b'), aFile('c', 'c')], {
    about: [INGRID],
  });
  expect([ids.length, problems.length, workspace.undoLabel()]).toEqual([2, 1, '2 files added']);
  expect(problems[0]).toMatch(/^b has 2 kB; at most 1 kB fit. It was not added/);
  await workspace.undo();
  expect(workspace.collection('file').count()).toBe(before);
  await files.add([aFile('long', `../a/b/${'x'.repeat(300)}.txt`)], { about: [INGRID] });
  expect(workspace.undoLabel()).toMatch(/^x{44}…x{8}\.txt added$/);
  expect(server.isReachable).toBe(true);
});

test('a device without room says so: what was only kept because it was opened goes first, and nothing is half added', async () => {
  const { server, workspace, files } = await setup();
  const { ids } = await files.add([aFile('opened once', 'old.txt')], { about: [INGRID] });
  const old = factsOf(workspace, ids[0]);
  await vi.waitFor(() => expect(server.content.size).toBe(1));
  await vi.waitFor(() => expect(files.place(old.hash).kind).toBe('here'));
  const stopped = new WeakSet<IDBTransaction>();
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function fill(this: IDBObjectStore) {
    const { transaction } = this;
    if (stopped.has(transaction)) return undefined as never;
    stopped.add(transaction);
    Object.defineProperty(transaction, 'error', { value: new DOMException('full', 'QuotaExceededError') });
    queueMicrotask(() => transaction.abort());
    return undefined as never;
  });
  const adding = files.add([aFile('too much', 'new.txt')], { about: [INGRID] });
  const { ids: none, problems } = await adding.finally(() => put.mockRestore());
  expect(none).toEqual([]);
  expect(problems).toEqual([
    'This device has no room for new.txt (8 bytes). It was not added; everything else is safe. Free some space, then add it again.',
  ]);
  expect(files.place(old.hash).kind).toBe('elsewhere');
  expect(await (await files.open(old)).text()).toBe('opened once');
  expect(workspace.collection('file').count()).toBe(1);
});

test('a removed file nobody waits for; brought back, it is sent after all', async () => {
  const { files, server, workspace } = await setup();
  server.isReachable = false;
  const { ids } = await files.add([aFile('gone and back')], { about: [INGRID] });
  workspace.run('Removed', (tx) => deleteRecords(tx, { entity: file, ids }));
  expect(files.unsent()).toEqual([]);
  server.isReachable = true;
  workspace.run('Restored', (tx) => restoreRecords(tx, { entity: file, ids }));
  await vi.waitFor(() => expect(server.content.size).toBe(1));
});

test('a server that lost a file gets it again from a device that has it', async () => {
  const { files, start, server } = await setup();
  await files.add([aFile('kept')], { about: [INGRID] });
  await vi.waitFor(() => expect(server.content.size).toBe(1));
  await vi.waitFor(() => expect(files.unsent()).toEqual([]));
  files.close();
  server.content.clear();
  await start();
  await vi.waitFor(() => expect(server.content.size).toBe(1));
});

test('what was pinned says so, also after a reload', async () => {
  const { files, start, workspace } = await setup();
  const { ids } = await files.add([aFile('pin me')], { about: [INGRID] });
  await vi.waitFor(() => expect(files.unsent()).toEqual([]));
  const facts = factsOf(workspace, ids[0]);
  await files.pin(facts, true);
  files.close();
  expect((await start()).place(facts.hash)).toEqual({ kind: 'here', isPinned: true });
});

test('a viewer adds nothing, and nothing of it stays on the device', async () => {
  const { files } = await setup(aServer(), createMemoryWorkspace({ role: 'viewer' }));
  await expect(files.add([aFile('no')], { about: [INGRID] })).rejects.toThrow(/your role does not change it/);
  expect(files.unsent()).toEqual([]);
});

test('a file of an entry belongs to it', async () => {
  const { files, workspace } = await setup();
  const activityId = workspace.run('Logged', (tx) => logActivity(tx, { kind: 'note', body: 'See', about: [INGRID] }));
  const { ids } = await files.add([aFile('att')], { about: [INGRID], activity: activityId, at: Date.UTC(2005, 4, 8) });
  expect(ids[0]).toMatch(/^file_2005/);
  expect(workspace.collection('file').byId(ids[0])?.activity).toBe(activityId);
});

test('a file that was erased with the person it was about does not stay on this device, and is not sent again', async () => {
  const { files, server } = await setup();
  await files.add([aFile('the passport')], { about: [INGRID] });
  await vi.waitFor(() => expect(files.unsent()).toEqual([]));
  const [hash = ''] = server.content.keys();
  expect(files.place(hash)).toEqual({ kind: 'here', isPinned: false });
  server.content.delete(hash);
  server.gone.add(hash);
  files.askAgain();
  await vi.waitFor(() => expect(files.place(hash)).toEqual({ kind: 'elsewhere' }));
  expect(server.content.size).toBe(0);
});

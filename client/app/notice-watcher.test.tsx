import { cleanup, render } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { notice } from '../../shared/entities/notice.ts';
import { createMemoryWorkspace } from '../data/memory-workspace.ts';
import { WorkspaceProvider } from '../data/workspace.ts';
import { NoticeWatcher } from './notice-watcher.tsx';

const shown: string[] = [];

/** A system that shows what it is given. */
class SystemNotification {
  static readonly permission = 'granted';
  onclick: (() => void) | null = null;

  constructor(title: string) {
    shown.push(title);
  }

  close(): void {
    this.onclick = null;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Notification', SystemNotification);
  // One after the other, as in a browser.
  let queue: Promise<unknown> = Promise.resolve();
  const request = (_name: string, run: () => Promise<void>) => {
    queue = queue.then(run);
    return queue;
  };
  Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
});
afterEach(() => {
  cleanup();
  shown.length = 0;
  Reflect.deleteProperty(navigator, 'locks');
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Tabs of one person; `tell` is what a teammate's comment does. */
function setupTabs(count: number, { isLookedAt }: { readonly isLookedAt: boolean }) {
  vi.spyOn(document, 'hasFocus').mockReturnValue(isLookedAt);
  const workspace = createMemoryWorkspace({ isSetUp: true });
  render(() => (
    <WorkspaceProvider value={workspace}>
      {Array.from({ length: count }, () => (
        <NoticeWatcher />
      ))}
    </WorkspaceProvider>
  ));
  const { memberId: owner } = workspace.me();
  const tell = (text: string) =>
    workspace.arrange((tx) => tx.insert(notice, { owner, kind: 'change', text, at: Date.now() }));
  const shownAt = (id: string) => workspace.collection('notice').peek(id)?.shownAt;
  return { workspace, tell, shownAt };
}

test('whoever is elsewhere is told by the system, once with two tabs, and again when it comes up again', async () => {
  const { workspace, tell, shownAt } = setupTabs(2, { isLookedAt: false });
  const id = tell('Priya changed Vans');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(shown).toHaveLength(1);
  expect(shownAt(id)).toEqual(expect.any(Number));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(shown).toHaveLength(1);
  workspace.arrange((tx) => tx.patch(notice, id, { at: Date.now(), shownAt: null }));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(shown).toHaveLength(2);
});

test('whoever looks at Rapport is not told by the system, on no device', async () => {
  const { tell, shownAt } = setupTabs(1, { isLookedAt: true });
  const id = tell('Priya changed Vans');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(shown).toEqual([]);
  expect(shownAt(id)).toEqual(expect.any(Number));
});

test('what another device has shown, or somebody has read meanwhile, is not shown here', async () => {
  const { workspace, tell } = setupTabs(1, { isLookedAt: false });
  const [elsewhere, read] = [tell('One'), tell('Two')];
  workspace.arrange((tx) => {
    tx.patch(notice, elsewhere, { shownAt: Date.now() });
    tx.patch(notice, read, { readAt: Date.now() });
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(shown).toEqual([]);
});

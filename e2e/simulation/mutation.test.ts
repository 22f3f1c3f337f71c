/**
 * Proof that the simulator can fail: each test breaks one thing in the product that users rely on, and some schedule must
 * notice, by the law that says so.
 */
import './globals.ts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { UpdateLog } from '../../server/storage/update-log.ts';
import type { Mutation } from './schedule.ts';
import type { World } from './world.ts';

const MOST_SEEDS = 60;

afterEach(() => {
  vi.doUnmock('../../shared/sync/record-state.ts');
  vi.doUnmock('../../shared/sync/plan-undo.ts');
  vi.doUnmock('../../client/data/local-store.ts');
  vi.doUnmock('../../client/data/own-clocks.ts');
  vi.doUnmock('../../server/sync/restamp.ts');
  vi.resetModules();
});

/** The laws that the first failing schedule names; empty when none fails. What is rare is looked for where it is known to be. */
async function firstFailure(mutation: Mutation = {}, from = 1): Promise<readonly string[]> {
  vi.resetModules();
  const { runSchedule } = await import('./schedule.ts');
  for (let seed = from; seed < from + MOST_SEEDS; seed++) {
    const { violations } = await runSchedule({ seed, mutation });
    if (violations.length > 0) return violations.map((violation) => violation.slice(0, 2));
  }
  return [];
}

/** Answers before SQLite has it, and writes a little later. */
function writeBehind(log: UpdateLog, world: World): UpdateLog {
  let seq = 1_000_000;
  return {
    ...log,
    commit(batch) {
      world.schedule(world.current, 400, () => void log.commit(batch));
      return { seqs: batch.updates.map(() => ++seq), quarantineIds: batch.quarantine.map(() => null) };
    },
  };
}

/** Every eighth batch of changes is answered for and not written. */
function forgetful(log: UpdateLog): UpdateLog {
  let batches = 0;
  return {
    ...log,
    commit(batch) {
      if (batch.updates.length === 0 || ++batches % 8 !== 0) return log.commit(batch);
      log.commit({ ...batch, updates: [], changes: [], historySeqs: new Map() });
      return { seqs: batch.updates.map(() => batches), quarantineIds: batch.quarantine.map(() => null) };
    },
  };
}

describe('the simulator notices', { timeout: 200_000 }, () => {
  test('a server that acknowledges and broadcasts before its commit', async () => {
    expect(['L1', 'L2']).toContain((await firstFailure({ breakLog: writeBehind }))[0]);
  });

  test('a server that loses one batch in eight', async () => {
    expect(['L1', 'L2']).toContain((await firstFailure({ breakLog: forgetful }))[0]);
  });

  test('an update that is lost on an open line', async () => {
    const mutation = {
      losesMessage: (message: Uint8Array, random: { chance(p: number): boolean }) =>
        message[0] === 0 && message[1] === 2 && random.chance(0.1),
    };
    expect(await firstFailure(mutation)).toContain('L4');
  });

  test('readers that show the oldest of several values', async () => {
    vi.doMock('../../shared/sync/record-state.ts', async (load) => {
      const real = await load<typeof import('../../shared/sync/record-state.ts')>();
      const putEdit: typeof real.putEdit = (state, path, edit) => {
        real.putEdit(state, path, edit);
        state.edits?.get(path)?.reverse();
      };
      return { ...real, putEdit };
    });
    expect(await firstFailure()).toContain('L3');
  });

  test('an undo that does not look who wrote last', async () => {
    vi.doMock('../../shared/sync/plan-undo.ts', async (load) => {
      const real = await load<typeof import('../../shared/sync/plan-undo.ts')>();
      const planUndo: typeof real.planUndo = (...args) => {
        const { plan, skipped } = real.planUndo(...args);
        const forced = skipped
          .filter(({ path }) => path !== '')
          .map((write) => ({ ...write, after: write.before ?? null }));
        return { plan: { ...plan, writes: [...plan.writes, ...forced] }, skipped: [] };
      };
      return { ...real, planUndo };
    });
    expect(await firstFailure({}, 100)).toContain('L5');
  });

  test('a device that calls changes saved before its disk has them', async () => {
    vi.doMock('../../client/data/local-store.ts', async (load) => {
      const real = await load<typeof import('../../client/data/local-store.ts')>();
      const openLocalStore: typeof real.openLocalStore = (options) => ({
        ...real.openLocalStore(options),
        unsaved: () => 0,
      });
      return { ...real, openLocalStore };
    });
    expect(await firstFailure()).toContain('L3');
  });

  test('a pill that says "synced" too early', async () => {
    vi.doMock('../../client/data/own-clocks.ts', async (load) => {
      const real = await load<typeof import('../../client/data/own-clocks.ts')>();
      class OwnClocks extends real.OwnClocks {
        override waiting(): ReadonlyMap<number, number> {
          return new Map();
        }
      }
      return { ...real, OwnClocks };
    });
    expect(await firstFailure()).toContain('L2');
  });

  test('a server that leaves stamps from the future', async () => {
    vi.doMock('../../server/sync/restamp.ts', () => ({ restamp: () => undefined }));
    expect(await firstFailure()).toContain('L8');
  });
});

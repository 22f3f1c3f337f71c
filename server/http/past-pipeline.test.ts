import { expect, test } from 'vitest';
import type { Deal } from '../../shared/entities/deal.ts';
import { deal } from '../../shared/entities/deal.ts';
import type { Stage } from '../../shared/entities/stage.ts';
import { type FormerValue, recordsAsOf, stageTotals } from '../../shared/query/past.ts';
import { setUpMemoryApp } from '../testing/memory-app.ts';

/** 0 to 1, the same every time (Park and Miller). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test.each([3, 11, 2026])(
  'the pipeline as of a past moment has the totals and the deals of a copy saved then (%i)',
  async (seed) => {
    let now = Date.UTC(2026, 10, 1, 9);
    const app = setUpMemoryApp({ now: () => (now += 1_000) });
    const owner = await app.setUp();
    const random = randomFrom(seed);
    const among = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
      const answer = await app.ask(method, path, { cookie: owner, ...(body ? { body } : {}) });
      expect(answer.ok, await answer.clone().text()).toBe(true);
      return (await answer.json()) as T;
    };
    const { records: stages } = await ask<{ records: readonly Stage[] }>('GET', '/api/records/stage');
    const stageOf = (id: string) => stages.find((stage) => stage.id === id);
    const everyDeal = () => [...app.services.rooms.open('team.pipeline.1').records.all('deal')] as unknown as Deal[];
    const ids: string[] = [];
    const values = () => ({
      stage: among(stages).id,
      amount: { minor: Math.floor(random() * 100_000) * 100, currency: among(['EUR', 'USD']) },
    });
    async function act(): Promise<void> {
      const kind = ids.length < 6 ? 0 : random();
      const id = among(ids);
      if (kind < 0.2) {
        const { record } = await ask<{ record: Deal }>('POST', '/api/records/deal', { title: 'New', ...values() });
        ids.push(record.id);
      } else if (kind < 0.3 && everyDeal().some((each) => each.id === id && !each.deleted)) {
        await app.ask('DELETE', `/api/records/deal/${id}`, { cookie: owner });
      } else if (everyDeal().some((each) => each.id === id && !each.deleted)) {
        const { stage, amount } = values();
        await ask('PATCH', `/api/records/deal/${id}`, random() < 0.5 ? { stage } : { amount });
      }
    }
    const plain = (deals: Iterable<Deal>) =>
      [...deals]
        .filter((each) => !each.deleted)
        .map(({ id, title, amount, place }) => JSON.stringify([id, title, amount, place[0], place[1]]))
        .sort();
    const copies: { readonly at: number; readonly deals: readonly Deal[] }[] = [];
    for (let turn = 0; turn < 60; turn++) {
      await act();
      if (turn % 15 === 14) copies.push({ at: now, deals: everyDeal() });
    }
    for (const { at, deals } of copies) {
      const past = await ask<{ values: readonly FormerValue[] }>('GET', `/api/history/as-of?kind=pipeline&at=${at}`);
      const then = recordsAsOf(deal, everyDeal(), past.values);
      expect(plain(then.values())).toEqual(plain(deals));
      const saved = deals.filter((each) => !each.deleted);
      expect(stageTotals(then.values(), stageOf)).toEqual(stageTotals(saved, stageOf));
      expect(then.size).toBe(saved.length);
    }
  },
);

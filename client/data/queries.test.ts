import fc from 'fast-check';
import { createEffect, createMemo, createRoot, createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { createRecord, editRecords } from '../../shared/commands/record-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { contact } from '../../shared/entities/contact.ts';
import { textSortKey } from '../../shared/model/text-order.ts';
import { LiveQuery } from '../../shared/query/live-query.ts';
import { createMemoryWorkspace } from './memory-workspace.ts';
import type { QueryOptions, Workspace } from './workspace.ts';

const BY_NAME: QueryOptions<'company'> = {
  where: (record) => record.industry !== 'none',
  sortBy: (record) => textSortKey(record.name),
  groupBy: (record) => record.industry,
  sums: (record) => [record.size ?? 0, 1],
};

/** Creates, edits, deletes, restores and undoes, as numbers that both replicas interpret alike. */
const deeds = fc.array(
  fc.record({
    who: fc.constantFrom(0, 1),
    deed: fc.constantFrom(
      'create',
      'rename',
      'regroup',
      'resize',
      'delete',
      'restore',
      'undo',
      'redo',
      'exchange',
      'many',
    ),
    record: fc.nat(30),
    value: fc.nat(5),
  }),
  { maxLength: 40 },
);

test('after any changes by two people a live query equals one computed anew', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (list) => {
      const people = [
        createMemoryWorkspace(),
        createMemoryWorkspace({ name: 'Bert', memberId: 'member_bert00000000000' }),
      ];
      await createRoot(async (dispose) => {
        const queries = people.map((each) => each.createQuery('company', () => BY_NAME));
        for (const { who, deed, record, value } of list) {
          const workspace = people[who];
          if (!workspace) continue;
          const ids = [...workspace.collection('company').all()].map(({ id }) => id);
          const trash = workspace.collection('company');
          const id = ids[record % Math.max(1, ids.length)];
          const edit = (changes: object, which = id) => {
            if (which && trash.peek(which))
              workspace.run(deed, (tx) => editRecords(tx, { entity: company, ids: [which], changes }));
          };
          if (deed === 'create')
            workspace.run(deed, (tx) =>
              createRecord(tx, { entity: company, values: { name: `N${value}`, size: value } }),
            );
          if (deed === 'many') {
            workspace.run(deed, (tx) => {
              for (let index = 0; index < 20; index++)
                createRecord(tx, { entity: company, values: { name: `M${index * value}` } });
            });
          }
          if (deed === 'rename') edit({ name: `R${value}` });
          if (deed === 'regroup') edit({ industry: ['', 'none', 'steel'][value % 3] });
          if (deed === 'resize') edit({ size: value });
          if (deed === 'delete') edit({ deleted: true });
          if (deed === 'undo') await workspace.undo();
          if (deed === 'redo') await workspace.redo();
          if (deed === 'exchange') people[0]?.exchange(people[1] as (typeof people)[0]);
          for (const [index, query] of queries.entries()) {
            const fresh = new LiveQuery(BY_NAME, people[index]?.collection('company').each() ?? []);
            expect(query.size()).toBe(fresh.size);
            for (const key of ['', 'steel']) {
              expect(query.group(key).ids).toEqual(fresh.group(key).ids);
              if (fresh.group(key).ids.length > 0) expect(query.group(key).sums).toEqual(fresh.group(key).sums);
            }
          }
        }
        dispose();
      });
    }),
    { numRuns: 60 },
  );
});

test('a query is told in the same frame, and not of edits it does not look at', () => {
  const workspace = createMemoryWorkspace();
  const id = workspace.arrange((tx) => createRecord(tx, { entity: company, values: { name: 'Beta' } }));
  const seen: (readonly string[])[] = [];
  createRoot((dispose) => {
    const query = workspace.createQuery('company', () => ({ sortBy: (record) => textSortKey(record.name) }));
    createEffect(() => seen.push(query.ids()));
    return dispose;
  });
  workspace.run('About', (tx) => editRecords(tx, { entity: company, ids: [id], changes: { about: 'x' } }));
  expect(seen).toEqual([[id]]);
  const first = workspace.run('New', (tx) => createRecord(tx, { entity: company, values: { name: 'Alpha' } }));
  expect(seen).toEqual([[id], [first, id]]);
});

test('who reads the records of a query can be told of every change of one that matches, and of no other', () => {
  const workspace = createMemoryWorkspace();
  const make = (industry: string) =>
    workspace.arrange((tx) => createRecord(tx, { entity: company, values: { name: 'N', industry } }));
  const [match, other] = [make('steel'), make('food')];
  let told = 0;
  createRoot((dispose) => {
    const query = workspace.createQuery('company', () => ({
      tellsAll: true,
      where: ({ industry }) => industry === 'steel',
    }));
    createEffect(() => {
      query.ids();
      told++;
    });
    return dispose;
  });
  const edit = (id: string) =>
    workspace.run('About', (tx) => editRecords(tx, { entity: company, ids: [id], changes: { about: `${told}` } }));
  edit(match);
  expect(told).toBe(2);
  edit(other);
  expect(told).toBe(2);
});

test('a query is computed again when its options or what it depends on change', () => {
  const workspace = createMemoryWorkspace();
  const [acme, beta] = ['Acme', 'Beta'].map((name) =>
    workspace.arrange((tx) => createRecord(tx, { entity: company, values: { name } })),
  );
  const [one, two] = [acme, beta].map((each) =>
    workspace.arrange((tx) => createRecord(tx, { entity: contact, values: { firstName: 'C', company: each ?? null } })),
  );
  createRoot((dispose) => {
    const [descending, setDescending] = createSignal(false);
    const query = workspace.createQuery('contact', () => ({
      dependsOn: ['company'],
      descending: descending(),
      sortBy: (record) => textSortKey(workspace.collection('company').peek(record.company ?? '')?.name ?? ''),
    }));
    expect(query.ids()).toEqual([one, two]);
    workspace.run('Renamed', (tx) =>
      editRecords(tx, { entity: company, ids: [acme ?? ''], changes: { name: 'Zeta' } }),
    );
    expect(query.ids()).toEqual([two, one]);
    setDescending(true);
    expect(query.ids()).toEqual([one, two]);
    dispose();
  });
});

test('a record’s readers are told of that record alone, and let go of it', () => {
  const workspace = createMemoryWorkspace();
  const [acme = '', beta = ''] = ['Acme', 'Beta'].map((name) =>
    workspace.arrange((tx) => createRecord(tx, { entity: company, values: { name } })),
  );
  const seen: (string | undefined)[] = [];
  const dispose = createRoot((end) => {
    const name = createMemo(() => workspace.collection('company').byId(acme)?.name);
    createEffect(() => seen.push(name()));
    return end;
  });
  const edit = (id: string, changes: object) =>
    workspace.run('Edited', (tx) => editRecords(tx, { entity: company, ids: [id], changes }));
  edit(beta, { name: 'B' });
  edit(acme, { name: 'A' });
  edit(acme, { deleted: true });
  expect(workspace.collection('company').byIdInTrash(acme)?.name).toBe('A');
  dispose();
  edit(acme, { deleted: false });
  expect(seen).toEqual(['Acme', 'A', undefined]);
});

/** Opens the query, looks at it and lets it go. */
function lookAt(workspace: Workspace, options: QueryOptions<'company'>): readonly string[] {
  return createRoot((dispose) => {
    const ids = workspace.createQuery('company', () => options).group('steel').ids;
    dispose();
    return ids;
  });
}

const steps = fc.array(
  fc.record({ deed: fc.constantFrom('create', 'rename', 'regroup', 'delete', 'open', 'close'), value: fc.nat(9) }),
  { maxLength: 40 },
);

test('a kept query says what one computed anew would, whatever changed while nobody read it', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const workspace = createMemoryWorkspace();
      const kept = { ...BY_NAME, keep: 'by name' };
      const made: string[] = [];
      const readers: (() => void)[] = [];
      for (const { deed, value } of list) {
        const id = made[value % Math.max(1, made.length)];
        const values = { name: `N${value}`, industry: ['steel', 'none', ''][value % 3] ?? '' };
        if (deed === 'create') made.push(workspace.run(deed, (tx) => createRecord(tx, { entity: company, values })));
        else if (deed === 'open')
          createRoot((dispose) => {
            const query = workspace.createQuery('company', () => kept);
            createEffect(() => query.ids());
            readers.push(dispose);
          });
        else if (deed === 'close') readers.pop()?.();
        else if (id !== undefined) {
          const changes =
            deed === 'rename'
              ? { name: values.name }
              : deed === 'regroup'
                ? { industry: values.industry }
                : { deleted: true };
          workspace.run(deed, (tx) => editRecords(tx, { entity: company, ids: [id], changes }));
        }
        if (readers.length > 0 || value > 6) {
          const fresh = new LiveQuery(BY_NAME, workspace.collection('company').each());
          expect(lookAt(workspace, kept)).toEqual(fresh.group('steel').ids);
        }
      }
      for (const dispose of readers) dispose();
    }),
    { numRuns: 60 },
  );
});

test('a query that was made ready looks through the records once, and knows what changed meanwhile', async () => {
  const workspace = createMemoryWorkspace();
  const make = (name: string) =>
    workspace.run('New', (tx) => createRecord(tx, { entity: company, values: { name, industry: 'steel' } }));
  const [first = '', second = ''] = ['Beta', 'Gamma', 'Delta'].map(make);
  const where = vi.fn(() => true);
  const kept = { ...BY_NAME, where, keep: 'ready' };
  // Every look at the clock is another slice.
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
  const isReady = workspace.prepareQuery('company', kept);
  workspace.run('Renamed', (tx) => editRecords(tx, { entity: company, ids: [first], changes: { name: 'Zeta' } }));
  workspace.run('Gone', (tx) => editRecords(tx, { entity: company, ids: [second], changes: { deleted: true } }));
  make('Alpha');
  await isReady;
  clock.mockRestore();
  where.mockClear();
  const fresh = new LiveQuery(BY_NAME, workspace.collection('company').each());
  expect(lookAt(workspace, kept)).toEqual(fresh.group('steel').ids);
  expect(lookAt(workspace, kept)).toHaveLength(3);
  // The renamed one and the new one.
  expect(where.mock.calls.length).toBeLessThanOrEqual(2);
});

test('a query that is read while it is made ready is whole', async () => {
  const workspace = createMemoryWorkspace();
  for (const name of ['Beta', 'Alpha', 'Gamma'])
    workspace.arrange((tx) => createRecord(tx, { entity: company, values: { name, industry: 'steel' } }));
  const kept = { ...BY_NAME, keep: 'early' };
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
  const isReady = workspace.prepareQuery('company', kept);
  const fresh = new LiveQuery(BY_NAME, workspace.collection('company').each()).group('steel').ids;
  expect(lookAt(workspace, kept)).toEqual(fresh);
  await isReady;
  clock.mockRestore();
  expect(lookAt(workspace, kept)).toEqual(fresh);
});

/** Both directions of an order as somebody sees it who opens it and goes. */
function ordersOf(workspace: Workspace, options: QueryOptions<'company'>): readonly (readonly string[])[] {
  return [false, true].map((descending) =>
    createRoot((dispose) => {
      const ids = workspace.createQuery('company', () => ({ ...options, descending })).ids();
      dispose();
      return ids;
    }),
  );
}

test('a kept order says in both directions what queries computed anew would, whatever changed while nobody read it', () => {
  const orderBy: QueryOptions<'company'>['orderBy'] = (record) => record.size;
  fc.assert(
    fc.property(steps, (list) => {
      const workspace = createMemoryWorkspace();
      const kept = { orderBy, keep: 'by size' };
      const made: string[] = [];
      const readers: (() => void)[] = [];
      for (const { deed, value } of list) {
        const id = made[value % Math.max(1, made.length)];
        const values = { name: 'N', size: [null, 5, 7][value % 3] ?? null };
        if (deed === 'create') made.push(workspace.run(deed, (tx) => createRecord(tx, { entity: company, values })));
        else if (deed === 'open')
          createRoot((dispose) => {
            const query = workspace.createQuery('company', () => ({ ...kept, descending: value % 2 === 0 }));
            createEffect(() => query.ids());
            readers.push(dispose);
          });
        else if (deed === 'close') readers.pop()?.();
        else if (id !== undefined) {
          const changes = deed === 'delete' ? { deleted: true } : values;
          workspace.run(deed, (tx) => editRecords(tx, { entity: company, ids: [id], changes }));
        }
        if (readers.length === 0 && value <= 6) continue;
        const fresh = [false, true].map(
          (descending) =>
            new LiveQuery({ sortBy: orderBy, descending }, workspace.collection('company').each()).group('').ids,
        );
        expect(ordersOf(workspace, kept)).toEqual(fresh);
      }
      for (const dispose of readers) dispose();
    }),
    { numRuns: 60 },
  );
});

test('an order that was made ready reads no record when somebody opens it, up or down', async () => {
  const workspace = createMemoryWorkspace();
  for (const name of ['Beta', 'Gamma', 'Alpha'])
    workspace.arrange((tx) => createRecord(tx, { entity: company, values: { name } }));
  const orderBy = vi.fn((record: { readonly name: string }) => textSortKey(record.name));
  const kept = { orderBy, keep: 'by name' };
  await workspace.prepareQuery('company', kept);
  orderBy.mockClear();
  const namesOf = (ids: readonly string[] = []) => ids.map((id) => workspace.collection('company').peek(id)?.name);
  const [up, down] = ordersOf(workspace, kept);
  expect(namesOf(up)).toEqual(['Alpha', 'Beta', 'Gamma']);
  expect(namesOf(down)).toEqual(['Gamma', 'Beta', 'Alpha']);
  expect(orderBy).not.toHaveBeenCalled();
});

test('an order that went stale while nobody read it is made ready again', async () => {
  const workspace = createMemoryWorkspace();
  const [acme = '', beta = ''] = ['Acme', 'Beta'].map((name) =>
    workspace.arrange((tx) => createRecord(tx, { entity: company, values: { name } })),
  );
  const [one, two] = [acme, beta].map((each) =>
    workspace.arrange((tx) => createRecord(tx, { entity: contact, values: { firstName: 'C', company: each } })),
  );
  const orderBy = vi.fn((record: { readonly company: string | null }) =>
    textSortKey(workspace.collection('company').peek(record.company ?? '')?.name ?? ''),
  );
  const kept: QueryOptions<'contact'> = { orderBy, keep: 'by company', dependsOn: ['company'] };
  await workspace.prepareQuery('contact', kept);
  workspace.run('Renamed', (tx) => editRecords(tx, { entity: company, ids: [acme], changes: { name: 'Zeta' } }));
  await workspace.prepareQuery('contact', kept);
  orderBy.mockClear();
  createRoot((dispose) => {
    expect(workspace.createQuery('contact', () => kept).ids()).toEqual([two, one]);
    dispose();
  });
  expect(orderBy).not.toHaveBeenCalled();
});

test('a change over there that does not matter is none of the query', () => {
  const workspace = createMemoryWorkspace();
  const id = workspace.arrange((tx) => createRecord(tx, { entity: company, values: { name: 'Acme' } }));
  workspace.arrange((tx) => createRecord(tx, { entity: contact, values: { firstName: 'C', company: id } }));
  const orderBy = vi.fn(() => null);
  let told = 0;
  const dispose = createRoot((end) => {
    const matters = (change: ReadonlySet<string> | 'all') =>
      change === 'all' || workspace.collection('company').peek(id)?.name !== 'Acme';
    const query = workspace.createQuery('contact', () => ({ orderBy, dependsOn: [{ entity: 'company', matters }] }));
    createEffect(() => {
      query.ids();
      told++;
    });
    return end;
  });
  orderBy.mockClear();
  const edit = (changes: object) =>
    workspace.run('Edited', (tx) => editRecords(tx, { entity: company, ids: [id], changes }));
  edit({ about: 'Steel' });
  expect([told, orderBy.mock.calls.length]).toEqual([1, 0]);
  edit({ name: 'Acme Steel' });
  expect([told, orderBy.mock.calls.length]).toEqual([2, 1]);
  dispose();
});

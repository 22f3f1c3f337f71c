/** What people do, at random and through the real commands: one call is one thing somebody does in one tab. */
import type { OpenWorkspace } from '../../client/data/open-workspace.ts';
import { CommandRefused } from '../../shared/commands/command.ts';
import {
  closeDeals,
  createDeal,
  createDealWithCompany,
  moveDeal,
  moveDeals,
  moveDealsTo,
  reopenDeals,
} from '../../shared/commands/deal-commands.ts';
import { importSteps, removeBatchSteps } from '../../shared/commands/import-commands.ts';
import { addStage, deleteStage, editStage, moveStage } from '../../shared/commands/pipeline-commands.ts';
import {
  addElement,
  createRecord,
  deleteRecords,
  editRecords,
  restoreRecords,
} from '../../shared/commands/record-commands.ts';
import type { PlannedRecord } from '../../shared/csv/import-plan.ts';
import { company } from '../../shared/entities/company.ts';
import { contact } from '../../shared/entities/contact.ts';
import { deal } from '../../shared/entities/deal.ts';
import type { AnyRecord, Entity } from '../../shared/model/entity.ts';
import { idFromCause } from '../../shared/model/id.ts';
import { laterContact, ticket } from './builds.ts';
import type { Tab } from './device.ts';
import type { Oracle } from './oracle.ts';
import type { Random } from './random.ts';

interface Scene {
  readonly tab: Tab;
  readonly workspace: OpenWorkspace;
  readonly random: Random;
  readonly oracle: Oracle;
}

const WORDS = [
  'Ana',
  'Bo',
  'Cole',
  'Dürr',
  'Ea',
  'Fox',
  '__proto__',
  'a/b:c',
  'é',
  '',
  'Gil',
  'Hu',
  '数',
  'Ix',
] as const;
const TAGS = ['red', 'Blue', 'vip', 'a/b:c', '__proto__', 'trade fair', 'é'] as const;
const BATCHES = ['import-1', 'import-2'] as const;

type Action = (scene: Scene) => void;

const ACTIONS: readonly (readonly [number, string, Action])[] = [
  [6, 'create a contact', addContact],
  [
    3,
    'create a company',
    ({ workspace, random }) =>
      void workspace.run('Add company', (tx) =>
        createRecord(tx, { entity: company, values: { name: word(random) || 'Acme' } }),
      ),
  ],
  [6, 'create a deal', addDeal],
  [14, 'edit', edit],
  [8, 'tag', tag],
  [4, 'edit addresses', editElements],
  [5, 'edit many', editMany],
  [12, 'move a deal', move],
  [3, 'close or reopen deals', closeOrReopen],
  [2, 'import', importBatch],
  [
    1,
    'remove an import',
    ({ tab, workspace, random }) =>
      follow(
        tab,
        workspace.runSteps('Remove', removeBatchSteps(random.pick(BATCHES) ?? '', tab.device.options.registry), {
          total: 0,
        }),
      ),
  ],
  [5, 'delete or restore', deleteOrRestore],
  [3, 'change stages', changeStages],
  [3, 'use what only the later build has', useLaterBuild],
  [9, 'undo', (scene) => turnBack(scene, 'undo')],
  [4, 'redo', (scene) => turnBack(scene, 'redo')],
];

/** What a team has before the schedule begins. */
export function begin(scene: Scene): void {
  for (let round = 0; round < 4; round++) {
    addContact(scene);
    addDeal(scene);
  }
  scene.workspace.run('Add company', (tx) => createRecord(tx, { entity: company, values: { name: 'Acme' } }));
}

/** Does something in a tab whose workspace is open; call it as the tab's process. Returns what was done, or why not. */
export function act(scene: Scene): string {
  const [, name, action] = scene.random.weighted(ACTIONS.map((each) => [each[0], each] as const));
  try {
    action(scene);
    return name;
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    return `${name}, refused: ${error.message}`;
  }
}

/** Long work goes on by itself; what it refuses in the end is no fault. */
function follow(tab: Tab, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    if (!(error instanceof CommandRefused)) tab.failure = error;
  });
}

const word = (random: Random): string => `${random.pick(WORDS)}${random.chance(0.5) ? random.below(100) : ''}`;

function recordsOf(workspace: OpenWorkspace, name: string): readonly AnyRecord[] {
  const all: AnyRecord[] = [];
  for (const { records } of workspace.roomsHere()) all.push(...records.all(name));
  return all.sort((left, right) => (left.id < right.id ? -1 : 1));
}

const shown = (workspace: OpenWorkspace, name: string) => recordsOf(workspace, name).filter((each) => !each.deleted);
const idsOf = (records: readonly AnyRecord[]) => records.map(({ id }) => id);

function addContact({ workspace, random }: Scene): void {
  const values = {
    firstName: word(random),
    lastName: word(random),
    tags: random.chance(0.3) ? [random.pick(TAGS) ?? ''] : [],
    company: random.pick(idsOf(shown(workspace, 'company'))) ?? null,
  };
  workspace.run('Add contact', (tx) => createRecord(tx, { entity: contact, values: values as never }));
}

function addDeal({ workspace, random }: Scene): void {
  const stageId = random.pick(idsOf(shown(workspace, 'stage')));
  if (stageId === undefined) return;
  const values = { title: word(random) || 'Deal', amount: { minor: random.below(1e6), currency: 'EUR' } };
  if (random.chance(0.7)) workspace.run('Add deal', (tx) => createDeal(tx, { stageId, values }));
  else workspace.run('Add deal', (tx) => createDealWithCompany(tx, { stageId, values, newCompany: 'New & Co' }));
}

const TEXTS: readonly (readonly [Entity, string])[] = [
  [contact as never, 'firstName'],
  [contact as never, 'jobTitle'],
  [contact as never, 'about'],
  [company as never, 'name'],
  [company as never, 'industry'],
  [deal as never, 'title'],
  [deal as never, 'nextStep'],
];

/** What a person has just typed is what they see, whatever the clocks say. */
function edit({ tab, workspace, random, oracle }: Scene): void {
  const [entity, field] = random.pick(TEXTS) ?? ([contact as never, 'firstName'] as const);
  const id = random.pick(idsOf(shown(workspace, entity.name)));
  if (id === undefined) return;
  const value = word(random);
  workspace.run('Edit', (tx) => editRecords(tx, { entity, ids: [id], changes: { [field]: value } as never }));
  const now = recordsOf(workspace, entity.name).find((each) => each.id === id)?.[field];
  if (now !== value)
    oracle.blame(
      'L3',
      `${tab.name} wrote ${JSON.stringify(value)} into ${id}.${field} and sees ${JSON.stringify(now)}`,
    );
}

function tag({ workspace, random }: Scene): void {
  const entity = random.pick([contact, company, deal]) ?? contact;
  const ids = random.some(idsOf(shown(workspace, entity.name)), 3);
  if (ids.length === 0) return;
  if (random.chance(0.7)) {
    workspace.run('Tag', (tx) =>
      addElement(tx, { entity: entity as never, ids, field: 'tags' as never, element: random.pick(TAGS) }),
    );
    return;
  }
  workspace.run('Untag', (tx) => {
    for (const id of ids) {
      const tags = (tx.get(entity as Entity, id) as unknown as { tags: readonly string[] } | undefined)?.tags ?? [];
      editRecords(tx, { entity: entity as Entity, ids: [id], changes: { tags: tags.slice(1) } as never });
    }
  });
}

function editElements({ workspace, random }: Scene): void {
  const record = random.pick(shown(workspace, 'contact'));
  if (record === undefined) return;
  const emails = record.emails as readonly { value: string; label: string; primary: boolean }[];
  const added = { value: `${random.below(20)}@acme.test`, label: 'work', primary: false };
  const kept = random.chance(0.6) ? emails : emails.slice(1);
  const next = kept.some(({ value }) => value === added.value) ? kept : [...kept, added];
  workspace.run('Edit e-mails', (tx) =>
    editRecords(tx, { entity: contact, ids: [record.id], changes: { emails: next } }),
  );
}

function editMany({ workspace, random }: Scene): void {
  const [entity, field] = random.pick(TEXTS) ?? ([contact as never, 'firstName'] as const);
  const ids = random.some(idsOf(shown(workspace, entity.name)), 12);
  const changes = { [field]: word(random) || 'Same' } as never;
  if (ids.length > 0) workspace.run('Edit many', (tx) => editRecords(tx, { entity, ids, changes }));
}

function move({ workspace, random }: Scene): void {
  const deals = shown(workspace, 'deal');
  const stageId = random.pick(idsOf(random.chance(0.95) ? shown(workspace, 'stage') : recordsOf(workspace, 'stage')));
  const ids = random.some(idsOf(deals), 4);
  const [id] = ids;
  if (stageId === undefined || id === undefined) return;
  const neighbour = random.pick(idsOf(deals));
  const how = random.below(3);
  if (how === 0) {
    const slot = random.chance(0.5) ? { stageId } : { stageId, ...(neighbour ? { below: neighbour } : {}) };
    workspace.run('Move', (tx) => moveDeal(tx, { id, to: slot }));
  } else if (how === 1) workspace.run('Move', (tx) => moveDealsTo(tx, { ids, to: { stageId } }));
  else workspace.run('Move', (tx) => moveDeals(tx, { ids, stageId }));
}

function closeOrReopen({ workspace, random }: Scene): void {
  const ids = random.some(idsOf(shown(workspace, 'deal')), 3);
  if (ids.length === 0) return;
  const as = random.chance(0.5) ? 'won' : 'lost';
  if (random.chance(0.6)) workspace.run('Close', (tx) => closeDeals(tx, { ids, as, reason: word(random) }));
  else workspace.run('Reopen', (tx) => reopenDeals(tx, { ids }));
}

/** Two people may import the same file: its records get the same ids. */
function importBatch({ tab, workspace, random }: Scene): void {
  const batch = random.pick(BATCHES) ?? '';
  const stage = random.pick(shown(workspace, 'stage'));
  if (stage === undefined) return;
  const records: PlannedRecord[] = Array.from({ length: 8 + random.below(60) }, (_, row) => {
    const isDeal = row % 4 === 0;
    const entity = isDeal ? 'deal' : 'contact';
    const values = isDeal
      ? { title: `Row ${row}`, place: [stage.pipeline, stage.id, `a${row}`], batch }
      : { firstName: `Row ${row}`, tags: ['imported'], batch };
    return {
      entity,
      id: idFromCause(entity, `${batch}:${row}`),
      action: 'create',
      values,
      fileId: 'file',
      row,
      linked: false,
    };
  });
  const work = {
    batch,
    duplicateMode: random.pick(['skip', 'fill', 'update'] as const) ?? 'skip',
    stages: [],
    records,
  };
  const stop = new AbortController();
  const steps = importSteps(work as never, tab.device.options.registry);
  follow(tab, workspace.runSteps('Import', steps, { total: records.length, signal: stop.signal }));
  if (random.chance(0.1)) setTimeout(() => stop.abort(), random.below(20));
}

function deleteOrRestore({ workspace, random }: Scene): void {
  const entity = random.pick([contact, company, deal] as unknown as readonly Entity[]) ?? (contact as never);
  const gone = recordsOf(workspace, entity.name).filter((each) => each.deleted);
  if (gone.length > 0 && random.chance(0.5)) {
    const ids = random.some(idsOf(gone), 3);
    workspace.run('Restore', (tx) => restoreRecords(tx, { entity, ids }));
    return;
  }
  const ids = random.some(idsOf(shown(workspace, entity.name)), 2);
  if (ids.length > 0) workspace.run('Delete', (tx) => deleteRecords(tx, { entity, ids }));
}

function changeStages({ tab, workspace, random }: Scene): void {
  if (tab.device.account.role !== 'owner') return;
  const stages = shown(workspace, 'stage');
  const stage = random.pick(stages);
  const pipelineId = random.pick(idsOf(shown(workspace, 'pipeline')));
  if (stage === undefined || pipelineId === undefined) return;
  const how = random.below(4);
  if (how === 0) workspace.run('Add stage', (tx) => void addStage(tx, { pipelineId, name: word(random) || 'Stage' }));
  else if (how === 1)
    workspace.run('Edit stage', (tx) => editStage(tx, { id: stage.id, changes: { probability: random.below(101) } }));
  else if (how === 2) workspace.run('Move stage', (tx) => moveStage(tx, { id: stage.id, position: random.below(6) }));
  else
    workspace.run('Delete stage', (tx) =>
      deleteStage(tx, { id: stage.id, moveTo: random.pick(idsOf(stages)) ?? null }),
    );
}

function useLaterBuild({ tab, workspace, random }: Scene): void {
  if (!Object.hasOwn(tab.device.options.registry, ticket.name)) return;
  const how = random.below(3);
  if (how === 0) {
    workspace.run('Add ticket', (tx) =>
      createRecord(tx, { entity: ticket, values: { subject: word(random) || 'Help', at: tx.now } }),
    );
  } else if (how === 1) {
    const id = random.pick(idsOf(shown(workspace, 'ticket')));
    if (id !== undefined)
      workspace.run('Label', (tx) =>
        addElement(tx, { entity: ticket, ids: [id], field: 'labels', element: random.pick(TAGS) }),
      );
  } else {
    const id = random.pick(idsOf(shown(workspace, 'contact')));
    const changes = { loyalty: word(random), badges: [random.pick(TAGS) ?? ''] };
    if (id !== undefined)
      workspace.run('Loyalty', (tx) => editRecords(tx, { entity: laterContact, ids: [id], changes }));
  }
}

function turnBack({ tab, workspace }: Scene, which: 'undo' | 'redo'): void {
  if (tab.isUndoing) return;
  tab.isUndoing = true;
  follow(
    tab,
    workspace[which]().finally(() => {
      tab.isUndoing = false;
    }),
  );
}

/** Imports into a device in a test, the way the browser does it: engine, plan, steps. */
import { importSteps } from '../commands/import-commands.ts';
import { setUpWorkspace } from '../commands/workspace-commands.ts';
import { createImportEngine, type FileSetup, type PlanRequest, type PlanSummary } from '../csv/import-engine.ts';
import { type Existing, type ExistingStage, existingRecord } from '../csv/import-lookup.ts';
import { entities, type Registry, recordTitle } from '../entities/registry.ts';
import type { AnyRecord } from '../model/entity.ts';
import type { Id } from '../model/id.ts';
import { aReplica, type Replica } from './replica.ts';

/** A device with an empty workspace in US dollars, owned by Ana Lopes. */
export function aWorkspace(name = 'Ana', registry: Registry = entities): Replica {
  let now = Date.parse('2026-11-22T10:00:00Z');
  const replica = aReplica(name, { wall: () => now++, registry });
  const owner = {
    id: replica.memberId as Id<'member'>,
    name: 'Ana Lopes',
    email: 'ana@northlane.example',
    role: 'owner',
  } as const;
  replica.run((tx) => setUpWorkspace(tx, { name: 'Northlane', currency: 'USD', owner }));
  return replica;
}

export function recordsOf(replica: Replica, name: string): readonly AnyRecord[] {
  const entity = replica.context.registry[name];
  return entity ? [...replica.room(entity.room).all(name)].filter((record) => !record.deleted) : [];
}

function existingIn(replica: Replica): Existing {
  const { registry } = replica.context;
  const ofTests = Object.keys(registry).filter((name) => !Object.hasOwn(entities, name));
  const records = ['company', 'contact', 'deal', ...ofTests].flatMap((name) => recordsOf(replica, name));
  const ranks = (stageId: string) =>
    recordsOf(replica, 'deal')
      .map(({ place }) => place as readonly string[])
      .filter((place) => place[1] === stageId)
      .map((place) => place[2] ?? '');
  return {
    records: records.map((record) => existingRecord(record, recordTitle(registry, record))),
    pipelines: recordsOf(replica, 'pipeline').map(({ id, name }) => ({ id, name: String(name) })),
    stages: recordsOf(replica, 'stage').map((stage) => ({
      id: stage.id,
      name: recordTitle(entities, stage),
      pipeline: String(stage.pipeline),
      type: stage.type as ExistingStage['type'],
      lastRank: ranks(stage.id).sort().at(-1) ?? '',
    })),
    members: recordsOf(replica, 'member').map(({ id, name, email }) => ({
      id,
      name: String(name),
      email: String(email),
    })),
    products: [],
  };
}

export interface Imported {
  readonly summary: PlanSummary;
  readonly problems: (fileName: string) => string;
  /** The longest of the steps, in ms. */
  readonly longestStepMs: number;
}

type Options = Partial<Omit<PlanRequest, 'files'>> & { readonly setups?: Readonly<Record<string, Partial<FileSetup>>> };

let imports = 0;

/** Imports files by name: text or bytes. */
export function importFiles(
  replica: Replica,
  files: Readonly<Record<string, string | Uint8Array>>,
  { setups = {}, ...request }: Options = {},
): Imported {
  const { registry } = replica.context;
  const engine = createImportEngine(registry);
  const batch = request.batch ?? `import_${++imports}`;
  engine.setExisting(existingIn(replica));
  const opened = Object.entries(files).map(([name, content]): FileSetup => {
    const result = engine.read(name, name, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    if (!result.ok) throw new Error(result.issue.message);
    const role = setups[name]?.role ?? result.value.role;
    return {
      id: name,
      role,
      targets: engine.match(name, role),
      dayOrder: 'auto',
      decimal: 'auto',
      defaults: {},
      ...setups[name],
    };
  });
  const summary = engine.plan({
    files: opened,
    answers: {},
    pipelineId: recordsOf(replica, 'pipeline')[0]?.id ?? '',
    currency: 'USD',
    country: '',
    duplicates: 'fill',
    ...request,
    batch,
  });
  const work = {
    batch,
    duplicateMode: request.duplicates ?? 'fill',
    stages: summary.stages,
    records: engine.records(),
  } as const;
  let longestStepMs = 0;
  for (const step of importSteps(work, registry)) {
    const start = performance.now();
    replica.run(step);
    longestStepMs = Math.max(longestStepMs, performance.now() - start);
  }
  return { summary, problems: (name) => engine.problemRows(name), longestStepMs };
}

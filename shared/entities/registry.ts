/** One line makes an entity exist: storage, sync, REST, CSV, search, tables and the law tests iterate over this. */
import type { AnyRecord, Entity, RecordOf } from '../model/entity.ts';
import { activity } from './activity.ts';
import { appointment } from './appointment.ts';
import { comment } from './comment.ts';
import { company } from './company.ts';
import { contact } from './contact.ts';
import { deal } from './deal.ts';
import { file } from './file.ts';
import { member } from './member.ts';
import { noteTemplate } from './note-template.ts';
import { notice, noticeChoice } from './notice.ts';
import { pipeline } from './pipeline.ts';
import { plan, planStep } from './plan.ts';
import { preference } from './preference.ts';
import { stage } from './stage.ts';
import { star } from './star.ts';
import { task } from './task.ts';
import { workspace } from './workspace.ts';

export const entities = {
  workspace,
  member,
  pipeline,
  stage,
  company,
  contact,
  deal,
  task,
  appointment,
  plan,
  planStep,
  activity,
  comment,
  file,
  noteTemplate,
  star,
  notice,
  noticeChoice,
  preference,
} as const;

export type Entities = typeof entities;
export type EntityName = keyof Entities;
export type RecordNamed<N extends EntityName> = RecordOf<Entities[N]>;

/** What code that works for any set of entities takes; tests pass a toy one. */
export type Registry = Readonly<Record<string, Entity>>;

export function isEntityName(name: string): name is EntityName {
  return Object.hasOwn(entities, name);
}

/** The name a person would use for a record, e.g. for a link or a spoken label; never empty. */
export function recordTitle(registry: Registry, record: AnyRecord): string {
  const entity = Object.hasOwn(registry, record.entity) ? registry[record.entity] : undefined;
  return entity?.title(record as never) || `Untitled ${entity?.label.toLowerCase() ?? 'record'}`;
}

/** Entities whose records can be merged when two of them are about the same person or company. */
import { company } from './company.ts';
import { contact } from './contact.ts';

export const MERGEABLE = { contact, company } as const;

export type MergeableName = keyof typeof MERGEABLE;

export function isMergeable(name: string): name is MergeableName {
  return Object.hasOwn(MERGEABLE, name);
}

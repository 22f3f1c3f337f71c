/**
 * How two people know each other. It is written on one of them (`contact.relations`) and shown on both: "Assistant: Nora"
 * on Ingrid's page is "Assists: Ingrid" on Nora's.
 */
import { type Contact, contact, type RELATIONS } from '../entities/contact.ts';
import type { Participant } from '../model/set-fields.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';

/** What each relation is from the other side; what is not here is the same from both. */
const INVERSES: Partial<Record<keyof typeof RELATIONS, keyof typeof RELATIONS>> = {
  assistant: 'assists',
  assists: 'assistant',
  manager: 'report',
  report: 'manager',
  referredBy: 'referred',
  referred: 'referredBy',
  parent: 'child',
  child: 'parent',
  adviser: 'advises',
  advises: 'adviser',
};

/** The same relation from the other side; a word of somebody's own stays as it is. */
export function inverseRelation(relation: string): string {
  return INVERSES[relation as keyof typeof RELATIONS] ?? relation;
}

/** Somebody a contact is related to, as it reads on the contact's own page. */
export interface Relation {
  readonly contact: string;
  readonly relation: string;
}

/**
 * Everybody a contact is related to, whichever of the two says so; each person and relation once. `standsFor` names the
 * contact that another one was merged into.
 */
export function relationsOf(
  person: Pick<Contact, 'id' | 'relations'>,
  others: Iterable<Pick<Contact, 'id' | 'relations'>>,
  standsFor: (id: string) => string = (id) => id,
): readonly Relation[] {
  const found = new Map<string, Relation>();
  const add = (named: string, relation: string) => {
    const other = standsFor(named);
    if (other !== person.id) found.set(`${other} ${relation}`, { contact: other, relation });
  };
  for (const each of person.relations) add(each.contact, each.role);
  for (const other of others) {
    if (other.id === person.id) continue;
    const named = other.relations.find((each) => standsFor(each.contact) === person.id);
    if (named) add(other.id, inverseRelation(named.role));
  }
  return [...found.values()];
}

/** Says how somebody is related to a contact, in the place of what was said before by either of the two, merged or not. */
export function relateContacts(
  tx: Tx,
  { id, to, relation }: { readonly id: string; readonly to: string; readonly relation: string },
): void {
  if (id === to)
    throw new CommandRefused('invalid', 'Somebody cannot be related to themselves. Choose another person.');
  const person = mustGet(tx, contact, id);
  const other = mustGet(tx, contact, to);
  if (other.deleted) throw new CommandRefused('conflict', 'This contact is in the trash. Restore it first.');
  tx.patch(contact, id, { relations: [...without(person, selves(tx, to)), { contact: to, role: relation }] });
  tx.patch(contact, to, { relations: without(other, selves(tx, id)) });
}

/** Takes the relation of two contacts away, on whichever of them it is written. */
export function unrelateContacts(tx: Tx, { id, from }: { readonly id: string; readonly from: string }): void {
  tx.patch(contact, id, { relations: without(mustGet(tx, contact, id), selves(tx, from)) });
  const other = tx.get(contact, from);
  if (other) tx.patch(contact, from, { relations: without(other, selves(tx, id)) });
}

const selves = (tx: Tx, id: string): readonly string[] => [id, ...tx.mergedFrom(id)];

const without = (person: Contact, others: readonly string[]): readonly Participant[] =>
  person.relations.filter((each) => !others.includes(each.contact));

/**
 * Makes another company somebody's main one. The one before stays among the others: as it is, or as ended when the
 * person has left it.
 */
export function changeCompany(
  tx: Tx,
  { id, company, hasLeft }: { readonly id: string; readonly company: string; readonly hasLeft: boolean },
): void {
  const person = mustGet(tx, contact, id);
  if (person.company === company) return;
  const next = person.positions.find((each) => each.company === company);
  const before = person.company === null ? [] : [{ company: person.company, title: person.jobTitle, ended: hasLeft }];
  const others = person.positions.filter((each) => each.company !== company && each.company !== person.company);
  tx.patch(contact, id, { company, jobTitle: next?.title ?? '', positions: [...others, ...before] });
}

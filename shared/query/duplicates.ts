/** Who may be the same person or company: by address, number, domain or name. Suggestions only; people decide. */
import type { MergeableName } from '../entities/mergeable.ts';
import type { AnyRecord } from '../model/entity.ts';
import type { Reachable } from '../model/set-fields.ts';
import { foldText } from '../model/text-order.ts';

/** What two records have in common, the surest first. */
export type Likeness = 'email' | 'domain' | 'phone' | 'name';

/** The surest first. */
export const SUREST: readonly Likeness[] = ['email', 'domain', 'phone', 'name'];

export interface LikelyDuplicate {
  readonly id: string;
  readonly why: Likeness;
}

/** Whether somebody decided that two records are not the same. `standsFor` names the record that another one was merged into. */
export function areSeparate(
  left: AnyRecord,
  right: AnyRecord,
  standsFor: (id: string) => string = (id) => id,
): boolean {
  return separatesOf(left, standsFor).includes(right.id) || separatesOf(right, standsFor).includes(left.id);
}

/** The records that somebody keeps apart from this one. */
export function separatesOf({ id, separateFrom }: AnyRecord, standsFor: (id: string) => string): readonly string[] {
  const named = Array.isArray(separateFrom) ? (separateFrom as readonly string[]) : [];
  return [...new Set(named.map(standsFor))].filter((each) => each !== id);
}

/** Of the others those that have something in common with the record, the surest first; in their own order otherwise. What is kept separate is not among them. */
export function likelyDuplicates(
  name: MergeableName,
  record: AnyRecord,
  others: Iterable<AnyRecord>,
  standsFor?: (id: string) => string,
): readonly LikelyDuplicate[] {
  const own = signsOf(name, record);
  const found: LikelyDuplicate[] = [];
  for (const other of others) {
    if (other.id === record.id) continue;
    const theirs = signsOf(name, other);
    const why = SUREST.find((sign) => theirs[sign].some((each) => own[sign].includes(each)));
    if (why !== undefined && !areSeparate(record, other, standsFor)) found.push({ id: other.id, why });
  }
  return found.sort((left, right) => SUREST.indexOf(left.why) - SUREST.indexOf(right.why));
}

/** What a record can be alike by, in the form that is compared. */
export type Signs = Readonly<Record<Likeness, readonly string[]>>;

export function signsOf(name: MergeableName, record: AnyRecord): Signs {
  return {
    email: reachables(record.emails).map((value) => value.toLowerCase()),
    domain: name === 'company' && typeof record.domain === 'string' && record.domain !== '' ? [record.domain] : [],
    phone: reachables(record.phones).map(numberKey).filter(Boolean),
    name: [name === 'company' ? companyKey(record.name) : personKey(record)].filter(Boolean),
  };
}

function reachables(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as readonly Reachable[]).map((each) => each.value) : [];
}

/** The last eight digits: with and without the country's number. '' for what is too short to tell anybody apart. */
function numberKey(value: string): string {
  const digits = value.replace(/\D/g, '');
  return digits.length < 7 ? '' : digits.slice(-8);
}

/** First and last name in either order. */
function personKey({ firstName, lastName }: AnyRecord): string {
  const words = [firstName, lastName].map((each) => (typeof each === 'string' ? foldText(each).trim() : ''));
  return words.some((word) => word === '') ? '' : words.sort().join(' ');
}

/** What companies are by law is written or left out. */
const LEGAL_FORMS =
  /\b(a\/?s|asa|ab|oy|gmbh|ag|kg|co|inc|llc|ltd|limited|plc|corp|corporation|company|sa|sas|sarl|srl|spa|bv|nv)\b/g;

function companyKey(name: unknown): string {
  if (typeof name !== 'string') return '';
  const folded = foldText(name).replace(/[.,]/g, '');
  return (folded.replace(LEGAL_FORMS, ' ').replace(/[^\p{L}\p{N}]/gu, '') || folded).trim();
}

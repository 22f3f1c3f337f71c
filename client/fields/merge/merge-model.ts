/** What the dialog of a merge asks and shows, apart from how it looks. */
import { differingFields, mergedValues } from '../../../shared/commands/merge-commands.ts';
import { MERGEABLE, type MergeableName } from '../../../shared/entities/mergeable.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import type { AnyField } from '../../../shared/model/field.ts';
import { fieldText, type TextContext } from '../field-text.ts';

/** What was decided for a field: the record whose value stays, or all of their texts one after the other. */
export type Choice = string;
export const ALL_TEXTS = 'all';

export interface MergeQuestion {
  readonly field: string;
  readonly label: string;
  /** The value of each record in words, '' where it says nothing; in the order of the records. */
  readonly texts: readonly string[];
  /** Texts that can stay all of them. */
  readonly canKeepAll: boolean;
}

/** A field that gets something from the others without being asked. */
export interface MergePreview {
  readonly label: string;
  readonly text: string;
}

const fieldsOf = (name: MergeableName): Readonly<Record<string, AnyField>> => MERGEABLE[name].fields;

/** Fields somebody has to decide about. What reads the same in words is no question. */
export function mergeQuestions(
  name: MergeableName,
  records: readonly AnyRecord[],
  context: TextContext,
): readonly MergeQuestion[] {
  const fields = fieldsOf(name);
  return differingFields(name, records).flatMap((field) => {
    const kind = fields[field];
    // The brief of a company is a page of its own, which stays with each.
    if (!kind || (name === 'company' && field === 'about')) return [];
    const texts = records.map((record) => fieldText(kind, heldValue(kind, record[field]), context));
    if (new Set(texts.filter((text) => text !== '')).size < 2) return [];
    return [{ field, label: kind.label, texts, canKeepAll: kind.kind === 'longText' }];
  });
}

/** The choice that stands while nobody has made another: the one that stays, else the first that says something. */
export function usualChoice(question: MergeQuestion, records: readonly AnyRecord[], primary: string): Choice {
  const own = records.findIndex(({ id }) => id === primary);
  const at = question.texts[own] ? own : question.texts.findIndex((text) => text !== '');
  return records[at]?.id ?? primary;
}

/** The values to write for what was decided. */
export function chosenValues(
  questions: readonly MergeQuestion[],
  records: readonly AnyRecord[],
  choiceOf: (field: string) => Choice,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    questions.map(({ field }) => {
      const choice = choiceOf(field);
      if (choice !== ALL_TEXTS) return [field, records.find(({ id }) => id === choice)?.[field]];
      const said = records.map((record) => record[field]).filter((text) => typeof text === 'string' && text !== '');
      return [field, [...new Set(said)].join('\n\n')];
    }),
  );
}

/** What the record that stays takes from the others, beside what was asked. */
export function mergePreview(
  name: MergeableName,
  {
    primary,
    others,
    chosen,
    context,
  }: {
    readonly primary: AnyRecord;
    readonly others: readonly AnyRecord[];
    readonly chosen: Readonly<Record<string, unknown>>;
    readonly context: TextContext;
  },
): readonly MergePreview[] {
  const values = mergedValues(name, primary, others, chosen);
  return Object.entries(fieldsOf(name)).flatMap(([field, kind]) => {
    if (kind.hidden || !Object.hasOwn(values, field) || Object.hasOwn(chosen, field)) return [];
    const text = fieldText(kind, values[field], context);
    return text === '' || text === fieldText(kind, heldValue(kind, primary[field]), context)
      ? []
      : [{ label: kind.label, text }];
  });
}

const heldValue = (field: AnyField, stored: unknown): unknown => (field.accepts(stored) ? stored : field.initial);

/** The one to propose: who has the most to say, the older one of two alike. */
export function bestPrimary(name: MergeableName, records: readonly AnyRecord[]): string {
  const fields = Object.entries(fieldsOf(name)).filter(([, field]) => !field.hidden);
  const said = (record: AnyRecord) =>
    fields.filter(([key, field]) => field.sortKey(heldValue(field, record[key])) !== null).length;
  const [best] = records.toSorted(
    (left, right) => said(right) - said(left) || left.createdAt - right.createdAt || (left.id < right.id ? -1 : 1),
  );
  return best?.id ?? '';
}

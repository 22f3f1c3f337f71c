/**
 * The text filter of a table: all words, anywhere in the record's title, its searchable fields or the name of its
 * company. Folded texts are made once per version of a record (records are frozen and replaced when they change),
 * so that a key press over 50,000 rows is one linear scan.
 */
import { type EntityName, entities } from '../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../shared/model/entity.ts';
import { foldText } from '../../shared/model/text-order.ts';
import type { Workspace } from '../data/workspace.ts';

export type TextFilter = (record: AnyRecord) => boolean;

export interface RecordFilter {
  /** What a record is found by: folded, its company's name included. */
  readonly textOf: (record: AnyRecord) => string;
  /** A filter for these words; undefined when there are none. */
  readonly matching: (words: string) => TextFilter | undefined;
  /** Makes the texts ahead of the first key press, a slice at a time when the browser is idle. Returns its cancel. */
  readonly warmUp: () => () => void;
}

/** Records per idle slice: about 3 ms. */
const SLICE = 2_000;

export function createRecordFilter(workspace: Workspace, name: EntityName): RecordFilter {
  const entity: Entity = entities[name];
  const companies = workspace.collection('company');
  const texts = new WeakMap<object, string>();
  const companyNames = new WeakMap<object, string>();

  function textOf(record: AnyRecord): string {
    let text = texts.get(record);
    if (text === undefined) {
      text = haystack(entity, record);
      texts.set(record, text);
    }
    return text;
  }
  function companyText(record: AnyRecord): string {
    const id = record.company;
    const company = typeof id === 'string' ? companies.peek(id) : undefined;
    if (!company) return '';
    let text = companyNames.get(company);
    if (text === undefined) {
      text = foldText(company.name);
      companyNames.set(company, text);
    }
    return text;
  }

  const wholeText = (record: AnyRecord) => {
    const name = companyText(record);
    return name === '' ? textOf(record) : `${textOf(record)}\n${name}`;
  };
  return {
    textOf: wholeText,
    matching(words) {
      const terms = foldText(words).split(/\s+/).filter(Boolean);
      if (terms.length === 0) return undefined;
      return (record) => {
        const text = textOf(record);
        return terms.every((term) => text.includes(term) || companyText(record).includes(term));
      };
    },
    warmUp() {
      const records = (workspace.collection(name).each() as Iterable<AnyRecord>)[Symbol.iterator]();
      let handle = 0;
      const step = () => {
        for (let done = 0; done < SLICE; done++) {
          const next = records.next();
          if (next.done) return;
          textOf(next.value);
        }
        handle = requestIdle(step);
      };
      handle = requestIdle(step);
      return () => cancelIdle(handle);
    },
  };
}

// Safari has no idle callbacks; a timer is as good here.
const requestIdle = (act: () => void): number =>
  typeof requestIdleCallback === 'function' ? requestIdleCallback(act) : (setTimeout(act, 16) as unknown as number);
const cancelIdle = (handle: number): void =>
  typeof cancelIdleCallback === 'function' ? cancelIdleCallback(handle) : clearTimeout(handle);

/** The folded text a record is found by. Digits of phone numbers are there without their spaces too. */
export function haystack(entity: Entity, record: AnyRecord): string {
  const parts = [entity.title(record as never)];
  for (const name of entity.searchable) {
    const field = entity.fields[name];
    if (!field?.accepts(record[name])) continue;
    const text = field.toText(record[name]);
    parts.push(text);
    if (field.kind === 'phones' || field.kind === 'phone') parts.push(text.replace(/[^\d+;]/g, ''));
  }
  return foldText(parts.join('\n'));
}

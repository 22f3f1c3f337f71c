/**
 * The text filter of a table: all words, anywhere in the record's title, its searchable fields or the name of its
 * company. Folded texts are made once per version of a record (records are replaced when they change),
 * so that a key press over 50,000 rows is one linear scan.
 */
import { createEffect, onCleanup, untrack } from 'solid-js';
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
  /**
   * Makes the texts ahead of the first key press, a slice at a time when the browser is idle, as soon as the records are
   * on this device. Within a Solid owner, which ends it.
   */
  readonly warmUp: () => void;
}

interface Text {
  readonly record: AnyRecord;
  readonly company: object | undefined;
  readonly text: string;
}

/** How long a slice takes that the browser had to be asked for. */
const SLICE_MS = 8;

export function createRecordFilter(workspace: Workspace, name: EntityName): RecordFilter {
  const entity: Entity = entities[name];
  const companies = workspace.collection('company');
  /** By id, with what it was made from. Not by record in a WeakMap: that is four times slower for 50,000. */
  const texts = new Map<string, Text>();

  function textOf(record: AnyRecord): string {
    const company = typeof record.company === 'string' ? companies.peek(record.company) : undefined;
    const known = texts.get(record.id);
    if (known !== undefined && known.record === record && known.company === company) return known.text;
    const text = haystack(entity, record, company?.name ?? '');
    texts.set(record.id, { record, company, text });
    return text;
  }

  return {
    textOf,
    matching(words) {
      const terms = foldText(words).split(/\s+/).filter(Boolean);
      if (terms.length === 0) return undefined;
      return (record) => {
        const text = textOf(record);
        return terms.every((term) => text.includes(term));
      };
    },
    warmUp() {
      createEffect(() => {
        if (!workspace.isLoaded(entity.room)) return;
        const records = (untrack(workspace.collection(name).each) as Iterable<AnyRecord>)[Symbol.iterator]();
        const step = (deadline?: IdleDeadline) => {
          const end = performance.now() + (deadline?.didTimeout === false ? deadline.timeRemaining() : SLICE_MS);
          do {
            const next = records.next();
            if (next.done) return;
            textOf(next.value);
          } while (performance.now() < end);
          handle = requestIdle(step);
        };
        let handle = requestIdle(step);
        onCleanup(() => cancelIdle(handle));
      });
    },
  };
}

// Safari has no idle callbacks; a timer is as good here. A machine that is never idle gets a slice now and then.
const requestIdle = (act: (deadline?: IdleDeadline) => void): number =>
  typeof requestIdleCallback === 'function'
    ? requestIdleCallback(act, { timeout: 100 })
    : (setTimeout(() => act(), 16) as unknown as number);
const cancelIdle = (handle: number): void =>
  typeof cancelIdleCallback === 'function' ? cancelIdleCallback(handle) : clearTimeout(handle);

/** The folded text a record is found by. Digits of phone numbers are there without their spaces too. */
export function haystack(entity: Entity, record: AnyRecord, companyName = ''): string {
  const parts = [entity.title(record as never)];
  for (const name of entity.searchable) {
    const field = entity.fields[name];
    if (!field?.accepts(record[name])) continue;
    const text = field.toText(record[name]);
    parts.push(text);
    if (field.kind === 'phones' || field.kind === 'phone') parts.push(text.replace(/[^\d+;]/g, ''));
  }
  if (companyName !== '') parts.push(companyName);
  return foldText(parts.join('\n'));
}

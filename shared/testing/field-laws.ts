/** The laws of shared/model/field.ts as a suite: run for every registered entity, and for any other one a test brings. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entity } from '../model/entity.ts';
import type { AnyField } from '../model/field.ts';
import { anything, valuesOf } from './arbitraries.ts';

export function describeFieldLaws(entity: Entity): void {
  describe.each(Object.entries(entity.fields) as [string, AnyField][])(`${entity.name}.%s`, (_name, field) => {
    const values = valuesOf(field);

    test('parse never throws, whatever it is given', () => {
      fc.assert(
        fc.property(anything, (raw) => {
          expect(typeof field.parse(raw).ok).toBe('boolean');
        }),
      );
    });

    test('a value survives being written as text and read again', () => {
      fc.assert(
        fc.property(values, (value) => {
          fc.pre(!(field.required && field.sortKey(value) === null));
          expect(field.parse(field.toText(value))).toEqual({ ok: true, value });
        }),
      );
    });

    test('a value is accepted from storage, also after JSON', () => {
      fc.assert(
        fc.property(values, (value) => {
          expect(field.accepts(value)).toBe(true);
          expect(field.accepts(JSON.parse(JSON.stringify(value)))).toBe(true);
        }),
      );
    });

    test('values are in a total order with empty ones last', () => {
      fc.assert(
        fc.property(values, values, values, (a, b, c) => {
          expect(Math.sign(field.compare(a, b))).toBe(-Math.sign(field.compare(b, a)) + 0);
          if (field.compare(a, b) <= 0 && field.compare(b, c) <= 0) expect(field.compare(a, c)).toBeLessThanOrEqual(0);
          if (field.sortKey(a) !== null)
            expect(field.compare(a, field.initial)).toBeLessThanOrEqual(field.sortKey(field.initial) === null ? -1 : 1);
        }),
      );
    });
  });
}

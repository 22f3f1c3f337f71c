import { describe, expect, test } from 'vitest';
import { type Entity, META_FIELDS } from '../model/entity.ts';
import type { AnyField } from '../model/field.ts';
import { describeFieldLaws } from '../testing/field-laws.ts';
import { entities, recordTitle } from './registry.ts';

for (const entity of Object.values(entities) as Entity[]) describeFieldLaws(entity);

describe('the registry', () => {
  test('every reference points to an entity that exists', () => {
    for (const entity of Object.values(entities) as Entity[]) {
      for (const field of Object.values(entity.fields) as AnyField[]) {
        if (field.target !== undefined) expect(Object.keys(entities)).toContain(field.target);
      }
    }
  });

  test('an entity is registered under its own name', () => {
    for (const [name, entity] of Object.entries(entities)) expect(entity.name).toBe(name);
  });

  test('no entity hides what every record has', () => {
    for (const entity of Object.values(entities) as Entity[]) {
      for (const meta of Object.keys(META_FIELDS)) expect(Object.keys(entity.fields)).not.toContain(meta);
    }
  });

  test('a record without a name is still called something', () => {
    const nameless = { entity: 'deal', title: '' };
    expect(recordTitle(entities, nameless as never)).toBe('Untitled deal');
    expect(recordTitle(entities, { entity: 'unheard-of' } as never)).toBe('Untitled record');
  });
});

/**
 * What two people wrote apart into one field, as a choice for somebody: the values with their stamps, newest first. In a
 * field of elements (phones, tags) two kinds of clash are a choice: both changed the same element differently, or both put
 * something else in the place of the same element; then both new ones are in the field.
 */

import { splitPath } from '../sync/record-keys.ts';
import type { Edit } from '../sync/record-state.ts';
import { stampTime } from '../sync/stamp.ts';

export interface KeptOption {
  readonly stamp: string;
  /** The field's value, or one element of it; null: the element was taken out. */
  readonly value: unknown;
}

export interface KeptChoice {
  readonly path: string;
  readonly field: string;
  /** `value`: the whole field. `element`: one of a set. `replaced`: several stand where one stood; all are shown. */
  readonly kind: 'value' | 'element' | 'replaced';
  /** Newest first; unless `replaced` the first is shown. */
  readonly options: readonly KeptOption[];
  /** Epoch ms of the newest. */
  readonly at: number;
}

/** A mark stands so long; after that the values are found in the history. */
export const MARKED_MS = 7 * 86_400_000;

/** Edits of a path that people made apart, newest first. */
export interface KeptPath {
  readonly path: string;
  readonly edits: readonly Edit[];
}

/** @param newest the newest edit of each path of the record. */
export function keptChoices(
  kept: readonly KeptPath[],
  newest: readonly { readonly path: string; readonly stamp: string; readonly value: unknown }[],
): readonly KeptChoice[] {
  return kept.flatMap(({ path, edits }): readonly KeptChoice[] => {
    const { field, element } = splitPath(path);
    const at = stampTime(edits[0]?.stamp ?? '');
    const options = distinct(edits);
    if (options.length > 1) return [{ path, field, kind: element === null ? 'value' : 'element', options, at }];
    // All of them took it out: what each put in its place came with the same stamp.
    if (element === null || options[0]?.value !== null) return [];
    const replacements = distinct(
      edits.flatMap(({ stamp }) =>
        newest
          .filter((edit) => edit.stamp === stamp && edit.value !== null && edit.path.startsWith(`${field}:`))
          .slice(0, 1)
          .map(({ value }) => ({ stamp, value })),
      ),
    );
    return replacements.length > 1 ? [{ path, field, kind: 'replaced', options: replacements, at }] : [];
  });
}

/** Of equal values the newest: people who wrote the same agree. */
function distinct(edits: readonly KeptOption[]): readonly KeptOption[] {
  const seen = new Set<string>();
  return edits.filter(({ value }) => {
    const text = JSON.stringify(value ?? null);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** The values kept of a record, in words, and deciding between them. */
import { createMemo } from 'solid-js';
import { decideKept } from '../../shared/commands/kept-commands.ts';
import { entities, isEntityName } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import type { AnyField } from '../../shared/model/field.ts';
import { type KeptChoice, type KeptOption, keptChoices } from '../../shared/query/kept-values.ts';
import { isStampOf } from '../../shared/sync/stamp.ts';
import { useWorkspace, type Workspace } from '../data/workspace.ts';
import { fieldText } from './field-text.ts';
import { attempt } from './record-edit.ts';
import { textContext } from './reference.ts';

/** Of a record; tracks it, and changes only when they do: what somebody has picked meanwhile stays picked. */
export function createChoices(id: () => string): () => readonly KeptChoice[] {
  const workspace = useWorkspace();
  const choices = createMemo(
    () => {
      const kept = workspace.keptEdits(id());
      return kept.length === 0 ? NO_CHOICES : keptChoices(kept, workspace.newestEdits(id()));
    },
    NO_CHOICES,
    { equals: (before, after) => JSON.stringify(before) === JSON.stringify(after) },
  );
  return choices;
}

const NO_CHOICES: readonly KeptChoice[] = [];

export function keptField(record: AnyRecord, name: string): AnyField | undefined {
  return isEntityName(record.entity) ? (entities[record.entity].fields as Record<string, AnyField>)[name] : undefined;
}

/** Returns the sentence of a refusal. */
export function decide(
  workspace: Workspace,
  { record, choice, use }: { record: AnyRecord; choice: KeptChoice; use: KeptOption | 'all' },
): string | undefined {
  const { entity: name, id } = record;
  if (!isEntityName(name)) return undefined;
  const label = `${keptField(record, choice.field)?.label ?? choice.field}: decided between ${choice.options.length} values`;
  return attempt(() => workspace.run(label, (tx) => decideKept(tx, { entity: entities[name], id, choice, use })));
}

/** First names are enough among teammates; a stamp nobody owns was written by an import or a former member. */
export function authorOf(workspace: Workspace, stamp: string): string {
  const member = workspace
    .collection('member')
    .all()
    .find((each) => isStampOf(stamp, each.id));
  return member?.name.split(' ')[0] || 'Somebody';
}

export function optionText(
  workspace: Workspace,
  { record, choice, option }: { record: AnyRecord; choice: KeptChoice; option: KeptOption },
): string {
  const field = keptField(record, choice.field);
  const isElement = choice.kind !== 'value';
  if (field === undefined) return '';
  if (isElement && option.value === null) return 'Removed';
  return fieldText(field, isElement ? [option.value] : option.value, textContext(workspace)) || 'Empty';
}

/** Who changed it apart, and what is shown now. */
export function storyOf(workspace: Workspace, choice: KeptChoice): string {
  const names = choice.options.map(({ stamp }) => authorOf(workspace, stamp));
  const [later = 'Somebody', ...others] = names;
  const people = [...new Set(names)];
  if (choice.kind === 'replaced') {
    const who = people.length === 1 ? `${later} changed it on several devices` : `${listNames(people)} changed it`;
    return `${who} while apart. Nothing was lost: all of them are there.`;
  }
  if (people.length === 1)
    return `${later} changed it on two devices while they were apart. The later value is shown, all are kept.`;
  return `${listNames([...others, later])} changed it while apart. ${later} was later, so that value is shown. All are kept.`;
}

function listNames(names: readonly string[]): string {
  const unique = [...new Set(names)];
  return unique.length < 2 ? (unique[0] ?? 'Somebody') : `${unique.slice(0, -1).join(', ')} and ${unique.at(-1)}`;
}

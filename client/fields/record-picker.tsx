/** Choosing a record: typing finds it among tens of thousands. */
import { createMemo, type JSX, Match, Switch, untrack } from 'solid-js';
import { entities, isEntityName, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { foldText } from '../../shared/model/text-order.ts';
import { useWorkspace } from '../data/workspace.ts';
import { Picker } from '../ui/picker.tsx';
import { StageSign } from './field-value.tsx';
import { CompanyMark, ContactAvatar, MemberAvatar } from './person.tsx';

export interface RecordPickerProps {
  readonly label: string;
  /** The entity to choose from; several, with a comma between them, where a record of any of them will do. */
  readonly target: string;
  /** The chosen record, or all of them: then picking one more keeps the list open, and picking it again takes it out. */
  readonly value: string | null | readonly string[];
  readonly onPick: (id: string | null) => void;
  /** With it, a name nobody has yet can be made; the one who asked decides when the record is written. */
  readonly onCreate?: (name: string) => void;
  /** Names the row that takes the choice away; no such row without it. */
  readonly clearLabel?: string;
  readonly initialQuery?: string;
  /** Records that are not offered. */
  readonly exclude?: (record: AnyRecord) => boolean;
}

interface Option {
  readonly id: string;
  readonly label: string;
  readonly meta: string;
}

/** Above this many the list is not put into order before somebody types: sorting 50,000 names would cost frames. */
const SORTED_UP_TO = 5_000;

export function RecordPicker(props: RecordPickerProps): JSX.Element {
  const workspace = useWorkspace();
  // Once per opening: the list does not move under the person's hands.
  const options = createMemo<readonly Option[]>(() => {
    const found: Option[] = [];
    for (const name of props.target.split(',').filter(isEntityName)) {
      for (const record of workspace.collection(name).each() as Iterable<AnyRecord>) {
        if (props.exclude?.(record)) continue;
        found.push({ id: record.id, label: recordTitle(entities, record), meta: '' });
      }
    }
    return found.length > SORTED_UP_TO ? found : sortByLabel(found);
  });
  return (
    <Picker
      label={props.label}
      options={options()}
      optionValue={(option) => option.id}
      optionLabel={(option) => option.label}
      optionMeta={(option) => metaOf(option.id)}
      optionLead={(option) => <RecordSign id={option.id} target={entityNameOf(option.id)} />}
      multiple={Array.isArray(props.value)}
      isChosen={(id) => (Array.isArray(props.value) ? props.value.includes(id) : id === props.value)}
      onPick={(option) => props.onPick(option.id)}
      onCreate={props.onCreate}
      createLabel={(name) => `Create “${name}”`}
      clearLabel={props.clearLabel}
      onClear={props.clearLabel && props.value !== null ? () => props.onPick(null) : undefined}
      initialQuery={props.initialQuery}
      placeholder={`Find a ${labelOf(props.target)}`}
      emptyText={`No ${labelOf(props.target)} of that name`}
    />
  );

  /** What tells two records of one name apart. */
  function metaOf(id: string): string | undefined {
    const name = entityNameOf(id);
    if (name === 'contact') {
      const companyId = workspace.collection('contact').peek(id)?.company;
      return (companyId && untrack(() => workspace.collection('company').byId(companyId))?.name) || undefined;
    }
    return (name === 'company' && workspace.collection('company').peek(id)?.domain) || undefined;
  }
}

function sortByLabel(options: Option[]): readonly Option[] {
  const keyed = options.map((option) => ({ option, key: foldText(option.label) }));
  keyed.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  return keyed.map(({ option }) => option);
}

function labelOf(target: string): string {
  if (target === 'member') return 'teammate';
  return isEntityName(target) ? entities[target].label.toLowerCase() : 'record';
}

/** The avatar, mark or glyph that goes before a record's name; `size` in px, smaller in lists of choices. */
export function RecordSign(props: {
  readonly id: string;
  readonly target: string;
  readonly size?: 22 | 32 | 48;
}): JSX.Element {
  return (
    <Switch>
      <Match when={props.target === 'company'}>
        <CompanyMark companyId={props.id} size={props.size === 22 ? 20 : (props.size ?? 16)} />
      </Match>
      <Match when={props.target === 'contact'}>
        <ContactAvatar contactId={props.id} size={props.size ?? 18} />
      </Match>
      <Match when={props.target === 'member'}>
        <MemberAvatar memberId={props.id} decorative size={props.size} />
      </Match>
      <Match when={props.target === 'stage'}>
        <StageSign stageId={props.id} />
      </Match>
    </Switch>
  );
}

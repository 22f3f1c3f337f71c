/** The other record of a merge: the likely ones first, every other one by typing. */
import { createMemo, type JSX, untrack } from 'solid-js';
import type { MergeableName } from '../../../shared/entities/mergeable.ts';
import { entities, recordTitle } from '../../../shared/entities/registry.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { areSeparate, type Likeness, likelyDuplicates } from '../../../shared/query/duplicates.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { Picker } from '../../ui/picker.tsx';
import { RecordSign } from '../record-picker.tsx';

const WHY: Readonly<Record<Likeness, string>> = {
  email: 'Same email',
  domain: 'Same domain',
  phone: 'Same phone',
  name: 'Same name',
};

export function OtherPicker(props: {
  readonly entity: MergeableName;
  readonly id: string;
  readonly onPick: (id: string) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const collection = () => workspace.collection(props.entity);
  // Once per opening: the list does not move under the person's hands.
  const options = createMemo(() => untrack(() => optionsFor(props.id)));

  function optionsFor(id: string) {
    const record = collection().peek(id) as AnyRecord | undefined;
    if (!record) return [];
    const space = workspace.spaces.of(id);
    const hasSpaces = workspace.spaces.list().length > 0;
    const others = [...(collection().each() as Iterable<AnyRecord>)].filter(
      (other) => other.id !== id && (!hasSpaces || workspace.spaces.of(other.id) === space),
    );
    const standsFor = (each: string) => workspace.merges().survivorOf(each);
    const likely = new Map(
      likelyDuplicates(props.entity, record, others, standsFor).map((each) => [each.id, each.why]),
    );
    const whyOf = (other: AnyRecord) => {
      const why = likely.get(other.id);
      if (why) return WHY[why];
      return areSeparate(record, other, standsFor) ? 'Kept separate' : undefined;
    };
    const option = (other: AnyRecord) => ({ id: other.id, label: recordTitle(entities, other), why: whyOf(other) });
    const byId = new Map(others.map((other) => [other.id, other]));
    const first = [...likely.keys()].flatMap((each) => byId.get(each) ?? []);
    return [...first, ...others.filter((other) => !likely.has(other.id))].map(option);
  }

  function metaOf(id: string): string {
    if (props.entity === 'company') return workspace.collection('company').peek(id)?.domain ?? '';
    const contact = workspace.collection('contact').peek(id);
    const company = untrack(() => workspace.collection('company').byId(contact?.company))?.name;
    return company ?? contact?.emails[0]?.value ?? '';
  }
  return (
    <div class="merge__picker">
      <Picker
        label={`The other ${entities[props.entity].label.toLowerCase()}`}
        options={options()}
        optionValue={(option) => option.id}
        optionLabel={(option) => option.label}
        optionMeta={(option) => option.why ?? metaOf(option.id)}
        optionLead={(option) => <RecordSign id={option.id} target={props.entity} />}
        isChosen={() => false}
        onPick={(option) => props.onPick(option.id)}
        placeholder={`Find a ${entities[props.entity].label.toLowerCase()}`}
        emptyText="Nobody of that name"
      />
    </div>
  );
}

/** What somebody decided is not the same as a record, on its page: each can be proposed to it again. */
import './merge.css';
import { For, type JSX, Show } from 'solid-js';
import { proposeAgain } from '../../../shared/commands/merge-commands.ts';
import { isMergeable } from '../../../shared/entities/mergeable.ts';
import { entities, recordTitle } from '../../../shared/entities/registry.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { separatesOf } from '../../../shared/query/duplicates.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { attempt } from '../record-edit.ts';
import { RecordSection } from '../record-panels.tsx';
import { RecordSign } from '../record-picker.tsx';
import { followReference, recordHref } from '../reference.ts';

export function SeparateRecords(props: { readonly record: AnyRecord }): JSX.Element {
  const workspace = useWorkspace();
  const canEdit = () => workspace.canWrite() && !props.record.deleted;
  /** What is in the trash or gone for good is proposed to nobody. */
  const others = () =>
    separatesOf(props.record, (id) => workspace.merges().survivorOf(id)).filter((id) => {
      const { entity } = props.record;
      return isMergeable(entity) && workspace.collection(entity).byId(id) !== undefined;
    });
  function propose(id: string): void {
    const { entity } = props.record;
    if (!isMergeable(entity)) return;
    const ids = [props.record.id, id];
    const label = `${recordTitle(entities, props.record)} and ${followReference(workspace, id).title} may be the same`;
    attempt(() => workspace.run(label, (tx) => proposeAgain(tx, { entity, ids })));
  }
  return (
    <Show when={others().length > 0}>
      <RecordSection title="Kept separate from" count={others().length}>
        <ul>
          <For each={others()}>
            {(id) => {
              const other = () => followReference(workspace, id);
              return (
                <li class="minirow">
                  <RecordSign id={id} target={props.record.entity} />
                  <a class="truncate grow" href={recordHref(id)} title={other().title}>
                    {other().title}
                  </a>
                  <Show when={canEdit()}>
                    <Button
                      size="sm"
                      variant="quiet"
                      aria-label={`Propose ${other().title} again`}
                      onClick={() => propose(id)}
                    >
                      Propose again
                    </Button>
                  </Show>
                </li>
              );
            }}
          </For>
        </ul>
      </RecordSection>
    </Show>
  );
}

/** The small editor of somebody's other companies: what they are there, and whether that has ended. */
import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { createSignal, For, type JSX, Show, untrack } from 'solid-js';
import { createRecord } from '../../shared/commands/record-commands.ts';
import { company as companyEntity } from '../../shared/entities/company.ts';
import type { Position } from '../../shared/model/positions-field.ts';
import { useWorkspace } from '../data/workspace.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import type { RowsProps } from './list-rows.tsx';
import { CompanyMark } from './person.tsx';
import { attempt } from './record-edit.ts';
import { RecordPicker } from './record-picker.tsx';
import { followReference } from './reference.ts';

export function PositionRows(props: RowsProps<readonly Position[]>): JSX.Element {
  const workspace = useWorkspace();
  const [adding, setAdding] = createSignal(untrack(() => props.value.length === 0));
  const nameOf = (company: string) => followReference(workspace, company).title;
  const of = (company: string) => props.value.find((row) => row.company === company);
  const change = (company: string, part: Partial<Position>) =>
    props.onChange(props.value.map((row) => (row.company === company ? { ...row, ...part } : row)));
  function add(company: string): void {
    props.onChange([...props.value, { company, title: '', ended: false }]);
    setAdding(false);
  }
  function addNew(name: string): void {
    let company: string | undefined;
    attempt(() => {
      company = workspace.run(`${name} added`, (tx) =>
        createRecord(tx, { entity: companyEntity, values: { name, owner: tx.actor || null } }),
      );
    });
    if (company !== undefined) add(company);
  }
  return (
    <div class="rowsedit">
      <For each={props.value.map((row) => row.company)}>
        {(company) => (
          <fieldset class="rowsedit__address">
            <legend class="sr">{nameOf(company)}</legend>
            <div class="rowsedit__row">
              <CompanyMark companyId={company} size={20} />
              <span class="grow truncate">{nameOf(company)}</span>
              <Checkbox
                label="Ended"
                checked={of(company)?.ended ?? false}
                onChange={(ended) => change(company, { ended })}
              />
              <IconButton
                size="xs"
                icon={X}
                label={`Remove ${nameOf(company)}`}
                onClick={() => props.onChange(props.value.filter((row) => row.company !== company))}
              />
            </div>
            <input
              class="input input--sm rowsedit__value"
              type="text"
              autocomplete="off"
              placeholder="What they do there"
              aria-label={`Role at ${nameOf(company)}`}
              value={of(company)?.title ?? ''}
              onInput={(event) => change(company, { title: event.currentTarget.value })}
            />
          </fieldset>
        )}
      </For>
      <Show
        when={adding()}
        fallback={
          <div>
            <Button variant="quiet" size="sm" icon={Plus} onClick={() => setAdding(true)}>
              Add company
            </Button>
          </div>
        }
      >
        <RecordPicker
          label="Add a company"
          target="company"
          value={null}
          initialQuery={props.typed}
          exclude={(record) => props.value.some((row) => row.company === record.id)}
          onPick={(company) => (company === null ? setAdding(false) : add(company))}
          onCreate={addNew}
        />
      </Show>
    </div>
  );
}

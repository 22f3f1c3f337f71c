/** A new deal with all its main fields, for when one line is not enough. */
import { createMemo, createSignal, type JSX } from 'solid-js';
import { createDealWithCompany } from '../../../shared/commands/deal-commands.ts';
import { deal } from '../../../shared/entities/deal.ts';
import { isDay } from '../../../shared/model/day.ts';
import { sortedPipelines, stagesOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { StageSign } from '../../fields/field-value.tsx';
import { formatFullDay } from '../../fields/format.ts';
import { parseHints } from '../../fields/parse-hints.ts';
import { RecordCombobox } from '../../fields/record-combobox.tsx';
import { attempt, isNewRecord, type NewRecord } from '../../fields/record-edit.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './deals.module.css';

/** What is known of the deal before the form opens; amount and day as they were typed. */
export interface DealDraft {
  readonly title: string;
  readonly amount: string;
  readonly closesOn: string;
  /** An id, or a company that is to be made with the deal. */
  readonly company: string | NewRecord | null;
  readonly stageId: string;
}

export function DealForm(props: {
  readonly draft: DealDraft;
  readonly onClose: () => void;
  readonly onCreated: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  // Taken over once: from here on the form is what the person works on.
  // oxlint-disable-next-line solid/reactivity
  const draft = props.draft;
  const [title, setTitle] = createSignal(draft.title);
  const [company, setCompany] = createSignal(draft.company);
  const [amount, setAmount] = createSignal(draft.amount);
  // As it is written when it is changed on the deal's page.
  const [closesOn, setClosesOn] = createSignal(isDay(draft.closesOn) ? formatFullDay(draft.closesOn) : draft.closesOn);
  const [stageId, setStageId] = createSignal(draft.stageId);
  const [owner, setOwner] = createSignal<string | null>(workspace.me().memberId);
  const [tried, setTried] = createSignal(false);
  const [refused, setRefused] = createSignal<string>();

  const read = createMemo(() => {
    const hints = parseHints(workspace);
    return {
      title: deal.fields.title.parse(title()),
      amount: deal.fields.amount.parse(amount(), hints),
      closesOn: deal.fields.closesOn.parse(closesOn(), hints),
    };
  });
  const errorOf = (name: 'title' | 'amount' | 'closesOn') => {
    const result = read()[name];
    return tried() && !result.ok ? result.issue.message : undefined;
  };
  const stages = createMemo(() =>
    sortedPipelines(workspace.collection('pipeline').all()).flatMap((pipeline, _, all) =>
      stagesOf(workspace.collection('stage').all(), pipeline.id).map((stage) => ({
        value: stage.id as string,
        label: all.length > 1 ? `${pipeline.name}: ${stage.name}` : stage.name,
        lead: () => <StageSign stageId={stage.id} />,
      })),
    ),
  );

  function submit(): void {
    setTried(true);
    const { title: titleResult, amount: amountResult, closesOn: dayResult } = read();
    if (!titleResult.ok || !amountResult.ok || !dayResult.ok) return;
    const chosen = company();
    const made = {
      stageId: stageId(),
      values: {
        title: titleResult.value,
        amount: amountResult.value,
        closesOn: dayResult.value,
        company: isNewRecord(chosen) ? null : chosen,
        owner: owner(),
      },
      newCompany: isNewRecord(chosen) ? chosen.newName : null,
    };
    const sentence = attempt(() =>
      workspace.run(`${titleResult.value} added`, (tx) => createDealWithCompany(tx, made)),
    );
    setRefused(sentence);
    if (sentence !== undefined) return;
    props.onCreated();
    props.onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title="New deal"
      width={480}
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button variant="primary" onClick={submit}>
            Add deal
          </Button>
        </>
      }
    >
      <DialogForm onSubmit={submit} refused={refused()}>
        <TextField label="Title" value={title()} onInput={setTitle} error={errorOf('title')} autofocus />
        <RecordCombobox
          label="Company"
          target="company"
          value={company()}
          onChange={setCompany}
          emptyLabel="Choose or create"
        />
        <div class={styles.pair}>
          <TextField
            label="Value"
            value={amount()}
            onInput={setAmount}
            error={errorOf('amount')}
            placeholder="14k or $14,000"
          />
          <TextField
            label="Close date"
            value={closesOn()}
            onInput={setClosesOn}
            error={errorOf('closesOn')}
            placeholder="15 Dec"
          />
        </div>
        <div class={styles.pair}>
          <Select label="Stage" options={stages()} value={stageId()} onChange={setStageId} />
          <RecordCombobox
            label="Owner"
            target="member"
            value={owner()}
            onChange={(value) => setOwner(isNewRecord(value) ? null : value)}
            emptyLabel="No owner"
          />
        </div>
      </DialogForm>
    </Dialog>
  );
}

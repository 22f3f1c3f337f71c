/** Asks where the deals of a stage go before it is deleted. */
import { createSignal, createUniqueId, type JSX, untrack } from 'solid-js';
import type { Stage } from '../../../shared/entities/stage.ts';
import { StageSign } from '../../fields/field-value.tsx';
import { formatPlural } from '../../fields/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';

export function DeleteStageDialog(props: {
  readonly stage: Stage;
  /** How many deals are in it; at least one. */
  readonly deals: number;
  readonly targets: readonly Stage[];
  readonly onDelete: (moveTo: string) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const id = createUniqueId();
  // The stage before it is the likeliest: its deals have come at least that far.
  const nearest = untrack(
    () => props.targets.filter((each) => each.rank < props.stage.rank).at(-1) ?? props.targets[0],
  );
  const [target, setTarget] = createSignal<string>(nearest?.id ?? '');
  const deals = () => formatPlural(props.deals, 'deal', 'deals');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={`Delete ${props.stage.name}`}
      description={`${deals()} ${props.deals === 1 ? 'is' : 'are'} in this stage. They keep everything and move, with the move in their history.`}
      width={440}
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button variant="danger" type="submit" form={id}>
            Move {deals()} and delete
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault();
          props.onDelete(target());
        }}
      >
        <Select
          label="Move them to"
          options={props.targets.map((each) => ({
            value: each.id,
            label: each.name,
            lead: () => <StageSign stageId={each.id} />,
          }))}
          value={target()}
          onChange={setTarget}
        />
      </form>
    </Dialog>
  );
}

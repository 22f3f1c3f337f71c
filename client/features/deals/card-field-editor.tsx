/** Edits one value on its card. Loaded late: nothing is edited in the first moment. */
import type { JSX } from 'solid-js';
import { type Deal, deal as dealEntity } from '../../../shared/entities/deal.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { FieldEditor } from '../../fields/field-editor.tsx';
import { useBoard } from './board-context.tsx';

const EDIT_LABELS = { amount: 'Value', owner: 'Owner', closesOn: 'Close date', place: 'Stage' } as const;

export function CardFieldEditor(props: {
  readonly deal: Deal;
  readonly field: keyof typeof EDIT_LABELS;
  readonly column: string;
}): JSX.Element {
  const board = useBoard();
  const workspace = useWorkspace();
  function commit(value: unknown): string | undefined {
    if (props.field !== 'place') {
      return board.actions.edit([props.deal.id], { [props.field]: value }, EDIT_LABELS[props.field]);
    }
    const [, stageId = ''] = value as readonly string[];
    if (stageId === props.deal.place[1]) return undefined;
    if (workspace.collection('stage').peek(stageId)?.type === 'lost') board.lose([props.deal.id]);
    else board.actions.moveToStage([props.deal.id], stageId);
    return undefined;
  }
  return (
    <div style={{ display: 'contents' }} data-field={`${props.deal.id}/${props.field}`}>
      <FieldEditor
        field={dealEntity.fields[props.field]}
        value={props.deal[props.field]}
        label={`${EDIT_LABELS[props.field]} of ${props.deal.title}`}
        onCommit={commit}
        onLeave={() => {
          const { id, place } = props.deal;
          board.stopEditing();
          board.focusCard(place[1] === '' ? props.column : place[1], id);
        }}
      />
    </div>
  );
}

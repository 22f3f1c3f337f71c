/** A task in one short line, where the place already says whom it is about. */
import './tasks.css';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Task } from '../../../shared/entities/task.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { MemberAvatar } from '../person.tsx';
import { Due, TASK_ICONS, type TaskRowProps } from './task-row.tsx';

export function TaskLine(props: {
  readonly task: Task;
  readonly here: TaskRowProps['here'];
  readonly canWrite: boolean;
  readonly onToggle: () => void;
  readonly onEdit: () => void;
}): JSX.Element {
  return (
    <li class="taskline">
      <Checkbox
        round
        aria-label={`Done: ${props.task.title}`}
        checked={props.task.doneAt !== null}
        disabled={!props.canWrite}
        onChange={() => props.onToggle()}
      />
      <Dynamic component={TASK_ICONS[props.task.type ?? 'todo']} class="lucide--sm fg-3" />
      <button type="button" class="fu__title truncate grow" title={props.task.title} onClick={() => props.onEdit()}>
        {props.task.title}
      </button>
      <Due task={props.task} here={props.here} />
      <MemberAvatar memberId={props.task.owner} size={18} />
    </li>
  );
}

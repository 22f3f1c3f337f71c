/** What the guests of an appointment have answered; changed here when somebody says so on the phone. */
import { For, type JSX } from 'solid-js';
import { ATTENDANCE } from '../../../shared/entities/appointment.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { Select } from '../../ui/select.tsx';
import { followReference } from '../reference.ts';

export const NOT_ANSWERED = 'needsAction';

const ANSWERS = Object.entries(ATTENDANCE).map(([value, label]) => ({ value, label }));

export function GuestAnswers(props: {
  /** Contact ids. */
  readonly guests: readonly string[];
  readonly answers: ReadonlyMap<string, string>;
  readonly onChange: (contactId: string, answer: string) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  /** What a newer version or another calendar calls an answer stays as it is. */
  const options = (answer: string) =>
    Object.hasOwn(ATTENDANCE, answer) ? ANSWERS : [...ANSWERS, { value: answer, label: answer || 'Invited' }];
  return (
    <ul class="apptform__answers" aria-label="Answers of the guests">
      <For each={props.guests}>
        {(id) => {
          const name = () => followReference(workspace, id).title;
          const answer = () => props.answers.get(id) ?? NOT_ANSWERED;
          return (
            <li>
              <span class="truncate grow">{name()}</span>
              <Select
                label={`Answer of ${name()}`}
                hideLabel
                class="selectbtn--quiet"
                options={options(answer())}
                value={answer()}
                onChange={(next) => props.onChange(id, next)}
              />
            </li>
          );
        }}
      </For>
    </ul>
  );
}

/** Values that only a person can place: stages, owners, options, spellings. Every one has a suggestion already. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { Answer, AskedValue, ValueQuestion } from '../../../shared/csv/import-values.ts';
import { formatCount, formatPlural } from '../../fields/format.ts';
import { Button } from '../../ui/button.tsx';
import { Select, type SelectOption } from '../../ui/select.tsx';
import styles from './import.module.css';
import type { ImportDraft } from './import-draft.ts';

const SHOWN = 40;

const INTRO: Readonly<Record<string, string>> = {
  stage: 'These stages of the file are not in your pipeline. They are added, or their deals go to a stage you have.',
  owner:
    'These people are not on your team by this name. They are added as owners without an account, or their records stay without an owner.',
  product: 'These products look like others that are only spelled differently.',
  company: 'These companies look like others that are only spelled differently.',
};

export function ValuesStep(props: { readonly draft: ImportDraft }): JSX.Element {
  return (
    <div class={`pane ${styles.wide}`}>
      <For
        each={props.draft.openQuestions().map(({ key }) => key)}
        fallback={<p class="fg-2">Every value has its place.</p>}
      >
        {(key) => (
          <Show when={props.draft.openQuestions().find((question) => question.key === key)}>
            {(question) => <Question draft={props.draft} question={question()} />}
          </Show>
        )}
      </For>
    </div>
  );
}

function Question(props: { readonly draft: ImportDraft; readonly question: ValueQuestion }): JSX.Element {
  const [showsAll, setShowsAll] = createSignal(false);
  const open = createMemo(() => props.question.values.filter(({ certain }) => !certain));
  const settled = () => props.question.values.length - open().length;
  const shown = () => (showsAll() ? open() : open().slice(0, SHOWN));
  const options = createMemo((): readonly SelectOption<Answer>[] => [
    ...(props.question.canCreate
      ? [{ value: '+' as const, label: CREATE_WORDS[props.question.key] ?? 'Keep as in the file' }]
      : []),
    ...props.question.options,
    ...(props.question.canSkip ? [{ value: '-' as const, label: 'Leave empty' }] : []),
  ]);
  const answerOf = (value: AskedValue) => props.draft.answers()[props.question.key]?.[value.text] ?? value.suggestion;
  return (
    <section class={styles.question} aria-labelledby={`question-${props.question.key}`}>
      <h2 id={`question-${props.question.key}`}>{props.question.label}</h2>
      <p class="fg-2">
        {INTRO[props.question.key] ?? 'These values are not in the list of this field. Choose what they mean.'}
      </p>
      <table class="plain map">
        <caption class="sr">Values of {props.question.label}</caption>
        <thead>
          <tr>
            <th scope="col">In the file</th>
            <th scope="col" class={`num ${styles.colRows}`}>
              Rows
            </th>
            <th scope="col" class={styles.colAnswer}>
              In Rapport
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={shown()}>
            {(value) => (
              <tr>
                <td>
                  <span class="fw-5 map__sample" title={value.text}>
                    {value.text}
                  </span>
                </td>
                <td class="num fg-3">{formatCount(value.count)}</td>
                <td>
                  <Select<Answer>
                    label={`${value.text} becomes`}
                    hideLabel
                    options={options()}
                    value={answerOf(value)}
                    onChange={(answer) => props.draft.answer(props.question.key, value.text, answer)}
                  />
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <Show when={shown().length < open().length}>
        <Button variant="quiet" onClick={() => setShowsAll(true)}>
          Show all {formatPlural(open().length, 'value', 'values')}
        </Button>
      </Show>
      <Show when={settled() > 0}>
        <p class="meta">
          {formatPlural(settled(), 'other value has', 'other values have')} the same name here and there.
        </p>
      </Show>
    </section>
  );
}

const CREATE_WORDS: Readonly<Record<string, string>> = {
  stage: 'Add as a new stage',
  owner: 'Add as an owner',
  product: 'Keep as in the file',
  company: 'Keep as a company of its own',
};

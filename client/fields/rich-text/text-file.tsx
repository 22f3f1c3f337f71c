/** The door to files inside of texts: their code comes with the first text that has one; until then there is the name. */
import { createComponent, type JSX, Show } from 'solid-js';
import { late } from '../../ui/late.tsx';
import type { TextFileProps } from '../files/text-file.tsx';

const part = late(() => import('../files/text-file.tsx').then((module) => module.TextFile));

export function TextFile(props: TextFileProps): JSX.Element {
  void part.load();
  return (
    <Show when={part.code()} keyed fallback={<span class="fg-3">{props.file.name}</span>}>
      {(Code) => createComponent(Code, props)}
    </Show>
  );
}

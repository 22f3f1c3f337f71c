/** The door to files inside of texts: their code comes with the first text that has one. */
import { lateComponent } from '../../ui/late.tsx';
import type { TextFileProps } from '../files/text-file.tsx';

export const TextFile = lateComponent<TextFileProps>(() =>
  import('../files/text-file.tsx').then((module) => module.TextFile),
);

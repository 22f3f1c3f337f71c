/** Why a form was not taken, read out at once. The region is always there: one that appears with its words is not read. */
import { type JSX, Show } from 'solid-js';
import { Callout } from '../../ui/banner.tsx';

export function ProblemNote(props: {
  readonly text: string | undefined;
  /** A way on: a link. */
  readonly children?: JSX.Element;
}): JSX.Element {
  return (
    <div role="alert">
      <Show when={props.text}>
        <Callout tone="danger">
          {props.text} {props.children}
        </Callout>
      </Show>
    </div>
  );
}

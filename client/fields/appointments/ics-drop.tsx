/** A place where calendar files can be dropped, or chosen; says what was added and what was not, and why. */
import './ics-drop.css';
import { createSignal, For, type JSX, Show, untrack } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { announce } from '../../platform/announce.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { type IcsOutcome, openIcs } from './open-ics.ts';

/** Problems named one by one; the rest is counted. */
const MOST_NAMED = 5;

export function IcsDrop(props: {
  /** The records the appointments are about. */
  readonly about: readonly string[];
  /** Files are only chosen here: what is dropped on the page is taken by others. */
  readonly choiceOnly?: boolean;
  /** Given the function that opens the system's file chooser. */
  readonly chooser?: (choose: () => void) => void;
  /** Called with the day of the first appointment that was added. */
  readonly onAdded?: (firstDay: string) => void;
  readonly children?: JSX.Element;
}): JSX.Element {
  const workspace = useWorkspace();
  const [isOver, setOver] = createSignal(false);
  const [outcome, setOutcome] = createSignal<IcsOutcome>();
  let input!: HTMLInputElement;

  const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true && workspace.canWrite();
  async function take(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    const about = props.about;
    const result = await openIcs(workspace, files, about);
    setOutcome(result.problems.length > 0 ? result : undefined);
    announce([result.added && `${result.added}.`, ...result.problems].filter(Boolean).join(' '));
    if (result.firstDay !== null) props.onAdded?.(result.firstDay);
  }
  function listen(element: HTMLElement): void {
    if (untrack(() => props.choiceOnly)) return;
    const onOver = (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = ({ relatedTarget: to }: DragEvent) => {
      if (!(to instanceof Node) || !element.contains(to)) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!hasFile(event)) return;
      // Whatever it is: a browser leaves the app to open a file that nobody takes.
      event.preventDefault();
      event.stopPropagation();
      void take([...(event.dataTransfer?.files ?? [])]);
    };
    const listeners = { dragover: onOver, dragleave: onLeave, drop: onDrop };
    for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener as EventListener);
  }
  return (
    <div
      class="icsdrop"
      classList={{ 'is-over': isOver(), 'icsdrop--part': props.choiceOnly === true }}
      ref={(element) => listen(element)}
    >
      <input
        ref={(element) => {
          input = element;
          props.chooser?.(() => input.click());
        }}
        type="file"
        accept=".ics,text/calendar"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          void take(files);
        }}
      />
      <Show when={outcome()}>
        {(result) => (
          <Banner tone="warning" actions={<Button onClick={() => setOutcome(undefined)}>Close</Button>}>
            <Show when={result().added}>
              <p>{result().added}.</p>
            </Show>
            <For each={result().problems.slice(0, MOST_NAMED)}>{(sentence) => <p>{sentence}</p>}</For>
            <Show when={result().problems.length > MOST_NAMED}>
              <p>And {result().problems.length - MOST_NAMED} more.</p>
            </Show>
          </Banner>
        )}
      </Show>
      {props.children}
    </div>
  );
}

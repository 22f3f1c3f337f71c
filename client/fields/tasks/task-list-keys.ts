/** Walking through lists of tasks by keyboard: which line the person stands on, and what the keys do with it. */
import { useNavigate } from '@solidjs/router';
import { createSignal } from 'solid-js';
import type { Task } from '../../../shared/entities/task.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { type ContactOffer, listenForContact, logOnPage } from '../contact-links.ts';
import { recordHref } from '../reference.ts';
import { callHref, mailHref, toggleDone } from './task-actions.ts';
import type { TaskDraft } from './task-form.tsx';
import { taskHref, taskPageId } from './task-row.tsx';

export interface TaskListKeys {
  /** Id of the line with the focus; the first one while nobody has moved. */
  readonly focused: () => string | undefined;
  readonly setFocused: (id: string) => void;
  /** Id of the line whose snooze menu is open. */
  readonly snoozing: () => string | undefined;
  readonly setSnoozing: (id: string | undefined) => void;
  readonly draft: () => TaskDraft | undefined;
  readonly openForm: (draft: TaskDraft | undefined) => void;
}

/** `ids` are the lines from top to bottom, tasks and others; keys that need a task do nothing on the others. */
export function createTaskListKeys(options: {
  readonly ids: () => readonly string[];
  readonly onRefused: (sentence: string | undefined) => void;
  /** What the key P and Enter do on a line that is no task (a nudge). */
  readonly onPlan?: (id: string) => void;
  readonly onOpen?: (id: string) => void;
}): TaskListKeys {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [moved, setMoved] = createSignal<string>();
  const [snoozing, setSnoozing] = createSignal<string>();
  const [draft, openForm] = createSignal<TaskDraft>();

  const focused = () => {
    const id = moved();
    return id !== undefined && options.ids().includes(id) ? id : options.ids()[0];
  };
  const task = (): Task | undefined => {
    const id = focused();
    return id === undefined ? undefined : workspace.collection('task').byId(id);
  };
  function move(by: number): void {
    const ids = options.ids();
    const at = ids.indexOf(focused() ?? '');
    const next = ids[moved() === undefined && by > 0 ? 0 : Math.min(Math.max(at + by, 0), ids.length - 1)];
    if (next === undefined) return;
    setMoved(next);
    document.querySelector<HTMLElement>(`[data-task="${next}"]`)?.focus();
  }
  const onTask = (act: (task: Task) => void) => {
    const current = task();
    if (current) act(current);
  };
  // The call or mail is written down where Enter leads from the line.
  const goTo = listenForContact({
    onOffer(offer, from) {
      // Beside the tasks there are lines about a record itself: a birthday, a nudge.
      const line = from?.closest<HTMLElement>('[data-task], [data-about]')?.dataset;
      const id = from ? (line?.task ?? line?.about) : called?.id;
      if (id === undefined) return;
      const about = workspace.collection('task').peek(id);
      if (about) log(about, offer);
      else logAt(id, offer);
    },
  });
  function log(about: Task, offer: ContactOffer): void {
    const [page, href] = [taskPageId(workspace, about), taskHref(workspace, about)];
    if (page === undefined || href === undefined) return;
    logOnPage(page, { ...offer, also: about.about.filter((id) => id !== page) });
    navigate(href);
  }
  function logAt(recordId: string, offer: ContactOffer): void {
    const href = recordHref(recordId);
    if (href === undefined) return;
    logOnPage(recordId, offer);
    navigate(href);
  }
  let called: { readonly id: string; readonly at: number } | undefined;
  function follow(hrefOf: typeof callHref): void {
    const id = focused();
    const href = id && hrefOf(workspace, task() ?? { about: [id], title: '' });
    if (!href) return;
    called = { id, at: Date.now() };
    goTo(href);
  }
  const writing = () => ({
    D: () =>
      onTask((each) => {
        const ids = options.ids();
        const next = ids[ids.indexOf(each.id) + 1] ?? ids[ids.indexOf(each.id) - 1];
        options.onRefused(toggleDone(workspace, each));
        if (next !== undefined && !options.ids().includes(each.id)) setMoved(next);
      }),
    'Shift+D': () => onTask((each) => openForm({ after: each })),
    S: () => onTask((each) => setSnoozing(each.id)),
    E: () => onTask((each) => openForm({ edit: each })),
    L: () => {
      const id = focused();
      if (id !== undefined && !task()) logAt(id, { kind: 'call', at: called?.id === id ? called.at : null });
      onTask((each) =>
        log(each, { kind: each.type === 'email' ? 'email' : 'call', at: called?.id === each.id ? called.at : null }),
      );
    },
    T: () => openForm({}),
    N: () => openForm({}),
    P: () => {
      const id = focused();
      if (id !== undefined && !task()) options.onPlan?.(id);
      else onTask((each) => openForm({ after: each }));
    },
  });
  createHotkeys(() => ({
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    J: () => move(1),
    K: () => move(-1),
    R: () => follow(mailHref),
    C: () => follow(callHref),
    Enter: (event) => {
      // A button or link with the focus does what it says.
      if (event.target instanceof Element && event.target.closest('a, button, input') !== null) return;
      const id = focused();
      if (id !== undefined && !task()) options.onOpen?.(id);
      onTask((each) => {
        const href = taskHref(workspace, each);
        if (href) navigate(href);
        else if (workspace.canWrite()) openForm({ edit: each });
      });
    },
    ...(workspace.canWrite() ? writing() : {}),
  }));

  return { focused, setFocused: setMoved, snoozing, setSnoozing, draft, openForm };
}

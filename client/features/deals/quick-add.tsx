/** A new deal from one line of typing: what is understood of it shows as chips underneath. */
import CalendarDays from 'lucide-solid/icons/calendar-days';
import { createMemo, createSignal, createUniqueId, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { createDealWithCompany } from '../../../shared/commands/deal-commands.ts';
import { parseQuickDeal, type QuickDeal } from '../../../shared/query/quick-deal.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatDay, formatMoney } from '../../fields/format.ts';
import { attempt } from '../../fields/record-edit.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Mark } from '../../ui/mark.tsx';
import styles from './board.module.css';
import { useBoard } from './board-context.tsx';
import { type CompanyFinder, createCompanyFinder } from './company-finder.ts';
import type { BoardColumn } from './deal-board-model.ts';
import { type DealDraft, DealForm } from './deal-form.tsx';

export function QuickAdd(props: { readonly column: BoardColumn }): JSX.Element {
  const workspace = useWorkspace();
  const board = useBoard();
  const errorId = createUniqueId();
  const [line, setLine] = createSignal('');
  const [error, setError] = createSignal<string>();
  const [full, setFull] = createSignal<DealDraft>();
  const finder: CompanyFinder = createCompanyFinder(workspace);
  const parsed = createMemo<QuickDeal>(() =>
    parseQuickDeal(line(), { today: board.today(), currency: board.currency(), findCompany: finder }),
  );
  let input!: HTMLTextAreaElement;

  onMount(() => input.focus());
  // Nothing typed is thrown away: what stands there when the form is closed is there when it opens again.
  onMount(() => {
    const kept = board.drafts.get(props.column.key);
    if (kept) setLine(kept);
  });
  onCleanup(() => {
    if (line().trim() === '') board.drafts.delete(props.column.key);
    else board.drafts.set(props.column.key, line());
  });

  function add(): void {
    const deal = parsed();
    if (deal.title === '') {
      setError('Type what the deal is about.');
      return;
    }
    const company = deal.company;
    const made = {
      stageId: props.column.key,
      values: {
        title: deal.title,
        amount: deal.amount?.value ?? null,
        closesOn: deal.closesOn?.value ?? null,
        ...(company?.id ? { company: company.id } : {}),
      },
      newCompany: company && company.id === null ? company.name : null,
    };
    const refused = attempt(() => workspace.run(`${deal.title} added`, (tx) => createDealWithCompany(tx, made)));
    setError(refused);
    if (refused !== undefined) return;
    board.say(`Added ${deal.title} to ${props.column.name}.`);
    setLine('');
    input.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Enter') add();
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab' && !event.shiftKey) openForm();
    else return;
    event.preventDefault();
  }
  function close(): void {
    board.addIn(null);
    const [first] = board.idsOf(props.column.key);
    if (first !== undefined) board.focusCard(props.column.key, first);
  }
  function openForm(): void {
    const { title, amount, closesOn, company } = parsed();
    setFull({
      title,
      amount: amount?.text ?? '',
      closesOn: closesOn?.value ?? '',
      company: company && (company.id ?? { newName: company.name }),
      stageId: props.column.key,
    });
  }

  return (
    <form
      class={`quickadd ${styles.quickadd}`}
      aria-label={`New deal in ${props.column.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <textarea
        ref={input}
        rows={1}
        class={`quickadd__text ${styles.quickaddText}`}
        aria-label="Deal, company, value and close date in one line"
        aria-invalid={error() !== undefined}
        aria-describedby={error() === undefined ? undefined : errorId}
        placeholder="Pallet trackers @Polar Freight 14k 15 Dec"
        value={line()}
        onInput={(event) => {
          setLine(event.currentTarget.value.replace(/\n/g, ' '));
          setError(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      <Show when={parsed().company || parsed().amount || parsed().closesOn}>
        <div class="quickadd__parsed" role="status" aria-label="Understood">
          <Show when={parsed().company}>
            {(company) => (
              <span class="tag">
                <Mark name={company().name} size={16} />
                {company().name}
                <Show when={company().id === null}>
                  <span class="fg-3">new</span>
                </Show>
              </span>
            )}
          </Show>
          <Show when={parsed().amount}>{(amount) => <span class="tag num">{formatMoney(amount().value)}</span>}</Show>
          <Show when={parsed().closesOn}>
            {(day) => (
              <span class="tag num">
                <CalendarDays class="lucide--sm" />
                {formatDay(day().value, board.today())}
              </span>
            )}
          </Show>
        </div>
      </Show>
      <Show when={error()}>
        <p class="field__error" id={errorId} role="alert">
          {error()}
        </p>
      </Show>
      <div class="quickadd__foot">
        <button type="submit" class={styles.footButton}>
          <Kbd keys="Enter" /> Add
        </button>
        <button type="button" class={styles.footButton} onClick={openForm}>
          <Kbd keys="Tab" /> More
        </button>
        <button type="button" class={`push ${styles.footButton}`} aria-label="Close" onClick={close}>
          <Kbd keys="Escape" />
        </button>
      </div>
      <Show when={full()} keyed>
        {(draft) => (
          <DealForm
            draft={draft}
            onClose={() => {
              setFull(undefined);
              input.focus();
            }}
            onCreated={() => setLine('')}
          />
        )}
      </Show>
    </form>
  );
}

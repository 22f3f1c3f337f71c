/** Search and commands in one place: everything on this device, found on each key press. */
import * as KDialog from '@kobalte/core/dialog';
import Laptop from 'lucide-solid/icons/laptop';
import Search from 'lucide-solid/icons/search';
import X from 'lucide-solid/icons/x';
import { createMemo, createSignal, createUniqueId, For, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { contactName } from '../../shared/entities/contact.ts';
import type { EntityName } from '../../shared/entities/registry.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { useWorkspace, type Workspace } from '../data/workspace.ts';
import { StageSign } from '../fields/field-value.tsx';
import { formatCount, formatMoney, formatPlural } from '../fields/format.ts';
import { CompanyMark, ContactAvatar } from '../fields/person.tsx';
import { createStarredIds } from '../fields/record-star.tsx';
import { recordHref } from '../fields/reference.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import styles from './palette.module.css';
import { createActions, type PaletteAction, paletteActions } from './palette-actions.ts';
import { highlight, matchesWords, stepFrom } from './palette-model.ts';
import { PalettePeek } from './palette-peek.tsx';
import { recentRecords } from './recent.ts';
import { useShell } from './shell-actions.ts';

const MOST_RECORDS = 12;
const MOST_ACTIONS = 6;

type Row = { readonly kind: 'record'; readonly id: string } | ({ readonly kind: 'action' } & PaletteAction);

export function Palette(props: { readonly onClose: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const shell = useShell();
  const [query, setQuery] = createSignal('');
  const [active, setActive] = createSignal(0);
  const listId = createUniqueId();
  const words = () => query().trim();
  let list!: HTMLDivElement;

  const starred = createStarredIds();
  const records = createMemo((): readonly Row[] => {
    const ids =
      words() === ''
        ? [...new Set([...recentRecords().filter((id) => exists(workspace, id)), ...starred()])]
        : workspace.search(words(), { limit: MOST_RECORDS }).map((hit) => hit.id);
    return ids.map((id) => ({ kind: 'record', id }));
  });
  const actions = createMemo((): readonly Row[] => {
    const known = paletteActions(workspace, shell).filter((each) => matchesWords(each.label, words()));
    const found = words() === '' ? known : known.slice(0, MOST_ACTIONS);
    const made = records().length === 0 ? createActions(workspace, shell, words()) : [];
    return [...found, ...made].map((each) => ({ kind: 'action', ...each }));
  });
  const rows = createMemo(() => [...records(), ...actions()]);
  const current = () => rows()[active()];
  const rowId = (index: number) => `${listId}-${index}`;

  function choose(row: Row | undefined, inNewTab: boolean): void {
    if (!row) return;
    props.onClose();
    if (row.kind === 'action') {
      // After the dialog has given the focus back.
      queueMicrotask(row.run);
      return;
    }
    const href = recordHref(row.id);
    if (href === undefined) return;
    if (inNewTab) window.open(href, '_blank', 'noopener');
    else shell.navigate(href);
  }
  function moveTo(index: number): void {
    setActive(index);
    list.querySelector(`#${CSS.escape(rowId(index))}`)?.scrollIntoView({ block: 'nearest' });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const by = steps[event.key];
    if (by !== undefined) moveTo(stepFrom(active(), by, rows().length));
    else if (event.key === 'Tab') moveTo(otherGroup());
    else if (event.key === 'Enter') choose(current(), event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  }
  /** Tab goes between the records and the actions. */
  const otherGroup = () => (active() < records().length && actions().length > 0 ? records().length : 0);

  return (
    <KDialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <KDialog.Portal>
        <KDialog.Overlay class="scrim" />
        <KDialog.Content class={`dialog pal ${styles.dialog}`} aria-label="Search and commands">
          <div class="pal__input">
            <Search class="lucide--lg fg-3" />
            <input
              class={styles.input}
              type="text"
              role="combobox"
              autofocus
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              placeholder="Search or run a command"
              aria-label="Search or run a command"
              aria-expanded="true"
              aria-autocomplete="list"
              aria-controls={listId}
              aria-activedescendant={current() ? rowId(active()) : undefined}
              value={query()}
              onInput={(event) => {
                setQuery(event.currentTarget.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
            />
            <span class="meta" role="status">
              {words() === '' ? '' : formatPlural(rows().length, 'result', 'results')}
            </span>
            <span class={styles.keys}>
              <Kbd keys="Escape" />
            </span>
            <span class={styles.close}>
              <IconButton label="Close" icon={X} onClick={() => props.onClose()} />
            </span>
          </div>
          <div class={`pal__body ${styles.body}`} classList={{ [styles.whole ?? '']: current()?.kind !== 'record' }}>
            <div
              class={`pal__list ${styles.list}`}
              id={listId}
              role="listbox"
              aria-label="Results"
              tabIndex={-1}
              ref={list}
            >
              <Show when={words() !== '' && records().length === 0}>
                <p class={styles.none} role="presentation">
                  Nothing on this device is called “{words()}”.
                </p>
              </Show>
              <RowGroup
                label={words() === '' ? 'Recent and starred' : 'Records'}
                rows={records()}
                from={0}
                active={active()}
                query={words()}
                rowId={rowId}
                onPoint={setActive}
                onChoose={choose}
              />
              <RowGroup
                label="Actions"
                rows={actions()}
                from={records().length}
                active={active()}
                query={words()}
                rowId={rowId}
                onPoint={setActive}
                onChoose={choose}
              />
            </div>
            <Show when={recordOf(current())}>{(id) => <PalettePeek id={id()} />}</Show>
          </div>
          <footer class={`pal__foot ${styles.keys}`}>
            <span>
              <Kbd keys="ArrowUp" />
              <Kbd keys="ArrowDown" /> Move
            </span>
            <span>
              <Kbd keys="Enter" /> Open
            </span>
            <span>
              <Kbd keys="Mod+Enter" /> New tab
            </span>
            <span>
              <Kbd keys="Tab" /> Actions
            </span>
            <span class="push">
              <Laptop class="lucide--sm" />
              Searching {formatCount(workspace.sync.deviceUsage().records)} records on this device
            </span>
          </footer>
        </KDialog.Content>
      </KDialog.Portal>
    </KDialog.Root>
  );
}

const recordOf = (row: Row | undefined): string | undefined => (row?.kind === 'record' ? row.id : undefined);

function exists(workspace: Workspace, id: string): boolean {
  const name = entityNameOf(id);
  return (
    (name === 'deal' || name === 'contact' || name === 'company') &&
    workspace.collection(name as EntityName).byId(id)?.id === id
  );
}

function RowGroup(props: {
  readonly label: string;
  readonly rows: readonly Row[];
  /** Index of its first row in the whole list. */
  readonly from: number;
  readonly active: number;
  readonly query: string;
  readonly rowId: (index: number) => string;
  readonly onPoint: (index: number) => void;
  readonly onChoose: (row: Row, inNewTab: boolean) => void;
}): JSX.Element {
  return (
    <Show when={props.rows.length > 0}>
      <div role="group" aria-label={props.label}>
        <div class="menu__title" aria-hidden="true">
          {props.label}
        </div>
        <For each={props.rows}>
          {(row, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the text field.
            <div
              class="pal__row"
              classList={{ 'is-active': props.active === props.from + index() }}
              role="option"
              aria-selected={props.active === props.from + index()}
              id={props.rowId(props.from + index())}
              onPointerMove={() => props.onPoint(props.from + index())}
              onClick={(event) => props.onChoose(row, event.ctrlKey || event.metaKey)}
            >
              <Show when={recordOf(row)} fallback={<ActionFace action={row as Row & { kind: 'action' }} />}>
                {(id) => <RecordFace id={id()} query={props.query} />}
              </Show>
              <Show when={props.active === props.from + index() && row.kind === 'record'}>
                <span class="push">
                  <Kbd keys="Enter" />
                </span>
              </Show>
            </div>
          )}
        </For>
      </div>
    </Show>
  );
}

function ActionFace(props: { readonly action: PaletteAction }): JSX.Element {
  return (
    <>
      <span class="pal__i">
        <Dynamic component={props.action.icon} />
      </span>
      <span class="truncate">{props.action.label}</span>
      <Show when={props.action.keys}>
        {(keys) => (
          <span class="push">
            <Kbd keys={keys()} />
          </span>
        )}
      </Show>
    </>
  );
}

function RecordFace(props: { readonly id: string; readonly query: string }): JSX.Element {
  const workspace = useWorkspace();
  const entity = () => entityNameOf(props.id);
  const deal = () => (entity() === 'deal' ? workspace.collection('deal').byId(props.id) : undefined);
  const contact = () => (entity() === 'contact' ? workspace.collection('contact').byId(props.id) : undefined);
  const company = () => (entity() === 'company' ? workspace.collection('company').byId(props.id) : undefined);
  const companyName = (id: string | null) => workspace.collection('company').byId(id)?.name ?? '';
  return (
    <Switch>
      <Match when={company()}>
        {(found) => (
          <>
            <CompanyMark companyId={found().id} size={20} />
            <Marked text={found().name} query={props.query} isTitle />
            <span class="meta">Company</span>
          </>
        )}
      </Match>
      <Match when={contact()}>
        {(found) => (
          <>
            <ContactAvatar contactId={found().id} size={20} />
            <Marked text={contactName(found())} query={props.query} isTitle />
            <Meta parts={[found().jobTitle, companyName(found().company)]} join=", " query={props.query} />
          </>
        )}
      </Match>
      <Match when={deal()}>
        {(found) => (
          <>
            <span class="pal__g">
              <StageSign stageId={found().place[1]} />
            </span>
            <Marked text={found().title} query={props.query} isTitle />
            <Meta parts={[companyName(found().company), formatAmount(found().amount)]} join=" · " query={props.query} />
          </>
        )}
      </Match>
    </Switch>
  );
}

const formatAmount = (amount: Parameters<typeof formatMoney>[0] | null) => (amount === null ? '' : formatMoney(amount));

function Meta(props: {
  readonly parts: readonly string[];
  readonly join: string;
  readonly query: string;
}): JSX.Element {
  return (
    <span class="meta">
      <Marked text={props.parts.filter(Boolean).join(props.join)} query={props.query} />
    </span>
  );
}

function Marked(props: { readonly text: string; readonly query: string; readonly isTitle?: boolean }): JSX.Element {
  return (
    <span class={props.isTitle ? 'truncate fw-5' : ''}>
      <For each={highlight(props.text, props.query)}>
        {(segment) => (segment.isMatch ? <mark>{segment.text}</mark> : segment.text)}
      </For>
    </span>
  );
}

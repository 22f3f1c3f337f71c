import CloudOff from 'lucide-solid/icons/cloud-off';
import Mail from 'lucide-solid/icons/mail';
import Phone from 'lucide-solid/icons/phone';
import Split from 'lucide-solid/icons/split';
import { createSignal, type JSX } from 'solid-js';
import { Combobox, MultiCombobox } from '../combobox.tsx';
import { InlineField } from '../inline-field.tsx';
import { Select } from '../select.tsx';
import { SyncPill } from '../sync-pill.tsx';
import { Tag } from '../tag.tsx';
import { TextArea, TextField } from '../text-field.tsx';
import { Part, State } from './gallery-part.tsx';

const COUNTRIES = Array.from({ length: 2000 }, (_, index) => ({ id: `c${index}`, name: `Company ${index + 1}` }));

/** Things to write in, and where the data is. */
export function FieldsSection(): JSX.Element {
  const [name, setName] = createSignal('');
  const [email, setEmail] = createSignal('femke@kestrel');
  const [note, setNote] = createSignal('');
  const [field, setField] = createSignal<'email' | 'phone'>();
  const [company, setCompany] = createSignal<string>();
  const [several, setSeveral] = createSignal<readonly string[]>(['c1', 'c2']);
  const [title, setTitle] = createSignal('Head of Fleet');
  const [empty, setEmpty] = createSignal('');
  return (
    <>
      <Part title="Inputs">
        <State name="Rest">
          <TextField label="Name" size="sm" placeholder="Name" value={name()} onInput={setName} />
        </State>
        <State name="Error, says how to fix it">
          <TextField
            label="Email"
            size="sm"
            value={email()}
            onInput={setEmail}
            error={/\.\w+$/.test(email()) ? undefined : 'Add the ending, like .nl'}
          />
        </State>
        <State name="Hint, disabled">
          <TextField label="Address" size="sm" value="northlane" hint="Cannot be changed" disabled onInput={setName} />
        </State>
        <State name="Text area">
          <TextArea label="Note" value={note()} placeholder="What was agreed" onInput={setNote} />
        </State>
        <State name="Select">
          <Select
            label="Field"
            value={field()}
            placeholder="Choose a field"
            class={field() ? '' : 'is-none'}
            options={[
              { value: 'email', label: 'Email', icon: Mail },
              { value: 'phone', label: 'Phone', icon: Phone },
            ]}
            onChange={setField}
          />
        </State>
        <State name="Combobox of 2,000">
          <Combobox
            label="Company"
            options={COUNTRIES}
            optionValue={(option) => option.id}
            optionLabel={(option) => option.name}
            value={company()}
            clearLabel="No company"
            onCreate={(query) => setEmpty(query)}
            onChange={setCompany}
          />
        </State>
        <State name="Several">
          <MultiCombobox
            label="Companies"
            options={COUNTRIES}
            optionValue={(option) => option.id}
            optionLabel={(option) => option.name}
            values={several()}
            onChange={setSeveral}
          />
        </State>
      </Part>
      <Part title="Inline field" half>
        <dl class="props gallery__stack">
          <InlineRow name="Rest">
            <InlineField label="Job title" value={title()} text={title()} onCommit={(text) => void setTitle(text)} />
          </InlineRow>
          <InlineRow name="Hover">
            <InlineField
              label="Job title, hover"
              class="is-hover"
              value={title()}
              text={title()}
              onCommit={(text) => void setTitle(text)}
            />
          </InlineRow>
          <InlineRow name="Empty">
            <InlineField
              label="Title"
              placeholder="Add a title"
              value={empty()}
              text={empty()}
              onCommit={(text) => void setEmpty(text)}
            />
          </InlineRow>
          <InlineRow name="Refuses">
            <InlineField
              label="Email"
              value={email()}
              text={email()}
              onCommit={(text) => (/\.\w+$/.test(text) ? void setEmail(text) : 'Add the ending, like .nl')}
            />
          </InlineRow>
          <InlineRow name="A list">
            <InlineField<string | undefined>
              label="Company"
              popup
              placeholder="Add a company"
              value={company()}
              text={COUNTRIES.find((one) => one.id === company())?.name ?? ''}
              onCommit={(id) => void setCompany(id)}
            >
              {(edit) => (
                <Combobox
                  label="Company"
                  hideLabel
                  defaultOpen
                  initialQuery={edit.typed}
                  options={COUNTRIES}
                  optionValue={(option) => option.id}
                  optionLabel={(option) => option.name}
                  value={edit.draft()}
                  onChange={(id) => edit.commit(id)}
                  onOpenChange={(open) => open || edit.cancel()}
                />
              )}
            </InlineField>
          </InlineRow>
          <InlineRow name="A teammate">
            <div class="inline is-remote p-tangerine">
              <span>
                Head of Fl
                <span class="caret p-tangerine">
                  <span class="sr">Tomás is typing here</span>
                </span>
              </span>
              <span class="flag push">Tomás</span>
            </div>
          </InlineRow>
          <InlineRow name="Just changed">
            <InlineField
              label="Changed title"
              class="is-changed p-teal"
              value="Fleet Director"
              text="Fleet Director"
              aside={<span class="meta">Jonas, now</span>}
              onCommit={() => undefined}
            />
          </InlineRow>
          <InlineRow name="Not synced yet">
            <InlineField
              label="Unsynced title"
              value="Fleet Director"
              text="Fleet Director"
              aside={
                <span class="pendingdot">
                  <CloudOff class="lucide--sm" />
                </span>
              }
              onCommit={() => undefined}
            />
          </InlineRow>
          <InlineRow name="Two values">
            <InlineField
              label="Mobile"
              value="+47 906 12 447"
              text="+47 906 12 447"
              aside={
                <Tag tone="warning" icon={Split}>
                  2 kept
                </Tag>
              }
              onCommit={() => undefined}
            />
          </InlineRow>
        </dl>
      </Part>
      <Part title="Sync status" half>
        <div class="gallery__pills">
          <SyncPill look="synced" label="Synced" detail="just now" />
          <SyncPill look="syncing" label="Sending 3 changes" />
          <SyncPill look="offline" label="Offline" detail="14 to sync" />
          <SyncPill look="syncing" label="Catching up" detail="212 changes" />
          <SyncPill look="attention" label="Needs you" detail="2 changes" />
          <SyncPill look="local" label="On this device only" />
          <SyncPill look="offline" label="Offline" detail="14 to sync" compact />
        </div>
      </Part>
    </>
  );
}

function InlineRow(props: { readonly name: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <div class="prop">
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

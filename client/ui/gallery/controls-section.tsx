import Columns3 from 'lucide-solid/icons/columns-3';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Hourglass from 'lucide-solid/icons/hourglass';
import Mail from 'lucide-solid/icons/mail';
import Plus from 'lucide-solid/icons/plus';
import KanbanSquare from 'lucide-solid/icons/square-kanban';
import Star from 'lucide-solid/icons/star';
import Table2 from 'lucide-solid/icons/table-2';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import User from 'lucide-solid/icons/user';
import { createSignal, type JSX } from 'solid-js';
import { Button } from '../button.tsx';
import { Checkbox } from '../checkbox.tsx';
import { FilterChip } from '../filter-chip.tsx';
import { IconButton } from '../icon-button.tsx';
import { Picker } from '../picker.tsx';
import { RadioGroup } from '../radio-group.tsx';
import { Segmented } from '../segmented.tsx';
import { StageGlyph } from '../stage-glyph.tsx';
import { Badge, StatusWord } from '../status-word.tsx';
import { Switch } from '../switch.tsx';
import { Tabs } from '../tabs.tsx';
import { Tag } from '../tag.tsx';
import { Part, State } from './gallery-part.tsx';

const nothing = () => undefined;

/** Things to press and choose, and the words for states. */
export function ControlsSection(): JSX.Element {
  const [on, setOn] = createSignal(true);
  const [way, setWay] = createSignal<'fill' | 'update'>('fill');
  const [view, setView] = createSignal<'board' | 'table'>('board');
  const [tab, setTab] = createSignal('all');
  const [people, setPeople] = createSignal<readonly string[]>(['b']);
  return (
    <>
      <Part title="Buttons">
        <State name="Rest">
          <Button>Export</Button>
        </State>
        <State name="Hover">
          <Button class="is-hover">Export</Button>
        </State>
        <State name="Pressed">
          <Button class="is-press">Export</Button>
        </State>
        <State name="Focus">
          <Button class="is-focus">Export</Button>
        </State>
        <State name="Disabled">
          <Button disabled>Export</Button>
        </State>
        <State name="Primary">
          <Button variant="primary">New deal</Button>
        </State>
        <State name="With key">
          <Button variant="primary" icon={Plus} keys="N">
            New deal
          </Button>
        </State>
        <State name="Hover">
          <Button variant="primary" class="is-hover">
            New deal
          </Button>
        </State>
        <State name="Focus">
          <Button variant="primary" class="is-focus">
            New deal
          </Button>
        </State>
        <State name="Quiet">
          <Button variant="quiet">Cancel</Button>
        </State>
        <State name="Toggled">
          <Button pressed icon={Columns3}>
            Columns
          </Button>
        </State>
        <State name="Destroys">
          <Button variant="danger">Delete</Button>
        </State>
        <State name="Leads to it">
          <Button variant="danger-outline">Mark as lost</Button>
        </State>
        <State name="Small">
          <Button size="sm">Save view</Button>
        </State>
        <State name="Icon">
          <IconButton label="More" icon={Ellipsis} class="is-hover" />
        </State>
        <State name="Icon, toggled">
          <IconButton label="Favourite" icon={Star} pressed />
        </State>
      </Part>
      <Part title="Choices">
        <State name="Off, on, mixed, disabled">
          <span class="row row--6">
            <Checkbox aria-label="Off" checked={false} onChange={nothing} />
            <Checkbox aria-label="On" checked={on()} onChange={setOn} />
            <Checkbox aria-label="Mixed" checked={false} mixed onChange={nothing} />
            <Checkbox aria-label="Disabled" checked={false} disabled onChange={nothing} />
          </span>
        </State>
        <State name="With words">
          <Checkbox label="First row is a header" checked={on()} onChange={setOn} />
        </State>
        <State name="Follow-up">
          <span class="row row--6">
            <Checkbox round aria-label="Done, off" checked={false} onChange={nothing} />
            <Checkbox round aria-label="Done, on" checked onChange={nothing} />
          </span>
        </State>
        <State name="Switch">
          <span class="row row--12">
            <Switch label="Off" hideLabel checked={false} onChange={nothing} />
            <Switch label="On" hideLabel checked={on()} onChange={setOn} />
            <Switch label="Work unseen" hint="Teammates do not see where you are." checked={on()} onChange={setOn} />
          </span>
        </State>
        <State name="Radio group">
          <RadioGroup
            label="For all 37"
            value={way()}
            options={[
              { value: 'fill', label: 'Fill empty fields only', hint: 'Never replaces what you have' },
              { value: 'update', label: 'Update with file values' },
            ]}
            onChange={setWay}
          />
        </State>
        <State name="Segmented">
          <Segmented
            label="View"
            value={view()}
            options={[
              { value: 'board', label: 'Board', icon: KanbanSquare },
              { value: 'table', label: 'Table', icon: Table2 },
            ]}
            onChange={setView}
          />
        </State>
        <State name="Search and choose">
          <div class="popover" style={{ position: 'static', width: '220px' }}>
            <Picker
              label="Owner"
              multiple
              options={OPTIONS}
              optionValue={(option) => option.id}
              optionLabel={(option) => option.name}
              isChosen={(id) => people().includes(id)}
              onPick={(option) =>
                setPeople((before) =>
                  before.includes(option.id) ? before.filter((id) => id !== option.id) : [...before, option.id],
                )
              }
            />
          </div>
        </State>
      </Part>
      <Part title="Tabs and filters">
        <div style={{ height: '42px' }}>
          <Tabs
            label="Views"
            selected={tab()}
            onSelect={setTab}
            tabs={[
              { id: 'all', label: 'All contacts', count: '2,418' },
              { id: 'open', label: 'Open deals', count: '186', icon: Star, dirty: true },
              { id: 'quiet', label: 'Gone quiet', closable: true },
            ]}
          />
        </div>
        <span class="row row--6">
          <FilterChip field="Owner" icon={User} operator="is any of" value="6 people" onRemove={nothing} />
          <FilterChip
            field="Value"
            operator="is over"
            value="€10,000"
            edited
            operatorItems={[
              {
                kind: 'radio',
                value: 'over',
                options: [
                  { value: 'over', label: 'is over' },
                  { value: 'under', label: 'is under' },
                ],
                onChange: nothing,
              },
            ]}
            onRemove={nothing}
          >
            <p class="popover__pad">An editor for the value</p>
          </FilterChip>
          <FilterChip field="Close date" operator="before" value="31 Feb" invalid="No such day" onRemove={nothing} />
        </span>
      </Part>
      <Part title="Stages">
        <span class="stage">
          <StageGlyph type="open" position={0} count={4} hue="slate" />
          Lead
        </span>
        <span class="stage">
          <StageGlyph type="open" position={1} count={4} hue="sky" />
          Qualified
        </span>
        <span class="stage">
          <StageGlyph type="open" position={2} count={4} hue="indigo" />
          Proposal
        </span>
        <span class="stage">
          <StageGlyph type="open" position={3} count={4} hue="plum" />
          Negotiation
        </span>
        <span class="stage">
          <StageGlyph type="won" hue="won" />
          Won
        </span>
        <span class="stage">
          <StageGlyph type="lost" hue="lost" />
          Lost
        </span>
      </Part>
      <Part title="Status words">
        <StatusWord tone="danger" icon={Mail}>
          2 days late
        </StatusWord>
        <StatusWord tone="strong" icon={Mail}>
          today 16:30
        </StatusWord>
        <StatusWord icon={Mail}>Tue 24 Nov</StatusWord>
        <StatusWord tone="warning" icon={TriangleAlert}>
          No next step
        </StatusWord>
        <StatusWord tone="warning" icon={Hourglass}>
          Quiet 16 days
        </StatusWord>
        <Tag onRemove={nothing} removeLabel="Remove Cold chain">
          Cold chain
        </Tag>
        <Tag tone="success">Delivered</Tag>
        <Tag tone="warning">Invited</Tag>
        <Tag tone="danger">Bounced</Tag>
        <Tag tone="accent">New</Tag>
        <Badge>12</Badge>
        <Badge hot>3</Badge>
      </Part>
    </>
  );
}

const OPTIONS = [
  { id: 'a', name: 'Ada Brandt' },
  { id: 'b', name: 'Łukasz Nowak' },
  { id: 'c', name: 'Zoë Müller' },
];

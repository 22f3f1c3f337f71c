import ArrowRight from 'lucide-solid/icons/arrow-right';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Hourglass from 'lucide-solid/icons/hourglass';
import Trash from 'lucide-solid/icons/trash';
import User from 'lucide-solid/icons/user';
import { createSignal, type JSX } from 'solid-js';
import { Banner, Callout } from '../banner.tsx';
import { Breadcrumbs } from '../breadcrumbs.tsx';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { EmptyState } from '../empty-state.tsx';
import { IconButton } from '../icon-button.tsx';
import { Menu, type MenuItem } from '../menu.tsx';
import { Popover } from '../popover.tsx';
import { ProgressBar } from '../progress-bar.tsx';
import { ShortcutList } from '../shortcut-list.tsx';
import { Skeleton } from '../skeleton.tsx';
import { StepList } from '../step-list.tsx';
import type { Toaster } from '../toaster.tsx';
import { Part, State } from './gallery-part.tsx';

const nothing = () => undefined;

/** What floats, what lasts across the top, and what fills an empty place. */
export function OverlaysSection(props: { readonly toaster: Toaster; readonly theme: string }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  const [colour, setColour] = createSignal('sky');
  const items = (): MenuItem[] => [
    { kind: 'title', label: 'Cold-room sensors' },
    { label: 'Move to stage', icon: ArrowRight, keys: 'M', onSelect: nothing },
    { label: 'Change owner', icon: User, keys: 'O', onSelect: nothing },
    {
      kind: 'submenu',
      label: 'Colour',
      items: [
        {
          kind: 'radio',
          value: colour(),
          options: [
            { value: 'sky', label: 'Sky' },
            { value: 'plum', label: 'Plum' },
          ],
          onChange: setColour,
        },
      ],
    },
    { kind: 'check', label: 'Show won', checked: open(), onChange: setOpen },
    { kind: 'separator' },
    { label: 'Delete', icon: Trash, keys: 'Backspace', danger: true, onSelect: nothing },
  ];
  return (
    <>
      <Part title="Toast, tooltip, menu, popover, dialog">
        <Button
          onClick={() =>
            props.toaster.show({
              text: '4 contacts moved to Samuel',
              action: { label: 'Undo', keys: 'Mod+Z', run: nothing },
            })
          }
        >
          Show toast
        </Button>
        <Button
          onClick={() =>
            props.toaster.show({ tone: 'failed', text: 'The file could not be read. Nothing was imported.' })
          }
        >
          Show failure
        </Button>
        <Menu
          items={items()}
          trigger={(trigger) => <IconButton {...trigger} label="More" icon={Ellipsis} keys="." />}
        />
        <Popover label="About this" trigger={(trigger) => <Button {...trigger}>Popover</Button>}>
          <p class="popover__pad">A small surface beside its button.</p>
        </Popover>
        <Button onClick={() => setOpen(true)}>Dialog</Button>
        <Dialog
          open={open()}
          onOpenChange={setOpen}
          title="All keys"
          description="Single letters work outside text fields."
          width={760}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>Cancel</Button>
              <Button variant="primary" onClick={() => setOpen(false)}>
                Done
              </Button>
            </>
          }
        >
          <ShortcutList
            groups={[
              {
                title: 'Everywhere',
                items: [
                  { label: 'Search and commands', keys: ['Mod+K', '/'] },
                  { label: 'Undo', keys: ['Mod+Z'] },
                  { label: 'Go to deals', keys: ['G', 'D'], join: 'then' },
                ],
              },
              { title: 'Board', items: [{ label: 'Lift a card', keys: ['Space'] }] },
            ]}
          />
        </Dialog>
      </Part>
      <Part title="Banners and callouts">
        <div class="gallery__stack">
          <Banner
            tone="warning"
            actions={
              <Button size="sm" onClick={nothing}>
                Download my changes
              </Button>
            }
          >
            <strong>This device is almost full.</strong> What you do is kept in this tab until there is room.
          </Banner>
          <Banner tone="danger">The copy on this device cannot be read. Your team’s data is safe on the server.</Banner>
          <Banner
            actions={
              <Button size="sm" variant="primary">
                Reload
              </Button>
            }
          >
            A new version is ready. Your changes are saved, reload takes a second.
          </Banner>
          <Callout
            tone="warning"
            title="12 phone numbers have no country code"
            actions={<Button>Add +31 to these</Button>}
          >
            0612 445 90, 0611 220 14 and 10 more.
          </Callout>
          <Callout>Read on this device, nothing uploaded yet.</Callout>
        </div>
      </Part>
      <Part title="Where, how far, nothing here">
        <Breadcrumbs
          label={`Breadcrumbs, ${props.theme}`}
          items={[{ label: 'Contacts', href: '#' }, { label: 'Open deals', href: '#' }, { label: 'Ingrid Solberg' }]}
        />
        <StepList label="Import" current={1} steps={['Upload', 'Match columns', 'Check duplicates', 'Import']} />
        <div style={{ width: '240px' }}>
          <ProgressBar label="Importing" value={0.36} detail="3,200 of 8,800 rows" />
        </div>
        <div style={{ width: '160px' }}>
          <ProgressBar label="Reading the file" />
        </div>
        <div style={{ width: '160px' }} class="gallery__stack">
          <Skeleton width="80%" />
          <Skeleton />
        </div>
        <State name="Empty list">
          <EmptyState
            icon={Hourglass}
            title="No quiet deals"
            text="Every open deal was touched in the last 14 days."
            action={<Button>Show all deals</Button>}
          />
        </State>
      </Part>
    </>
  );
}

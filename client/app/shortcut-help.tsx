/** All keys that work (design guide, 5.1), in one dialog. Only what is there is listed. */
import type { JSX } from 'solid-js';
import { Dialog } from '../ui/dialog.tsx';
import { type ShortcutGroup, ShortcutList } from '../ui/shortcut-list.tsx';

const GROUPS: readonly ShortcutGroup[] = [
  {
    title: 'Everywhere',
    items: [
      { label: 'Search and commands', keys: ['Mod+K', '/'] },
      { label: 'Undo', keys: ['Mod+Z'] },
      { label: 'Redo', keys: ['Mod+Shift+Z'] },
      { label: 'New', keys: ['N'] },
      { label: 'Find in a list', keys: ['F'] },
      { label: 'Fold the sidebar', keys: ['['] },
      { label: 'All keys', keys: ['?'] },
      { label: 'Close, then clear the selection', keys: ['Escape'] },
    ],
  },
  {
    title: 'Go to',
    items: [
      { label: 'Today', keys: ['G', 'T'], join: 'then' },
      { label: 'Tasks', keys: ['G', 'K'], join: 'then' },
      { label: 'Calendar', keys: ['G', 'L'], join: 'then' },
      { label: 'Deals', keys: ['G', 'D'], join: 'then' },
      { label: 'Contacts', keys: ['G', 'C'], join: 'then' },
      { label: 'Companies', keys: ['G', 'O'], join: 'then' },
      { label: 'Settings', keys: ['G', 'S'], join: 'then' },
    ],
  },
  {
    title: 'Today and tasks',
    items: [
      { label: 'Line above or below', keys: ['ArrowUp', 'ArrowDown'] },
      { label: 'Done', keys: ['D'] },
      { label: 'Done, and plan the next step', keys: ['Shift+D'] },
      { label: 'Snooze', keys: ['S'] },
      { label: 'A day earlier or later, in Tasks', keys: ['Alt+ArrowUp', 'Alt+ArrowDown'] },
      { label: 'Reply', keys: ['R'] },
      { label: 'Call', keys: ['C'] },
      { label: 'Log what was said', keys: ['L'] },
      { label: 'Edit', keys: ['E'] },
      { label: 'Plan a follow-up', keys: ['P'] },
      { label: 'New task', keys: ['T'] },
      { label: 'Open', keys: ['Enter'] },
    ],
  },
  {
    title: 'Calendar',
    items: [
      { label: 'Day, week, month', keys: ['D', 'W', 'M'] },
      { label: 'Earlier and later', keys: ['ArrowLeft', 'ArrowRight'] },
      { label: 'Today', keys: ['Home'] },
      { label: 'New appointment', keys: ['N'] },
      { label: 'Move by a quarter of an hour', keys: ['Alt+ArrowUp', 'Alt+ArrowDown'] },
      { label: 'Move by a day', keys: ['Alt+ArrowLeft', 'Alt+ArrowRight'] },
      { label: 'Longer or shorter', keys: ['Alt+Shift+ArrowDown', 'Alt+Shift+ArrowUp'] },
    ],
  },
  {
    title: 'Board',
    items: [
      { label: 'Card above or below', keys: ['ArrowUp', 'ArrowDown'] },
      { label: 'Column', keys: ['ArrowLeft', 'ArrowRight'] },
      { label: 'Open', keys: ['Enter'] },
      { label: 'Lift and drop', keys: ['Space'] },
      { label: 'Move to a stage', keys: ['M'] },
      { label: 'Value', keys: ['E'] },
      { label: 'Owner', keys: ['O'] },
      { label: 'Close date', keys: ['D'] },
      { label: 'Select', keys: ['X'] },
      { label: 'Won', keys: ['W'] },
      { label: 'Lost', keys: ['Shift+W'] },
    ],
  },
  {
    title: 'Table',
    items: [
      { label: 'Cell', keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] },
      { label: 'Edit, or open in the name column', keys: ['Enter'] },
      { label: 'Open', keys: ['Mod+Enter'] },
      { label: 'Select', keys: ['X'] },
      { label: 'Select a range', keys: ['Shift+X'] },
      { label: 'Select all', keys: ['Mod+A'] },
      { label: 'First and last', keys: ['Home', 'End'] },
    ],
  },
  {
    title: 'Record',
    items: [
      { label: 'Next in the list', keys: ['J'] },
      { label: 'Previous in the list', keys: ['K'] },
      { label: 'Stage of a deal', keys: ['1', '9'] },
    ],
  },
];

export function ShortcutHelp(props: { readonly onClose: () => void }): JSX.Element {
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()} title="All keys" width={720}>
      <ShortcutList groups={GROUPS} />
    </Dialog>
  );
}

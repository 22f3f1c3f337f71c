/** Templates for notes: insert one, keep what was written as a new one, remove one. */
import LayoutTemplate from 'lucide-solid/icons/layout-template';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, type JSX, Show } from 'solid-js';
import { createRecord, deleteRecords } from '../../../shared/commands/record-commands.ts';
import { noteTemplate } from '../../../shared/entities/note-template.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { TextField } from '../../ui/text-field.tsx';

export function TemplateMenu(props: {
  readonly onPick: (markdown: string) => void;
  /** What is written now, as Markdown. */
  readonly current: () => string;
  /** After the question for a name: the menu it came from has nothing that could take the keys back. */
  readonly onAsked: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const [saving, setSaving] = createSignal<string>();
  const templates = () =>
    workspace
      .collection('noteTemplate')
      .all()
      .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const items = (): readonly MenuItem[] => [
    { kind: 'title', label: templates().length === 0 ? 'No templates yet' : 'Templates' },
    ...templates().map((template) => ({ label: template.name, onSelect: () => props.onPick(template.body) })),
    { kind: 'separator' },
    { label: 'Keep this text as a template', icon: Plus, onSelect: () => setSaving(props.current()) },
    ...(templates().length === 0
      ? []
      : [
          {
            kind: 'submenu' as const,
            label: 'Remove a template',
            icon: Trash,
            items: templates().map((template) => ({
              label: template.name,
              onSelect: () =>
                void attempt(() =>
                  workspace.run(`Template ${template.name} removed`, (tx) =>
                    deleteRecords(tx, { entity: noteTemplate, ids: [template.id] }),
                  ),
                ),
            })),
          },
        ]),
  ];
  return (
    <>
      <Menu
        placement="top-start"
        items={items()}
        trigger={(trigger) => <IconButton {...trigger} size="sm" icon={LayoutTemplate} label="Templates" />}
      />
      <Show when={saving() !== undefined}>
        <SaveTemplate
          body={saving() ?? ''}
          onClose={() => {
            setSaving(undefined);
            requestAnimationFrame(() => document.activeElement === document.body && props.onAsked());
          }}
        />
      </Show>
    </>
  );
}

function SaveTemplate(props: { readonly body: string; readonly onClose: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const [name, setName] = createSignal('');
  const [refused, setRefused] = createSignal<string>();
  function save(): void {
    if (props.body.trim() === '') {
      setRefused('Write the text first, then keep it as a template.');
      return;
    }
    const values = { name: name().trim(), body: props.body };
    const sentence = attempt(() =>
      workspace.run(`Template ${values.name} kept`, (tx) => createRecord(tx, { entity: noteTemplate, values })),
    );
    setRefused(sentence);
    if (sentence === undefined) props.onClose();
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title="Keep as a template"
      width={420}
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button variant="primary" onClick={save}>
            Keep template
          </Button>
        </>
      }
    >
      <DialogForm onSubmit={save}>
        <TextField label="Name" placeholder="First call" autofocus value={name()} onInput={setName} error={refused()} />
      </DialogForm>
    </Dialog>
  );
}

/** What the editor offers while somebody writes: whom to mention, what to link to, templates, and colours for carets. */
import { createComponent, getOwner, untrack } from 'solid-js';
import { render } from 'solid-js/web';
import { contactName } from '../../../shared/entities/contact.ts';
import { entities, recordTitle } from '../../../shared/entities/registry.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import type { FileInText } from '../../../shared/model/rich-parts.ts';
import { foldText } from '../../../shared/model/text-order.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import { personClass } from '../../ui/avatar.tsx';
import { useToaster } from '../../ui/toaster.tsx';
import { giveFiles } from '../files/attach-events.ts';
import { type PastedPictures, picturesLost } from './pasted-pictures.ts';
import { TextFile } from './text-file.tsx';

export interface MentionItem {
  readonly id: string;
  /** What the text says. */
  readonly label: string;
  /** Who or what it is, beside the name in the list. */
  readonly about: string;
}

export interface TemplateItem {
  readonly name: string;
  /** Markdown. */
  readonly body: string;
}

export interface EditorSources {
  mentions(query: string): readonly MentionItem[];
  templates(): readonly TemplateItem[];
  /** The class with a person's colours. */
  colourOf(memberId: string): string;
  /** What a text says of a file of the record; undefined when there is none of this id. */
  fileFacts(id: string): Promise<FileInText | undefined>;
  /**
   * Puts pictures that were pasted with words on the record and into the text, at their places (`picture-places.ts`), and
   * says how many did not come along.
   */
  takePictures(text: HTMLElement, pictures: PastedPictures): void;
  /** Draws a file of the text into a place; returns how to take it away. */
  showFile(place: HTMLElement, file: FileInText): () => void;
}

const MOST_MEMBERS = 5;
const MOST_RECORDS = 6;

export function createEditorSources(workspace: Workspace = useWorkspace()): EditorSources {
  const members = () => workspace.collection('member');
  const owner = getOwner();
  const toaster = useToaster();
  return {
    mentions: (query) =>
      untrack(() => {
        const folded = foldText(query.trim());
        const teammates = [...members().each()]
          .filter(({ role }) => role !== null)
          .filter(
            (member) =>
              foldText(member.name)
                .split(/\s+/)
                .some((word) => word.startsWith(folded)) || foldText(member.name).startsWith(folded),
          )
          .slice(0, MOST_MEMBERS)
          .map((member) => ({ id: member.id, label: member.name.split(' ')[0] ?? member.name, about: member.name }));
        return folded === '' ? teammates : [...teammates, ...recordItems(workspace, query)];
      }),
    templates: () =>
      untrack(() =>
        [...workspace.collection('noteTemplate').each()]
          .sort((left, right) => (left.rank + left.name < right.rank + right.name ? -1 : 1))
          .map(({ name, body }) => ({ name, body })),
      ),
    async fileFacts(id) {
      const record = untrack(() => workspace.collection('file').peek(id));
      if (!record) return undefined;
      const { hash, name, type } = record;
      const bytes = record.bytes ?? 0;
      const content = await untrack(workspace.files)
        ?.open({ hash, name, type, bytes })
        .catch(() => undefined);
      return { id, hash, name, type, bytes, ...(await sizeOf(type, content)) };
    },
    takePictures(text, pictures) {
      const files = pictures.filter((each) => each !== null);
      const lost = pictures.length - files.length;
      // The page says it when the files are there: what it says of them would take the place of these words.
      const said = lost > 0 ? [picturesLost(lost)] : [];
      if (files.length > 0 && giveFiles({ text, files, said })) return;
      toaster?.show({ tone: 'failed', text: picturesLost(lost + files.length) });
    },
    showFile: (place, file) =>
      render(() => createComponent(TextFile, { file, isEdited: true }), place, undefined, owner ? { owner } : {}),
    colourOf: (memberId) => personClass(untrack(() => members().peek(memberId)?.joinOrder ?? 0)),
  };
}

/** Of a picture; what cannot be drawn has none. */
async function sizeOf(type: string, content: Blob | undefined): Promise<Pick<FileInText, 'width' | 'height'>> {
  const unknown = { width: null, height: null };
  if (content === undefined || !type.startsWith('image/')) return unknown;
  const picture = await createImageBitmap(content).catch(() => undefined);
  if (picture === undefined) return unknown;
  const { width, height } = picture;
  picture.close();
  return { width, height };
}

function recordItems(workspace: Workspace, query: string): readonly MentionItem[] {
  return workspace.search(query, { limit: MOST_RECORDS }).flatMap(({ entity, id }) => {
    const record = workspace.collection(entity).peek(id) as unknown as AnyRecord | undefined;
    if (!record) return [];
    const contact = entity === 'contact' ? workspace.collection('contact').peek(id) : undefined;
    const label = contact ? contactName(contact) : recordTitle(entities, record);
    return [{ id, label, about: entities[entity].label }];
  });
}

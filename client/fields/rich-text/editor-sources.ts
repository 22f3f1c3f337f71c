/** What the editor offers while somebody writes: whom to mention, what to link to, templates, and colours for carets. */
import { untrack } from 'solid-js';
import { contactName } from '../../../shared/entities/contact.ts';
import { entities, recordTitle } from '../../../shared/entities/registry.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { foldText } from '../../../shared/model/text-order.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import { personClass } from '../../ui/avatar.tsx';

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
}

const MOST_MEMBERS = 5;
const MOST_RECORDS = 6;

export function createEditorSources(workspace: Workspace = useWorkspace()): EditorSources {
  const members = () => workspace.collection('member');
  return {
    mentions: (query) =>
      untrack(() => {
        const folded = foldText(query.trim());
        const teammates = [...members().each()]
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
    colourOf: (memberId) => personClass(untrack(() => members().peek(memberId)?.joinOrder ?? 0)),
  };
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

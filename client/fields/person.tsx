/** People and companies wherever they are named: avatar, name, mark, link. */
import { createMemo, type JSX, Show } from 'solid-js';
import { contactName } from '../../shared/entities/contact.ts';
import { useWorkspace } from '../data/workspace.ts';
import { Avatar, type AvatarProps } from '../ui/avatar.tsx';
import { Mark, type MarkProps } from '../ui/mark.tsx';
import { followReference, recordHref } from './reference.ts';

/** A teammate's tinted initials. Decorative where the name stands beside it. */
export function MemberAvatar(props: {
  readonly memberId: string | null;
  readonly size?: AvatarProps['size'];
  readonly decorative?: boolean;
}): JSX.Element {
  const workspace = useWorkspace();
  const member = createMemo(() => workspace.collection('member').byIdInTrash(props.memberId));
  return (
    <Show when={props.memberId}>
      <Avatar
        name={member()?.name || 'Unknown teammate'}
        colour={member()?.joinOrder ?? 0}
        size={props.size ?? 18}
        decorative={props.decorative}
      />
    </Show>
  );
}

/** A teammate's name; with `short` only the first one, as in narrow columns. */
export function MemberName(props: { readonly memberId: string | null; readonly short?: boolean }): JSX.Element {
  const workspace = useWorkspace();
  const name = () => {
    const member = workspace.collection('member').byIdInTrash(props.memberId);
    const full = member?.name || member?.email || 'Unknown teammate';
    return props.short ? (full.split(' ')[0] ?? full) : full;
  };
  return <Show when={props.memberId}>{name()}</Show>;
}

/** A contact's pale initials; the name always stands beside them. */
export function ContactAvatar(props: { readonly contactId: string; readonly size?: AvatarProps['size'] }): JSX.Element {
  const workspace = useWorkspace();
  const name = () => {
    const contact = workspace.collection('contact').byIdInTrash(props.contactId);
    return contact ? contactName(contact) : '';
  };
  return <Avatar name={name()} tone="contact" size={props.size ?? 22} decorative />;
}

/** The square sign of a company. */
export function CompanyMark(props: {
  readonly companyId: string | null;
  readonly size?: MarkProps['size'];
}): JSX.Element {
  const workspace = useWorkspace();
  const name = () => workspace.collection('company').byIdInTrash(props.companyId)?.name ?? '';
  return (
    <Show when={name()}>
      <Mark name={name()} size={props.size ?? 16} />
    </Show>
  );
}

/** A record's name as a link to its page. What is deleted or missing says so and, when deleted, still leads there. */
export function RecordLink(props: {
  readonly id: string;
  readonly class?: string;
  readonly tabIndex?: number;
  /** Replaces the title as the visible text. */
  readonly children?: JSX.Element;
}): JSX.Element {
  const workspace = useWorkspace();
  const target = createMemo(() => followReference(workspace, props.id));
  const href = () => (target().state === 'missing' ? undefined : recordHref(target().record?.id ?? props.id));
  const text = () => (target().state === 'deleted' ? `${target().title} (deleted)` : target().title);
  return (
    <Show when={href()} fallback={<span class={`truncate fg-3 ${props.class ?? ''}`}>{props.children ?? text()}</span>}>
      {(address) => (
        <a
          href={address()}
          class={`truncate ${props.class ?? ''}`}
          classList={{ 'fg-3': target().state === 'deleted' }}
          tabIndex={props.tabIndex}
          title={text()}
        >
          {props.children ?? text()}
        </a>
      )}
    </Show>
  );
}

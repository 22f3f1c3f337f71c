/** A formatted text as it is read: without the editor's code, with mentions that follow what they name. */
import './rich-text.css';
import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { entityNameOf } from '../../../shared/model/id.ts';
import { fileOfNode } from '../../../shared/model/rich-parts.ts';
import { mentionText, type RichDoc, type RichMark, type RichNode } from '../../../shared/model/rich-text.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { RecordLink } from '../person.tsx';
import { TextFile } from './text-file.tsx';

export function RichView(props: { readonly doc: RichDoc }): JSX.Element {
  return (
    <div class="doc rich">
      <Nodes nodes={props.doc.content} />
    </div>
  );
}

function Nodes(props: { readonly nodes: readonly RichNode[] | undefined }): JSX.Element {
  return <For each={props.nodes}>{(node) => <NodeView node={node} />}</For>;
}

const TAGS: Readonly<Record<string, string>> = {
  paragraph: 'p',
  bulletList: 'ul',
  listItem: 'li',
  blockquote: 'blockquote',
  tableRow: 'tr',
  tableHeader: 'th',
  tableCell: 'td',
};

function NodeView(props: { readonly node: RichNode }): JSX.Element {
  const attr = (name: string) => props.node.attrs?.[name];
  /** Their sizes differ, their rank does not: what stands over them is a heading of the second rank in one place and of
   * the third in another. */
  const level = () => Math.min(3, Math.max(1, Number(attr('level')) || 1));
  return (
    <Switch
      fallback={
        <Dynamic component={TAGS[props.node.type] ?? 'div'}>
          <Show when={props.node.content} fallback={<br />}>
            <Nodes nodes={props.node.content} />
          </Show>
        </Dynamic>
      }
    >
      <Match when={props.node.type === 'text'}>
        <Marked text={props.node.text ?? ''} marks={props.node.marks ?? []} />
      </Match>
      <Match when={props.node.type === 'hardBreak'}>
        <br />
      </Match>
      <Match when={props.node.type === 'horizontalRule'}>
        <hr />
      </Match>
      <Match when={props.node.type === 'mention'}>
        <Mention node={props.node} />
      </Match>
      <Match when={props.node.type === 'file'}>
        <TextFile file={fileOfNode(props.node)} />
      </Match>
      <Match when={props.node.type === 'heading'}>
        <h3 class={`rich__h${level()}`}>
          <Nodes nodes={props.node.content} />
        </h3>
      </Match>
      <Match when={props.node.type === 'orderedList'}>
        <ol start={Number(attr('start')) || 1}>
          <Nodes nodes={props.node.content} />
        </ol>
      </Match>
      <Match when={props.node.type === 'taskList'}>
        <ul class="todo">
          <Nodes nodes={props.node.content} />
        </ul>
      </Match>
      <Match when={props.node.type === 'taskItem'}>
        <li data-checked={attr('checked') === true}>
          <span class="rich__check" aria-hidden="true" />
          <div>
            <span class="sr">{attr('checked') === true ? 'Done: ' : 'To do: '}</span>
            <Nodes nodes={props.node.content} />
          </div>
        </li>
      </Match>
      <Match when={props.node.type === 'codeBlock'}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>
          <code>
            <Nodes nodes={props.node.content} />
          </code>
        </pre>
      </Match>
      <Match when={props.node.type === 'table'}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <div class="rich__table" tabIndex={0} role="group" aria-label="Table">
          <table>
            <tbody>
              <Nodes nodes={props.node.content} />
            </tbody>
          </table>
        </div>
      </Match>
    </Switch>
  );
}

const MARK_TAGS: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  underline: 'u',
  code: 'code',
};

/** What a link in a text may lead to. */
const SAFE_LINK = /^(https?:|mailto:|tel:|sms:|\/)/i;

function Marked(props: { readonly text: string; readonly marks: readonly RichMark[] }): JSX.Element {
  const first = () => props.marks[0];
  const rest = () => <Marked text={props.text} marks={props.marks.slice(1)} />;
  const href = () => {
    const value = first()?.type === 'link' ? first()?.attrs?.href : undefined;
    return typeof value === 'string' && SAFE_LINK.test(value) ? value : undefined;
  };
  return (
    <Show when={first()} fallback={props.text}>
      <Show when={href()} fallback={<Dynamic component={MARK_TAGS[first()?.type ?? ''] ?? 'span'}>{rest()}</Dynamic>}>
        {(address) => (
          <a
            href={address()}
            {...(address().startsWith('http') ? { target: '_blank', rel: 'noopener noreferrer nofollow' } : {})}
          >
            {rest()}
          </a>
        )}
      </Show>
    </Show>
  );
}

/** A teammate by the name they have now, also when they left; a record as a link that says when it is gone. */
function Mention(props: { readonly node: RichNode }): JSX.Element {
  const workspace = useWorkspace();
  const id = () => (typeof props.node.attrs?.id === 'string' ? props.node.attrs.id : '');
  const isMember = () => entityNameOf(id()) === 'member' || id() === '';
  const member = createMemo(() => workspace.collection('member').byIdInTrash(id()));
  return (
    <Show when={isMember()} fallback={<RecordLink id={id()} class="mention" />}>
      <span class="mention" classList={{ 'is-me': id() === workspace.me().memberId }} title={member()?.name}>
        {member() ? `@${member()?.name.split(' ')[0]}` : mentionText(props.node)}
      </span>
    </Show>
  );
}

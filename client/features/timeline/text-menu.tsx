/** Takes a text along: to the clipboard plain or as Markdown, or as a file. */
import Copy from 'lucide-solid/icons/copy';
import Download from 'lucide-solid/icons/download';
import type { JSX } from 'solid-js';
import { markdownOf } from '../../../shared/model/rich-markdown.ts';
import { plainTextOf, type RichDoc } from '../../../shared/model/rich-text.ts';
import { copyText } from '../../platform/clipboard.ts';
import { download, fileName } from '../../platform/download.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { type Toaster, useToaster } from '../../ui/toaster.tsx';

/** The rows that take a text along; `parts` name its file. */
export function textItems(doc: RichDoc, parts: readonly string[], toaster: Toaster | undefined): readonly MenuItem[] {
  async function copy(text: string): Promise<void> {
    const done = await copyText(text);
    toaster?.show(
      done ? { text: 'Text copied' } : { tone: 'failed', text: 'The browser did not let the text be copied.' },
    );
  }
  return [
    { label: 'Copy text', icon: Copy, onSelect: () => void copy(plainTextOf(doc)) },
    { label: 'Copy as Markdown', icon: Copy, onSelect: () => void copy(markdownOf(doc)) },
    {
      label: 'Download as Markdown',
      icon: Download,
      onSelect: () => download(fileName(parts, 'md'), new Blob([markdownOf(doc)], { type: 'text/markdown' })),
    },
  ];
}

/** They alone, for a brief. */
export function TextMenu(props: { readonly doc: RichDoc; readonly name: string }): JSX.Element {
  const toaster = useToaster();
  return <MoreMenu size="sm" label="More for the brief" items={textItems(props.doc, [props.name, 'brief'], toaster)} />;
}

/** What a file is to the person who looks at it: its sign, and whether it can be shown here. */

import FileIcon from 'lucide-solid/icons/file';
import FileArchive from 'lucide-solid/icons/file-archive';
import FileImage from 'lucide-solid/icons/file-image';
import FileSpreadsheet from 'lucide-solid/icons/file-spreadsheet';
import FileText from 'lucide-solid/icons/file-text';
import type { FileRecord } from '../../../shared/entities/file.ts';
import type { FileFacts } from '../../data/files.ts';
import type { Icon } from '../../ui/icon.ts';

/** `image`: shown in a dialog. `pdf`: in a tab of its own, by the browser's reader. `other`: saved. */
export type FileLook = 'image' | 'pdf' | 'other';

/** Pictures that cannot hold a script. SVG can: it is saved like any other file. */
const IMAGES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
]);

export function lookOf({ type }: Pick<FileRecord, 'type'>): FileLook {
  if (IMAGES.has(type)) return 'image';
  return type === 'application/pdf' ? 'pdf' : 'other';
}

const ICONS: readonly (readonly [RegExp, Icon])[] = [
  [/\.(png|jpe?g|gif|webp|avif|bmp|svg|heic|tiff?)$/i, FileImage],
  [/\.(pdf|docx?|odt|rtf|txt|md|pages|eml)$/i, FileText],
  [/\.(xlsx?|ods|csv|tsv|numbers)$/i, FileSpreadsheet],
  [/\.(zip|gz|tgz|rar|7z|tar)$/i, FileArchive],
];

export function iconOf({ name }: Pick<FileRecord, 'name'>): Icon {
  return ICONS.find(([pattern]) => pattern.test(name))?.[1] ?? FileIcon;
}

export function factsOf({ hash, name, type, bytes }: FileRecord): FileFacts {
  return { hash, name, type, bytes: bytes ?? 0 };
}

/** Hands a file to the person: the browser asks where to, or puts it into the downloads folder. */
export function download(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // Some browsers read the address only after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `Northlane contacts 2026-11-22.csv`; characters that file systems refuse become spaces. */
export function fileName(parts: readonly string[], extension: string): string {
  const name = parts
    .join(' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go.
    .replace(/[\u0000-\u001f\\/:*?"<>|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120);
  return `${name || 'Rapport'}.${extension}`;
}

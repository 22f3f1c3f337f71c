/** Files on their way to the server and back, and what the server says about them in words. */

export type SendResult =
  | { readonly kind: 'stored' }
  /** Not reached, or not able right now: tried again. */
  | { readonly kind: 'offline' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'refused'; readonly sentence: string };

export type FetchResult =
  | { readonly kind: 'here'; readonly content: Blob }
  | { readonly kind: 'offline' }
  | { readonly kind: 'signed-out' }
  /** The device that added it has not sent it. */
  | { readonly kind: 'not-there' };

export interface FileLimits {
  /** Bytes of one file. */
  readonly largest: number;
}

export interface FileTransport {
  /** `onProgress`: bytes that were sent. */
  send(hash: string, content: Blob, onProgress: (sent: number) => void): Promise<SendResult>;
  fetch(hash: string): Promise<FetchResult>;
  /** Which of these the server lacks, and which were erased with the person they were about; null when it cannot be asked. */
  missing(hashes: readonly string[]): Promise<MissingFiles | null>;
  /** Null when the server cannot be asked. */
  limits(): Promise<FileLimits | null>;
}

export interface MissingFiles {
  readonly missing: readonly string[];
  readonly gone: readonly string[];
}

export function createFileTransport(): FileTransport {
  return {
    // Unlike fetch, XMLHttpRequest says how far it is.
    send: (hash, content, onProgress) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open('PUT', `/api/files/${hash}`);
        request.upload.onprogress = (event) => onProgress(event.loaded);
        request.onerror = request.onabort = request.ontimeout = () => resolve({ kind: 'offline' });
        request.onload = () => resolve(resultOf(request.status, request.responseText));
        // A type would be a claim nobody reads.
        request.setRequestHeader('Content-Type', 'application/octet-stream');
        request.send(content);
      }),
    async fetch(hash) {
      const answer = await fetch(`/api/files/${hash}`, { cache: 'no-store' }).catch(() => null);
      if (answer?.status === 401) return { kind: 'signed-out' };
      if (answer?.status === 404) return { kind: 'not-there' };
      const content = answer?.ok ? await answer.blob().catch(() => null) : null;
      return content === null ? { kind: 'offline' } : { kind: 'here', content };
    },
    async missing(hashes) {
      const answer = await fetch('/api/files/missing', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ hashes }),
      }).catch(() => null);
      const raw = answer?.ok ? ((await answer.json().catch(() => null)) as Record<string, unknown> | null) : null;
      return Array.isArray(raw?.missing) ? { missing: textsOf(raw.missing), gone: textsOf(raw.gone) } : null;
    },
    async limits() {
      const answer = await fetch('/api/files', { cache: 'no-store' }).catch(() => null);
      const raw = answer?.ok ? ((await answer.json().catch(() => null)) as { largest?: unknown } | null) : null;
      return typeof raw?.largest === 'number' ? { largest: raw.largest } : null;
    },
  };
}

const textsOf = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];

function resultOf(status: number, body: string): SendResult {
  if (status >= 200 && status < 300) return { kind: 'stored' };
  if (status === 401) return { kind: 'signed-out' };
  const isFinal = status === 507 || (status >= 400 && status < 500 && status !== 408 && status !== 429);
  return isFinal ? { kind: 'refused', sentence: sentenceOf(body) } : { kind: 'offline' };
}

function sentenceOf(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: { message?: unknown } };
    if (typeof error?.message === 'string') return error.message;
  } catch {
    // Not our server's words.
  }
  return 'The server would not take it. It is safe on this device.';
}

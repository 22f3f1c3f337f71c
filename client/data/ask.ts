/** A question to the server's HTTP API that needs a connection. A refusal comes back as a sentence for people, never as an exception. */

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: object | undefined;
  /** What is said when no server answers. */
  readonly unreached?: string;
}

const UNREACHED = 'This needs your server, which cannot be reached right now. Everything else keeps working.';

export async function ask(
  path: string,
  { method = 'GET', body, unreached = UNREACHED }: Question = {},
): Promise<Answer<unknown>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      cache: 'no-store',
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch {
    return { ok: false, message: unreached };
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return { ok: true, value: answer };
  return { ok: false, message: textOf(objectOf(objectOf(answer).error).message) || unreached };
}

export const post = (path: string, body: object): Promise<Answer<unknown>> => ask(path, { method: 'POST', body });

// An answer is read part by part; what is missing or of another kind is empty.

export const objectOf = (raw: unknown): Partial<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null ? raw : {};
export const textOf = (raw: unknown): string => (typeof raw === 'string' ? raw : '');
export const numberOf = (raw: unknown): number | null => (typeof raw === 'number' ? raw : null);

export function listOf(raw: unknown, key: string): readonly unknown[] {
  const list = objectOf(raw)[key];
  return Array.isArray(list) ? list : [];
}

import { useParams } from '@solidjs/router';
import { type Accessor, createResource } from 'solid-js';
import type { Answer, Refusal } from './account-api.ts';

/** What the server says of the link that somebody followed, `/…/:token`. Neither while it is asked for the first time. */
export interface Link<T> {
  readonly token: Accessor<string>;
  readonly found: Accessor<T | undefined>;
  readonly refused: Accessor<Refusal | undefined>;
  /** Asks again; the last answer stays until there is another. */
  readonly retry: () => void;
}

/** @param find never throws. */
export function createLink<T>(find: (token: string) => Promise<Answer<T>>): Link<T> {
  const params = useParams<{ token: string }>();
  const [answer, { refetch }] = createResource(() => params.token, find);
  return {
    token: () => params.token,
    found() {
      const last = answer.latest;
      return last?.ok ? last.value : undefined;
    },
    refused() {
      const last = answer.latest;
      return last && !last.ok ? last.refusal : undefined;
    },
    retry: () => void refetch(),
  };
}

/** What load processes are told and what they answer. */
import type { Dialect } from './dialect.ts';

/** After so long without anything new, what is missing is lost. */
export const SILENCE_MS = 5_000;

export interface Target {
  readonly dialect: Dialect;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly room: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type CrewCommand =
  /** `count` devices, each of which edits so many records. */
  | {
      readonly do: 'join';
      readonly target: Target;
      readonly count: number;
      readonly first: number;
      readonly records: number;
    }
  /** Everybody edits for so long, `window` edits ahead of what they have received from each of the `others`. */
  | { readonly do: 'burst'; readonly ms: number; readonly window: number; readonly others: number }
  | { readonly do: 'pace'; readonly ms: number; readonly perSecond: number }
  /** Waits until each has received all that the others sent. */
  | { readonly do: 'drain'; readonly total: number }
  | { readonly do: 'cut' }
  /** All come back at once, each with `edits` new ones, and are done when each has everybody's. */
  | { readonly do: 'return'; readonly edits: number; readonly everybody: number; readonly round: number }
  | { readonly do: 'leave' };

export interface CrewAnswer {
  readonly sent: number;
  /** Edits of others that arrived, until the end of the command. */
  readonly delivered: number;
  readonly latenciesMs: readonly number[];
  readonly missing: number;
  /** CPU of the process meanwhile. */
  readonly cpuMs: number;
  readonly uploadedEdits: number;
  readonly problem: string | null;
}

/** The state every account form shares: what was typed, what was refused and why, and that nothing typed is lost. */
import { type Accessor, createSignal } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { Answer, Refusal } from './account-api.ts';

export interface AccountForm<K extends string> {
  readonly values: Readonly<Record<K, string>>;
  /** Sets one value; what was refused about it is forgotten. */
  readonly set: (key: K, value: string) => void;
  /** Why a field cannot be used: what was found here before asking, else what the server said. */
  readonly errorOf: (key: K) => string | undefined;
  /** A refusal that belongs to no field. */
  readonly problem: Accessor<string | undefined>;
  readonly isBusy: Accessor<boolean>;
  readonly submit: (event: SubmitEvent) => void;
}

export interface AccountFormOptions<K extends string> {
  readonly initial: Record<K, string>;
  /** A sentence per field that cannot be sent as it is. */
  readonly check: (values: Readonly<Record<K, string>>) => Partial<Record<K, string>>;
  readonly send: (values: Readonly<Record<K, string>>) => Promise<Answer<unknown>>;
  readonly onDone: () => Promise<void>;
  /** Refusals that are about a field although the server names none. */
  readonly fieldOfCode?: Readonly<Record<string, NoInfer<K>>>;
}

export function createAccountForm<K extends string>(options: AccountFormOptions<K>): AccountForm<K> {
  const [values, setValues] = createStore<Record<string, string>>({ ...options.initial });
  const [errors, setErrors] = createStore<Record<string, string | undefined>>({});
  const [problem, setProblem] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const keys = Object.keys(options.initial) as K[];
  const typed = () => values as Readonly<Record<K, string>>;

  function showErrors(found: Partial<Record<string, string>>, form: HTMLFormElement): void {
    for (const key of keys) setErrors(key, found[key]);
    const first = keys.find((key) => found[key] !== undefined);
    if (first !== undefined) form.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }

  function showRefusal(refusal: Refusal, form: HTMLFormElement): void {
    const field = options.fieldOfCode?.[refusal.code];
    const fields = field === undefined ? refusal.fields : { [field]: refusal.message };
    showErrors(fields, form);
    setProblem(keys.some((key) => fields[key] !== undefined) ? undefined : refusal.message);
  }

  async function send(form: HTMLFormElement): Promise<void> {
    setProblem(undefined);
    const found = options.check(typed());
    showErrors(found, form);
    if (Object.values(found).some((each) => each !== undefined)) return;
    setBusy(true);
    const answer = await options.send({ ...typed() });
    if (answer.ok) await options.onDone();
    else showRefusal(answer.refusal, form);
    setBusy(false);
  }

  return {
    values: values as Readonly<Record<K, string>>,
    set(key, value) {
      setValues(key as string, value);
      setErrors(key as string, undefined);
    },
    errorOf: (key) => errors[key],
    problem,
    isBusy,
    submit(event) {
      event.preventDefault();
      if (!isBusy()) void send(event.currentTarget as HTMLFormElement);
    },
  };
}

/** A password has no other rule than its length: long beats odd (NIST SP 800-63B). The server says the same. */
export const SHORTEST_PASSWORD = 10;

export const emailProblem = (email: string): string | undefined =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? undefined : 'Write it like name@company.com.';

export const passwordProblem = (password: string): string | undefined =>
  [...password].length >= SHORTEST_PASSWORD ? undefined : `Use at least ${SHORTEST_PASSWORD} characters.`;

export const missing = (value: string, sentence: string): string | undefined =>
  value.trim() === '' ? sentence : undefined;

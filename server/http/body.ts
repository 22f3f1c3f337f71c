/** Reads a JSON body with a valibot schema and reports every issue at once. */
import * as v from 'valibot';
import { fail, ok, type Result } from '../../shared/model/result.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../auth/auth.ts';
import { ApiError, type Issue } from './errors.ts';
import type { AppContext } from './services.ts';

export async function readJson(c: AppContext): Promise<unknown> {
  const isJson = c.req.header('content-type')?.toLowerCase().startsWith('application/json') ?? false;
  if (!isJson) throw new ApiError(415, 'not-json', 'This address takes JSON.');
  const parsed = parseJson(await c.req.text());
  if (!parsed.ok) throw new ApiError(400, 'not-json', 'The request is not readable JSON.');
  return parsed.value;
}

function parseJson(text: string): Result<unknown, null> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return fail(null);
  }
}

/** @throws ApiError 422 with every issue. */
export async function readBody<S extends v.GenericSchema>(c: AppContext, schema: S): Promise<v.InferOutput<S>> {
  const result = v.safeParse(schema, await readJson(c));
  if (result.success) return result.output;
  const issues: Issue[] = result.issues.map((issue) => ({
    field: v.getDotPath(issue) ?? '',
    code: issue.type === 'object' || issue.received === 'undefined' ? 'required' : 'invalid',
    message: issue.message,
  }));
  throw new ApiError(422, 'invalid', issues[0]?.message ?? 'Some values are not right.', issues);
}

const line = (label: string, longest: number) =>
  v.pipe(
    v.string(`${label} is missing.`),
    v.trim(),
    v.minLength(1, `${label} cannot be empty.`),
    v.maxLength(longest, `${label} is too long: at most ${longest} characters.`),
    v.check((text) => !/\p{Cc}/u.test(text), `${label} holds characters that cannot be shown.`),
  );

export const personName = line('The name', 120);
export const spaceName = line('The space’s name', 80);
export const workspaceName = line('The workspace’s name', 120);

export const emailAddress = v.pipe(
  v.string('The e-mail address is missing.'),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(254, 'This e-mail address is too long.'),
  v.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'This does not look like an e-mail address.'),
);

export const newPassword = v.pipe(
  v.string('The password is missing.'),
  v.minLength(SHORTEST_PASSWORD, `A password needs at least ${SHORTEST_PASSWORD} characters.`),
  v.maxLength(LONGEST_PASSWORD, `A password has at most ${LONGEST_PASSWORD} characters.`),
);

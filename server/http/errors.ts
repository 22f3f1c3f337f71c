/** One shape for every error the API answers with: `{ error: { code, message, issues? } }`, the message in plain words. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { CommandRefused } from '../../shared/commands/command.ts';

/** What is wrong with one value of a request. */
export interface Issue {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** An expected refusal of a request. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly issues: readonly Issue[] | undefined;

  constructor(status: ContentfulStatusCode, code: string, message: string, issues?: readonly Issue[]) {
    super(message);
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

const STATUS_BY_REFUSAL = { missing: 404, invalid: 422, conflict: 409, 'not-allowed': 403, 'not-ready': 503 } as const;

/** Hono's `onError`: expected refusals become answers, everything else is logged once and tells nothing internal. */
export function answerError(error: unknown, c: Context, report: (message: string, error: unknown) => void): Response {
  if (error instanceof ApiError) return errorAnswer(c, error);
  if (error instanceof CommandRefused) {
    return errorAnswer(c, new ApiError(STATUS_BY_REFUSAL[error.code], error.code, error.message));
  }
  if (error instanceof HTTPException) {
    const sentence = error.status === 413 ? 'The request is too large.' : 'The request could not be understood.';
    return errorAnswer(c, new ApiError(error.status, error.status === 413 ? 'too-large' : 'bad-request', sentence));
  }
  report(`${c.req.method} ${c.req.path} failed`, error);
  return errorAnswer(
    c,
    new ApiError(
      500,
      'internal',
      'Something went wrong on the server. What was saved before is safe. Please try again.',
    ),
  );
}

function errorAnswer(c: Context, { status, code, message, issues }: ApiError): Response {
  return c.json({ error: { code, message, ...(issues === undefined ? {} : { issues }) } }, status);
}

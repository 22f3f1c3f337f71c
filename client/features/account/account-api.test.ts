import { expect, test } from 'vitest';
import { readRefusal } from './account-api.ts';

test('a refusal keeps its sentence and what is wrong with which field', () => {
  const body = {
    error: {
      code: 'invalid',
      message: 'The name cannot be empty.',
      issues: [
        { field: 'name', code: 'invalid', message: 'The name cannot be empty.' },
        { field: 'password', code: 'invalid', message: 'A password needs at least 10 characters.' },
        { field: 'password', code: 'invalid', message: 'Second issue of the same field' },
      ],
    },
  };
  expect(readRefusal(body, 422)).toEqual({
    code: 'invalid',
    message: 'The name cannot be empty.',
    fields: { name: 'The name cannot be empty.', password: 'A password needs at least 10 characters.' },
  });
});

test('an answer that is not the server’s own becomes a sentence that says what is safe', () => {
  for (const body of [null, '<html>', { error: 'x' }, { error: { code: 'x' } }, { error: { issues: 3 } }]) {
    const refusal = readRefusal(body, 502);
    expect(refusal.code).toBe('status-502');
    expect(refusal.message).toMatch(/What you typed is still here/);
  }
});

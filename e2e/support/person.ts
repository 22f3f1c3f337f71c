/** A person at a desk: a browser context of their own, signed in, on a line of their own that a test can cut. */
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import type { RunningServer } from './server.ts';
import { makeWire, type Wire } from './wire.ts';

export const PASSWORD = 'correct-horse-battery';

export type Role = 'admin' | 'member' | 'viewer';

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly line: Wire;
  /**
   * What the page complained about: exceptions, console errors, content security policy, missing files, server errors.
   * Left out are requests a cut line broke and refusals with a reason (401, 409, …): a browser logs each of them.
   */
  readonly complaints: readonly string[];
  /** Resolves when this browser keeps the app itself, as after any visit: from then on it needs no line. */
  ready(): Promise<void>;
  leave(): Promise<void>;
}

/** The first visitor of an empty server, who makes the workspace. */
export async function setUpWorkspace(
  browser: Pick<Browser, 'newContext'>,
  server: RunningServer,
  name = 'Maya Lindqvist',
): Promise<Person> {
  const person = await sitDown(browser, server, name);
  await post(person, '/api/setup', {
    workspaceName: 'Northlane',
    name,
    email: person.email,
    password: PASSWORD,
    currency: 'EUR',
  });
  return person;
}

/** A teammate who follows an invitation link of the owner's. */
export async function invite(
  browser: Browser,
  server: RunningServer,
  owner: Person,
  { name, role = 'member' }: { name: string; role?: Role },
): Promise<Person> {
  const { url } = (await post(owner, '/api/invitations', { name, role })) as { url: string };
  const person = await sitDown(browser, server, name);
  await post(person, '/api/invitations/accept', { token: tokenOf(url), name, email: person.email, password: PASSWORD });
  return person;
}

/** The same account in another browser: another context shares nothing with the first one. */
export async function signInElsewhere(browser: Browser, server: RunningServer, person: Person): Promise<Person> {
  const again = await sitDown(browser, server, person.name);
  await post(again, '/api/auth/sign-in/email', { email: person.email, password: PASSWORD });
  return again;
}

/** A browser that nobody has signed in with. */
export async function sitDown(
  browser: Pick<Browser, 'newContext'>,
  server: RunningServer,
  name = 'Somebody',
): Promise<Person> {
  const line = await makeWire(server.port);
  const context = await browser.newContext({ baseURL: line.url });
  const page = await context.newPage();
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text())) complaints.push(message.text());
  });
  return {
    name,
    email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@northlane.example`,
    context,
    page,
    line,
    complaints,
    async ready() {
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    },
    async leave() {
      await context.close();
      await line.close();
    },
  };
}

/** `context.request` shares cookies with the pages of the context. */
async function post(person: Person, path: string, data: object): Promise<unknown> {
  const response = await person.context.request.post(path, { data, headers: { origin: person.line.url } });
  expect(response.ok(), `${path} answered ${response.status()}: ${await response.text()}`).toBe(true);
  return response.json().catch(() => undefined);
}

function tokenOf(invitationUrl: string): string {
  const url = new URL(invitationUrl);
  return url.searchParams.get('token') ?? url.pathname.split('/').at(-1) ?? '';
}

function isExpected(text: string): boolean {
  if (text.startsWith('Failed to load resource')) return !/status of (404|5\d\d)/.test(text);
  return /^WebSocket connection to .* failed/.test(text);
}

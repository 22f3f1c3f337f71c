/**
 * `test` with a server of its own for each test, its owner, and teammates on request:
 *
 *     test('two people see each other', async ({ owner, teammate }) => {
 *       const jonas = await teammate('Jonas Weber');
 *       await owner.page.goto('/');
 *       jonas.line.cut();
 *     });
 *
 * The plain `page` fixture is a visitor who has not signed in. Every person's page must end without complaints
 * (exceptions, console errors, policy violations); a test that expects one empties `person.complaints` itself.
 */
import { test as base, expect } from '@playwright/test';
import { invite, type Person, type Role, setUpWorkspace, signInElsewhere, sitDown } from './person.ts';
import { DIST, type RunningServer, startServer } from './server.ts';

interface Fixtures {
  /** The build the server runs; a test that changes it overrides this with a copy. */
  dist: string;
  server: RunningServer;
  owner: Person;
  teammate: (name: string, role?: Role) => Promise<Person>;
  elsewhere: (person: Person) => Promise<Person>;
  visitor: Person;
  /** Everybody who sat down in this test. */
  people: Person[];
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from this pattern.
  dist: async ({}, use) => use(DIST),
  server: async ({ dist }, use, testInfo) => {
    const server = await startServer({ dist });
    await use(server);
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('server output', { body: server.output() });
    await server.dispose();
  },
  baseURL: async ({ server }, use) => use(server.url),
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  people: async ({}, use) => {
    const people: Person[] = [];
    await use(people);
    const complaints = people.flatMap((person) => person.complaints.map((text) => `${person.name}: ${text}`));
    await Promise.all(people.map((person) => person.leave()));
    expect(complaints, 'what the pages complained about').toEqual([]);
  },
  owner: async ({ browser, server, people }, use) => {
    const owner = await setUpWorkspace(browser, server);
    people.push(owner);
    await use(owner);
  },
  teammate: async ({ browser, server, owner, people }, use) => {
    await use(async (name, role) => {
      const person = await invite(browser, server, owner, role ? { name, role } : { name });
      people.push(person);
      return person;
    });
  },
  elsewhere: async ({ browser, server, people }, use) => {
    await use(async (person) => {
      const again = await signInElsewhere(browser, server, person);
      people.push(again);
      return again;
    });
  },
  visitor: async ({ browser, server, people }, use) => {
    const visitor = await sitDown(browser, server);
    people.push(visitor);
    await use(visitor);
  },
});

export { expect };

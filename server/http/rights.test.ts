import { expect, test } from 'vitest';
import { may, RIGHTS, type Right, ROLE_ORDER, type Role } from '../../shared/model/rights.ts';
import { type MemoryApp, setUpMemoryApp } from '../testing/memory-app.ts';

type Probe = (app: MemoryApp, cookie: string) => Promise<Response>;

const post =
  (path: string, body: object): Probe =>
  (app, cookie) =>
    app.ask('POST', path, { cookie, body });
const get =
  (path: string): Probe =>
  (app, cookie) =>
    app.ask('GET', path, { cookie });

/** What each line of the table in the settings promises, asked of the API. Backups have a server of their own in their tests. */
const PROBES: Readonly<Record<Exclude<Right, 'backups'>, readonly Probe[]>> = {
  read: [get('/api/history/actions'), get('/api/records/contact'), get('/api/members')],
  records: [post('/api/records/contact', { firstName: 'Femke' }), post('/api/spaces', { name: 'Board' })],
  settings: [post('/api/trash/purge', { ids: [] })],
  people: [post('/api/invitations', { name: 'Eva', role: 'member' }), get('/api/invitations')],
  erase: [get('/api/persons/contact_none')],
  review: [get('/api/review')],
  leaders: [post('/api/invitations', { name: 'Eva', role: 'admin' })],
};

test('the table of rights in the settings is what the server does, for every role', async () => {
  const app = setUpMemoryApp();
  const owner = await app.setUp();
  const cookies: Record<Role, string> = {
    owner,
    admin: await app.join(owner, 'Ada', 'admin'),
    member: await app.join(owner, 'Mia', 'member'),
    viewer: await app.join(owner, 'Vic', 'viewer'),
  };
  for (const [right, probes] of Object.entries(PROBES)) {
    for (const role of ROLE_ORDER) {
      for (const probe of probes) {
        const answer = await probe(app, cookies[role]);
        const isRefused = answer.status === 403;
        expect([right, role, isRefused], answer.url).toEqual([right, role, !may(role, right as Right)]);
        if (!isRefused) continue;
        const { error } = (await answer.json()) as { error: { message: string } };
        expect(error.message).toMatch(/owner|admin/);
      }
    }
  }
  expect([...Object.keys(PROBES), 'backups'].sort()).toEqual(Object.keys(RIGHTS).sort());
});

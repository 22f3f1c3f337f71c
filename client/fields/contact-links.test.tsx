import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router';
import { cleanup, fireEvent, render, waitFor } from '@solidjs/testing-library';
import type { JSX } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { contact } from '../../shared/entities/contact.ts';
import { createMemoryWorkspace } from '../data/memory-workspace.ts';
import { WorkspaceProvider } from '../data/workspace.ts';
import { createToaster, type Toaster, ToasterProvider } from '../ui/toaster.tsx';
import { type ContactOffer, listenForContact, takeOffer } from './contact-links.ts';
import { createTaskListKeys } from './tasks/task-list-keys.ts';

// There is no other program to go to.
const stay = (event: Event) => event.preventDefault();
beforeEach(() => addEventListener('click', stay));
afterEach(() => {
  cleanup();
  removeEventListener('click', stay);
  vi.useRealTimers();
});

function setupPage(role: 'owner' | 'viewer', page: () => JSX.Element) {
  const workspace = createMemoryWorkspace({ isSetUp: true, role });
  const ingrid = workspace.arrange((tx) =>
    tx.insert(contact, {
      firstName: 'Ingrid',
      phones: [{ value: '+4722418016', label: 'work', primary: true }],
      emails: [{ value: 'i@h.no', label: 'work', primary: true }],
    }),
  );
  let toaster!: Toaster;
  const history = createMemoryHistory();
  const { container } = render(() => {
    toaster = createToaster();
    return (
      <WorkspaceProvider value={workspace}>
        <ToasterProvider value={toaster}>
          <MemoryRouter history={history}>
            <Route path="*" component={page} />
          </MemoryRouter>
        </ToasterProvider>
      </WorkspaceProvider>
    );
  });
  const follow = (href: string) => fireEvent.click(container.querySelector(`a[href="${href}"]`) as Element);
  return { ingrid, follow, container, path: () => history.get(), said: () => toaster.current(), toaster };
}

const HREFS = ['tel:+4722418016', 'mailto:i%40h.no?subject=Hi', 'sms:+4790612447', 'mailto:50%@h.no', '/contacts'];

function setupLinks(role: 'owner' | 'viewer' = 'owner') {
  const offers: ContactOffer[] = [];
  const page = setupPage(role, () => {
    listenForContact({ onOffer: (offer) => offers.push(offer) });
    return HREFS.map((href) => <a href={href}>{href}</a>);
  });
  return { ...page, offers };
}

test('whoever follows a link to the phone, the mail or the messages is offered to write down what was done', () => {
  const { follow, said, offers } = setupLinks();
  const asked = HREFS.slice(0, 4).map((href) => {
    follow(href);
    said()?.action?.run();
    return [said()?.text, said()?.action?.label, offers.at(-1)?.kind];
  });
  expect(asked).toEqual([
    ['Calling +4722418016', 'Log call', 'call'],
    ['Writing to i@h.no', 'Log email', 'email'],
    ['Texting +4790612447', 'Log message', 'message'],
    ['Writing to 50%@h.no', 'Log email', 'email'],
  ]);
});

test('a link within the app offers nothing, nor does any to those who only look', () => {
  const member = setupLinks();
  member.follow('/contacts');
  expect(member.said()).toBeUndefined();
  cleanup();
  const viewer = setupLinks('viewer');
  viewer.follow('tel:+4722418016');
  expect(viewer.said()).toBeUndefined();
});

test('a call lasts longer than the offer is shown: it is there again when somebody comes back, unless they sent it away', () => {
  vi.useFakeTimers();
  const { follow, said, toaster } = setupLinks();
  follow('tel:+4722418016');
  window.dispatchEvent(new Event('blur'));
  vi.advanceTimersByTime(300_000);
  expect(said()).toBeUndefined();
  window.dispatchEvent(new Event('focus'));
  expect(said()?.action?.label).toBe('Log call');
  toaster.dismiss();
  window.dispatchEvent(new Event('blur'));
  window.dispatchEvent(new Event('focus'));
  expect(said()).toBeUndefined();
});

test('a mail to somebody whose birthday stands on Today is written down on their page', async () => {
  const { follow, said, container, ingrid, path } = setupPage('owner', () => {
    createTaskListKeys({ ids: () => [], onRefused: () => undefined });
    return (
      <p>
        <a href="mailto:i@h.no">Say happy birthday</a>
      </p>
    );
  });
  container.querySelector('p')?.setAttribute('data-about', ingrid);
  follow('mailto:i@h.no');
  said()?.action?.run();
  await waitFor(() => expect(path()).toBe(`/contacts/${ingrid}`));
  expect(takeOffer(ingrid)).toMatchObject({ kind: 'email' });
});

test('who is worth a nudge is called and written to by the same keys as whom a task is about', async () => {
  let ids: readonly string[] = [];
  const { said, ingrid, path } = setupPage('owner', () => {
    createTaskListKeys({ ids: () => ids, onRefused: () => undefined });
    return null;
  });
  ids = [ingrid];
  fireEvent.keyDown(document.body, { key: 'r' });
  expect(said()?.text).toBe('Writing to i@h.no');
  fireEvent.keyDown(document.body, { key: 'c' });
  expect(said()?.text).toBe('Calling +4722418016');
  said()?.action?.run();
  await waitFor(() => expect(path()).toBe(`/contacts/${ingrid}`));
  expect(takeOffer(ingrid)).toMatchObject({ kind: 'call' });
});

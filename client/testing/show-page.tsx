import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router';
import { render } from '@solidjs/testing-library';
import type { Component } from 'solid-js';
import { type Workspace, WorkspaceProvider } from '../data/workspace.ts';

/** Shows a page, or a part of one that has links, in a router whose address is `path`. For tests. */
export function showPage(workspace: Workspace, page: Component, path = '/'): ReturnType<typeof render> {
  const history = createMemoryHistory();
  history.set({ value: path });
  return render(() => (
    <WorkspaceProvider value={workspace}>
      <MemoryRouter history={history}>
        <Route path="/" component={page} />
      </MemoryRouter>
    </WorkspaceProvider>
  ));
}

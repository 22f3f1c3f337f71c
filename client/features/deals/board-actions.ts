/**
 * What the board lets people do with deals. The board can be seen without the commands, so they are loaded after that;
 * what somebody does sooner is done when they are there.
 */
import { useLocation, useNavigate } from '@solidjs/router';
import { untrack } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { late } from '../../ui/late.tsx';
import type { DealActions, DealActionsOptions } from './deal-actions.ts';

const code = late(() => import('./deal-actions.ts').then((module) => module.dealActions));

export function createBoardActions(options: DealActionsOptions): DealActions {
  const given = { ...options, workspace: useWorkspace(), navigate: useNavigate(), location: useLocation() };
  let made: DealActions | undefined;
  function actions(): DealActions | undefined {
    made ??= untrack(code.code)?.(given);
    return made;
  }

  function act(run: (actions: DealActions) => unknown): void {
    const now = actions();
    if (now) run(now);
    else void code.load().then(() => runLoaded(run));
  }
  function runLoaded(run: (actions: DealActions) => unknown): void {
    const now = actions();
    if (now) run(now);
    else options.onRefused('This part of the app is not on this device yet. Try again when you are online.');
  }

  return {
    open: (...of) => act((now) => now.open(...of)),
    place: (...of) => act((now) => now.place(...of)),
    moveToStage: (...of) => act((now) => now.moveToStage(...of)),
    win: (...of) => act((now) => now.win(...of)),
    lose: (...of) => act((now) => now.lose(...of)),
    reopen: (...of) => act((now) => now.reopen(...of)),
    remove: (...of) => act((now) => now.remove(...of)),
    restore: (...of) => act((now) => now.restore(...of)),
    edit(...of) {
      const now = actions();
      if (now) return now.edit(...of);
      act((later) => {
        const refused = later.edit(...of);
        if (refused !== undefined) options.onRefused(refused);
      });
      return undefined;
    },
  };
}

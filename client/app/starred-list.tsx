/** The records somebody starred, below the areas of the sidebar; nothing while there are none. */
import { useLocation } from '@solidjs/router';
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import { entityNameOf } from '../../shared/model/id.ts';
import { useWorkspace } from '../data/workspace.ts';
import { CompanyMark, ContactAvatar } from '../fields/person.tsx';
import { createStarredIds } from '../fields/record-star.tsx';
import { followReference, recordHref } from '../fields/reference.ts';
import { DealsIcon } from './deals-icon.tsx';

/** More are found in the search; a sidebar is for what one needs daily. */
const MOST = 12;

export function StarredList(props: { readonly rail: boolean }): JSX.Element {
  const ids = createStarredIds();
  return (
    <Show when={ids().length > 0}>
      <h2 class="nav__title" id="nav-starred">
        Starred
      </h2>
      <ul class="nav" aria-labelledby="nav-starred">
        <For each={ids().slice(0, MOST)}>{(id) => <StarredLink id={id} rail={props.rail} />}</For>
      </ul>
    </Show>
  );
}

function StarredLink(props: { readonly id: string; readonly rail: boolean }): JSX.Element {
  const workspace = useWorkspace();
  const location = useLocation();
  const title = () => followReference(workspace, props.id).title;
  const isActive = () => recordHref(props.id) === location.pathname;
  return (
    <li>
      <a
        class="nav__item"
        classList={{ 'is-active': isActive() }}
        href={recordHref(props.id)}
        aria-current={isActive() ? 'page' : undefined}
        aria-label={props.rail ? title() : undefined}
        title={title()}
      >
        <Switch fallback={<DealsIcon />}>
          <Match when={entityNameOf(props.id) === 'contact'}>
            <ContactAvatar contactId={props.id} size={18} />
          </Match>
          <Match when={entityNameOf(props.id) === 'company'}>
            <CompanyMark companyId={props.id} />
          </Match>
        </Switch>
        <span class="nav__label">{title()}</span>
      </a>
    </li>
  );
}

/** The way around while somebody is in the settings: their sections, and the way back. Loaded with the settings. */
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import { For, type JSX, Show } from 'solid-js';
import { DEFAULT_SECTION, SETTINGS_GROUPS } from '../features/settings/settings-sections.ts';
import { SectionLink, SidebarFoot } from './sidebar-parts.tsx';

export function SettingsSidebar(props: { readonly rail: boolean; readonly onReload: () => void }): JSX.Element {
  return (
    <nav class="sidebar" classList={{ 'sidebar--rail': props.rail }} aria-label="Settings">
      <div class="sidebar__head">
        <a class="workspace" href="/deals" aria-label="Back from settings" title={props.rail ? 'Back' : undefined}>
          <ArrowLeft class="fg-3" />
          <Show when={!props.rail}>
            <span>Settings</span>
          </Show>
        </a>
      </div>
      <div class="sidebar__scroll">
        <For each={SETTINGS_GROUPS}>
          {(group) => (
            <>
              <h2 class="nav__title" id={`settings-${group.label}`}>
                {group.label}
              </h2>
              <ul class="nav" aria-labelledby={`settings-${group.label}`}>
                <For each={group.sections}>
                  {(section) => (
                    <SectionLink
                      section={{ ...section, path: `/settings/${section.id}` }}
                      alsoAt={section.id === DEFAULT_SECTION ? '/settings' : undefined}
                      rail={props.rail}
                    />
                  )}
                </For>
              </ul>
            </>
          )}
        </For>
      </div>
      <SidebarFoot rail={props.rail} onReload={() => props.onReload()} />
    </nav>
  );
}

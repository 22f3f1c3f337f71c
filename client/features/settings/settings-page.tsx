/** Settings: one section at a time, named in the address. The shell's sidebar leads from one to the other. */
import { useParams } from '@solidjs/router';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { type Component, createMemo, For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useWorkspace } from '../../data/workspace.ts';
import { keepFocus } from '../../ui/keep-focus.ts';
import { createMediaQuery } from '../../ui/media-query.ts';
import type { Theme } from '../../ui/theme.ts';
import { AppearanceSection } from './appearance-section.tsx';
import { BackupsSection } from './backups-section.tsx';
import { DataSection } from './data-section.tsx';
import { DevicesSection } from './devices-section.tsx';
import { GeneralSection } from './general-section.tsx';
import { MembersSection } from './members-section.tsx';
import { PipelinesSection } from './pipelines-section.tsx';
import { PlansSection } from './plans-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SecuritySection } from './security-section.tsx';
import styles from './settings.module.css';
import { SETTINGS_GROUPS, type SectionId, sectionNamed } from './settings-sections.ts';
import { SpacesSection } from './spaces-section.tsx';
import { TokensSection } from './tokens-section.tsx';

export interface SettingsPageProps {
  readonly theme: Theme;
  /** Everything on this device as a file. */
  readonly onSaveCopy: () => void;
  readonly onSignOut: () => void;
}

const CONTENT: Record<SectionId, { readonly lead: string; readonly body: Component<SettingsPageProps> }> = {
  profile: { lead: 'How your teammates see you, and how you are reminded.', body: ProfileSection },
  security: { lead: 'How you sign in, and where you are signed in.', body: SecuritySection },
  tokens: { lead: 'Keys for scripts and other programs. They read and write as you.', body: TokensSection },
  appearance: { lead: 'How Rapport looks and listens on this device.', body: AppearanceSection },
  general: { lead: 'What everybody in the workspace shares.', body: GeneralSection },
  pipelines: { lead: 'Changes apply to everybody straight away and can be undone.', body: PipelinesSection },
  plans: { lead: 'Tasks in order that are started together on a contact, company or deal.', body: PlansSection },
  members: { lead: 'Who works here. Roles decide what people can change; everyone can read.', body: MembersSection },
  spaces: { lead: 'Records that only some of the team see.', body: SpacesSection },
  data: { lead: 'Your data is yours. Take all of it, any time.', body: DataSection },
  backups: { lead: 'Copies of everything, and how to go back to one.', body: BackupsSection },
  devices: { lead: 'Where your data is right now.', body: DevicesSection },
};

const SMALL = '(max-width: 899.98px)';

export function SettingsPage(props: SettingsPageProps): JSX.Element {
  const params = useParams<{ section?: string }>();
  const isSmall = createMediaQuery(SMALL);
  const id = createMemo(() => sectionNamed(params.section));
  const section = () => SETTINGS_GROUPS.flatMap((group) => group.sections).find((each) => each.id === id());
  return (
    <Show
      when={isSmall() && !params.section}
      fallback={
        <>
          <Show when={isSmall()}>
            <header class="topbar">
              <a class={`iconbtn ${styles.back}`} href="/settings" aria-label="Back to settings">
                <ArrowLeft />
              </a>
              <h1 class="truncate">{section()?.label}</h1>
            </header>
          </Show>
          <div class="scroll settings" data-page ref={keepFocus}>
            <div class={`settings__in ${styles.in}`}>
              <header class="set__title">
                <Show when={!isSmall()}>
                  <h1>{section()?.label}</h1>
                </Show>
                <p class="fg-2">{CONTENT[id()].lead}</p>
              </header>
              <ReadOnlyNote section={id()} />
              <Dynamic component={CONTENT[id()].body} {...props} />
            </div>
          </div>
        </>
      }
    >
      <SectionList />
    </Show>
  );
}

/** On phones the list of sections is a page of its own. */
function SectionList(): JSX.Element {
  return (
    <>
      <header class="topbar">
        <h1>Settings</h1>
      </header>
      <nav class={`scroll ${styles.sections}`} aria-label="Settings" data-page>
        <For each={SETTINGS_GROUPS}>
          {(group) => (
            <>
              <h2 class={styles.group} id={`group-${group.label}`}>
                {group.label}
              </h2>
              <ul class="box" aria-labelledby={`group-${group.label}`}>
                <For each={group.sections}>
                  {(each) => (
                    <li class={styles.item}>
                      <a href={`/settings/${each.id}`}>
                        <Dynamic component={each.icon} class="fg-3" />
                        <span class="grow">{each.label}</span>
                        <ChevronRight class="fg-faint" />
                      </a>
                    </li>
                  )}
                </For>
              </ul>
            </>
          )}
        </For>
      </nav>
    </>
  );
}

const SHARED: readonly SectionId[] = ['general', 'pipelines', 'plans'];

/** Said once at the top, so that nobody wonders why nothing can be clicked. */
function ReadOnlyNote(props: { readonly section: SectionId }): JSX.Element {
  const workspace = useWorkspace();
  return (
    <Show when={!workspace.may('settings') && SHARED.includes(props.section)}>
      <p class={`fg-3 ${styles.readonly}`}>You can look at everything here. Changing it needs the role of an admin.</p>
    </Show>
  );
}

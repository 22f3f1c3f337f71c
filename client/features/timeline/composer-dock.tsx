/** On a phone: the way to the composer, docked under the feed. */
import CalendarDays from 'lucide-solid/icons/calendar-days';
import Mail from 'lucide-solid/icons/mail';
import Phone from 'lucide-solid/icons/phone';
import Plus from 'lucide-solid/icons/plus';
import type { JSX } from 'solid-js';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { COMPOSE_EVENT } from './composer.tsx';
import type { ComposerKind } from './composer-model.ts';

const compose = (kind: ComposerKind) => dispatchEvent(new CustomEvent(COMPOSE_EVENT, { detail: kind }));

export function ComposerDock(): JSX.Element {
  return (
    <div class="tldock">
      <Menu
        placement="top-start"
        items={[
          { label: 'Log a call', icon: Phone, onSelect: () => compose('call') },
          { label: 'Log an email', icon: Mail, onSelect: () => compose('email') },
          { label: 'Log a meeting', icon: CalendarDays, onSelect: () => compose('meeting') },
        ]}
        trigger={(trigger) => <IconButton {...trigger} icon={Plus} label="Log something else" />}
      />
      <button type="button" class="tldock__input" onClick={() => compose('note')}>
        Add a note
      </button>
    </div>
  );
}

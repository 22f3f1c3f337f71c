/** A board with people at work on it, drawn from the real parts. Decoration: hidden from assistive technology and phones. */
import CalendarDays from 'lucide-solid/icons/calendar-days';
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import Mail from 'lucide-solid/icons/mail';
import Phone from 'lucide-solid/icons/phone';
import { For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Avatar, personClass } from '../../ui/avatar.tsx';
import type { Icon } from '../../ui/icon.ts';
import { Mark } from '../../ui/mark.tsx';
import { StageGlyph, type StageHue } from '../../ui/stage-glyph.tsx';
import styles from './account.module.css';

interface Person {
  readonly name: string;
  readonly colour: number;
}

const ROSA: Person = { name: 'Rosa Lindahl', colour: 6 };
const TARIK: Person = { name: 'Tarik Benner', colour: 0 };
const JUNE: Person = { name: 'June Okafor', colour: 1 };
const MILAN: Person = { name: 'Milan Voss', colour: 2 };
const SELMA: Person = { name: 'Selma Brandão', colour: 4 };

interface ArtCard {
  readonly company: string;
  readonly title: string;
  readonly value: string;
  readonly date: string;
  readonly owner: Person;
  readonly icon: Icon;
  readonly next: string;
  readonly when: string;
  readonly today?: boolean;
  /** Somebody types in the value. */
  readonly typing?: Person;
  readonly movedBy?: Person;
}

const CARRIED: ArtCard = {
  company: 'Havre Jardin',
  title: 'Shop fittings, 6 branches',
  value: '€42,000',
  date: '27 Nov',
  owner: TARIK,
  icon: Phone,
  next: 'Call',
  when: 'Fri 20 Nov',
};

/** `source` is the place the carried card was taken from, `slot` where it would land. */
const COLUMNS: readonly {
  readonly name: string;
  readonly hue: StageHue;
  readonly cards: readonly (ArtCard | 'source' | 'slot')[];
}[] = [
  {
    name: 'Qualified',
    hue: 'sky',
    cards: [
      {
        company: 'Skarv Marine',
        title: 'Workbenches for the new hall',
        value: '€27,500',
        date: '11 Dec',
        owner: ROSA,
        icon: CalendarDays,
        next: 'Site visit',
        when: 'today 14:00',
        today: true,
      },
      {
        company: 'Ponte Vecchia Tessuti',
        title: 'Fabric storage, second floor',
        value: 'CHF 33,900',
        date: '22 Jan',
        owner: MILAN,
        icon: Phone,
        next: 'Call',
        when: 'Fri 20 Nov',
      },
      {
        company: 'Tweede Wiel Fietsen',
        title: 'Bike stands, 40 places',
        value: '€7,900',
        date: '29 Jan',
        owner: MILAN,
        icon: CalendarDays,
        next: 'Demo',
        when: 'Tue 24 Nov',
      },
    ],
  },
  {
    name: 'Proposal',
    hue: 'indigo',
    cards: [
      {
        company: 'Zielony Młyn',
        title: 'Pallet racking, hall B',
        value: '€61,0',
        date: '27 Nov',
        owner: ROSA,
        icon: Phone,
        next: 'Call',
        when: 'today 16:30',
        today: true,
        typing: JUNE,
      },
      'source',
      {
        company: 'Rio Claro Café',
        title: 'Four cafés, one look',
        value: '€84,500',
        date: '18 Dec',
        owner: TARIK,
        icon: Mail,
        next: 'Email',
        when: 'Wed 25 Nov',
      },
    ],
  },
  {
    name: 'Negotiation',
    hue: 'plum',
    cards: [
      {
        company: 'Steinadler Sport',
        title: 'Ski workshop and rental desk',
        value: 'CHF 52,300',
        date: '4 Dec',
        owner: SELMA,
        icon: Phone,
        next: '',
        when: 'just now',
        movedBy: MILAN,
      },
      'slot',
      {
        company: 'Pinewharf Outdoor',
        title: 'Shelving, 3 flagship shops',
        value: '£96,000',
        date: '26 Nov',
        owner: ROSA,
        icon: CircleCheck,
        next: 'Contract review',
        when: 'today',
        today: true,
      },
    ],
  },
];

export function AccountArt(): JSX.Element {
  return (
    <aside class={`signin__art ${styles.art}`} aria-hidden="true" inert>
      <div class="art">
        <For each={COLUMNS}>
          {(column, index) => (
            <div class="art__col">
              <header>
                <StageGlyph type="open" position={index() + 1} count={4} hue={column.hue} size={14} />
                <b>{column.name}</b>
                <span>{column.cards.length}</span>
              </header>
              <For each={column.cards}>
                {(card) =>
                  typeof card === 'string' ? (
                    <div
                      class={`slot ${card === 'source' ? 'slot--source' : ''} ${personClass(TARIK.colour)} ${styles.slot}`}
                    />
                  ) : (
                    <Card card={card} />
                  )
                }
              </For>
            </div>
          )}
        </For>
        <div class="art__lift">
          <Card card={CARRIED} lifted />
          <span class={`cursor ${personClass(TARIK.colour)}`}>
            <svg class="cursor__arrow" width="16" height="18" viewBox="0 0 16 18" aria-hidden="true">
              <path d="M2.2 1.7 13.4 8.3c.7.4.6 1.4-.2 1.6l-4.8 1.2-2.6 4.3c-.4.7-1.5.6-1.7-.3L1.1 2.5c-.2-.7.5-1.2 1.1-.8z" />
            </svg>
            <span class={`flag ${personClass(TARIK.colour)}`}>{firstName(TARIK)}</span>
          </span>
        </div>
      </div>
    </aside>
  );
}

function Card(props: { readonly card: ArtCard; readonly lifted?: boolean }): JSX.Element {
  const somebody = () => props.card.typing ?? props.card.movedBy ?? (props.lifted ? props.card.owner : undefined);
  return (
    <div
      class={`card ${somebody() ? personClass(somebody()?.colour ?? 0) : ''}`}
      classList={{
        'card--viewed': props.card.typing !== undefined,
        'card--changed': props.card.movedBy !== undefined,
        'card--lifted': props.lifted,
      }}
    >
      <div class="card__top">
        <Mark name={props.card.company} />
        <span class="truncate">{props.card.company}</span>
        <Avatar name={props.card.owner.name} colour={props.card.owner.colour} size={18} decorative />
      </div>
      <p class="card__name clamp-2">{props.card.title}</p>
      <div class="card__nums">
        <span class="card__value">
          <Show when={props.card.typing} fallback={props.card.value}>
            {(person) => (
              <span class={`card__edit ${personClass(person().colour)}`}>
                {props.card.value}
                <span class={`caret ${personClass(person().colour)}`}>
                  <span class="caret__flag">{firstName(person())}</span>
                </span>
              </span>
            )}
          </Show>
        </span>
        <span class="card__date">{props.card.date}</span>
      </div>
      <div class="card__next" classList={{ 'card__next--today': props.card.today }}>
        <Show
          when={props.card.movedBy}
          fallback={
            <>
              <Dynamic component={props.card.icon} class="lucide--sm" />
              <span class="truncate">{props.card.next}</span>
            </>
          }
        >
          {(person) => (
            <span class="card__by">
              <Avatar name={person().name} colour={person().colour} size={16} tone="live" decorative />
              {firstName(person())} moved this
            </span>
          )}
        </Show>
        <span class="push">{props.card.when}</span>
      </div>
    </div>
  );
}

const firstName = (person: Person): string => person.name.split(' ')[0] ?? '';

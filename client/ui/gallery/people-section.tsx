import Calendar from 'lucide-solid/icons/calendar';
import CloudOff from 'lucide-solid/icons/cloud-off';
import Hourglass from 'lucide-solid/icons/hourglass';
import Phone from 'lucide-solid/icons/phone';
import { For, type JSX } from 'solid-js';
import { Avatar, AvatarStack } from '../avatar.tsx';
import { Mark } from '../mark.tsx';
import { Part, State } from './gallery-part.tsx';

const PEOPLE = [
  'Tomás Rivera',
  'Priya Raman',
  'Jonas Weber',
  'Aiko Tanaka',
  'Samuel Osei',
  'Claire Dubois',
  'Maya Lind',
];

/** People, organisations, and the card that shows both. */
export function PeopleSection(): JSX.Element {
  return (
    <>
      <Part title="People">
        <State name="Name only">
          <span class="row row--4">
            <For each={PEOPLE}>{(name, index) => <Avatar name={name} colour={index()} size={24} />}</For>
          </span>
        </State>
        <State name="Here now">
          <span class="row row--4">
            <For each={PEOPLE}>{(name, index) => <Avatar name={name} colour={index()} size={24} tone="live" />}</For>
          </span>
        </State>
        <State name="Away">
          <Avatar name="Aiko Tanaka" colour={3} size={24} tone="away" />
        </State>
        <State name="Contact">
          <span class="row row--4">
            <For each={['Ida Solberg', 'Oliver Hart', 'Aino Laine', '李 小龙', '']}>
              {(name) => <Avatar name={name} size={24} tone="contact" decorative />}
            </For>
          </span>
        </State>
        <State name="Stack">
          <AvatarStack
            label="In this view"
            people={PEOPLE.map((name, index) => ({ id: name, name, colour: index, doing: 'moving a deal' }))}
          />
        </State>
        <State name="Marks">
          <span class="row row--4">
            <For each={['Halden', 'Kestrel', 'Nordwind', 'Baltic', 'Ortega', 'Polar', 'Redfern', 'Éclair', '7 Seas']}>
              {(name) => <Mark name={name} />}
            </For>
            <Mark name="Halden" size={32} />
          </span>
        </State>
        <State name="Caret and selection">
          <span>
            priced <span class="sel p-pink">separately</span>
            <span class="caret caret--end p-pink">
              <span class="caret__flag" aria-hidden="true">
                Priya
              </span>
            </span>
            <span style={{ display: 'inline-block', width: '44px' }} />
          </span>
        </State>
      </Part>
      <Part title="Card">
        <div class="gallery__cards">
          <State name="Rest">
            <Card />
          </State>
          <State name="Hover">
            <Card class="is-hover" />
          </State>
          <State name="Focus">
            <Card class="is-focus" />
          </State>
          <State name="Selected">
            <Card class="is-selected" />
          </State>
          <State name="Quiet">
            <Card class="card--quiet" quiet="Quiet 16 days" />
          </State>
          <State name="Quiet, twice the limit">
            <Card class="card--stale" quiet="Quiet 34 days" />
          </State>
          <State name="Just changed">
            <Card class="card--changed p-teal" />
          </State>
          <State name="Waiting to sync">
            <Card pending />
          </State>
          <State name="You carry it">
            <Card class="card--lifted" />
          </State>
        </div>
      </Part>
    </>
  );
}

function Card(props: { readonly class?: string; readonly quiet?: string; readonly pending?: boolean }): JSX.Element {
  return (
    <article class={['card', props.class].filter(Boolean).join(' ')} style={{ width: '100%' }}>
      <div class="card__top">
        <Mark name="Nordwind Spedition" />
        <span class="truncate">Nordwind Spedition</span>
        <Avatar name="Jonas Weber" colour={2} size={18} />
      </div>
      <h3 class="card__name clamp-2">Telematics rollout</h3>
      <div class="card__nums">
        <span class="card__value">€38,500</span>
        <span class="card__date">29 Jan</span>
      </div>
      {props.quiet ? (
        <div class={`card__next ${props.class === 'card--stale' ? 'card__next--over' : 'card__next--none'}`}>
          <Hourglass class="lucide--sm" />
          {props.quiet}
        </div>
      ) : (
        <div class="card__next">
          {props.pending ? <Phone class="lucide--sm" /> : <Calendar class="lucide--sm" />}
          <span class="truncate">Demo</span>
          <span class="push">Tue 24 Nov</span>
          {props.pending && (
            <span class="pendingdot">
              <CloudOff class="lucide--sm" />
            </span>
          )}
        </div>
      )}
    </article>
  );
}

/** What stands at the head of a contact's or company's page: sign, name, a line or two, and the quick links. */
import ArrowUpRight from 'lucide-solid/icons/arrow-up-right';
import Mail from 'lucide-solid/icons/mail';
import Phone from 'lucide-solid/icons/phone';
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { createMediaQuery, SMALL } from '../ui/media-query.ts';
import { telHref } from './property-list.tsx';
import { useRecordParts } from './record-parts.ts';

const WAYS = ['mail', 'phone'] as const;

export function RecordHead(props: {
  readonly record: AnyRecord;
  readonly mark: JSX.Element;
  readonly name: string;
  /** Lines under the name. */
  readonly lines: JSX.Element;
  readonly mail?: string;
  readonly phone?: string;
  /** A domain, `example.com`. */
  readonly website?: string;
}): JSX.Element {
  const parts = useRecordParts();
  /** Whoever holds a phone calls first. The buttons stand in this order, not only to the eye: keys and screen readers follow. */
  const isSmall = createMediaQuery(SMALL);
  const ways = () => (isSmall() ? WAYS.toReversed() : WAYS);
  const hasLinks = () => Boolean(props.mail || props.phone || props.website || parts.quickActions);
  return (
    <>
      <div class="idcard__name">
        {props.mark}
        <div class="grow">
          <h1 class="clamp-2" title={props.name}>
            {props.name}
          </h1>
          {props.lines}
        </div>
      </div>
      <Show when={hasLinks()}>
        <div class="quick quick--links">
          <For each={ways()}>
            {(way) => (
              <Switch>
                <Match when={way === 'mail' && props.mail}>
                  {(address) => (
                    <a class="btn" href={`mailto:${address()}`}>
                      <Mail />
                      Email
                    </a>
                  )}
                </Match>
                <Match when={way === 'phone' && props.phone}>
                  {(number) => (
                    <a class="btn" href={telHref(number())}>
                      <Phone />
                      Call
                    </a>
                  )}
                </Match>
              </Switch>
            )}
          </For>
          <Show when={props.website}>
            {(domain) => (
              <a class="btn" href={`https://${domain()}`} target="_blank" rel="noopener noreferrer">
                <ArrowUpRight />
                Website
              </a>
            )}
          </Show>
          <Show when={parts.quickActions}>{(part) => <Dynamic component={part()} record={props.record} />}</Show>
        </div>
      </Show>
    </>
  );
}

/** Links that leave for the phone, the mail or the messages program: afterwards the page offers to write down what was done. */
import { onCleanup } from 'solid-js';
import { useWorkspace } from '../data/workspace.ts';
import { rightNow } from '../platform/right-now.ts';
import { type Toast, useToaster } from '../ui/toaster.tsx';

export interface ContactOffer {
  readonly kind: 'call' | 'email' | 'message';
  /** Epoch ms of the click: since when a call lasts. Null where nothing was begun from here. */
  readonly at: number | null;
  /** Records it is about beside the one whose page it is written on. */
  readonly also?: readonly string[];
}

const OFFERS: Readonly<
  Record<string, { readonly kind: ContactOffer['kind']; readonly asked: string; readonly words: string }>
> = {
  'tel:': { kind: 'call', asked: 'Calling', words: 'Log call' },
  'mailto:': { kind: 'email', asked: 'Writing to', words: 'Log email' },
  'sms:': { kind: 'message', asked: 'Texting', words: 'Log message' },
};

/**
 * Follows links of the page for the life of the current owner. `from` is the link; undefined where a key stood for it.
 * What is returned follows an address that no link was clicked for, with the same offer. A call lasts longer than words
 * are shown: whoever left for another program is offered it again on coming back. Nothing is offered to those who only look.
 */
export function listenForContact({
  onOffer,
}: {
  readonly onOffer: (offer: ContactOffer, from: Element | undefined) => void;
}): (href: string) => void {
  const workspace = useWorkspace();
  const toaster = useToaster();
  let offered: Toast | undefined;
  let hasLeft = false;
  function offer(href: string, from: Element | undefined): void {
    const [, scheme = '', rest = ''] = /^([a-z]+:)([^?]*)/i.exec(href) ?? [];
    const found = OFFERS[scheme.toLowerCase()];
    if (!found || !workspace.canWrite()) return;
    const at = rightNow();
    offered = {
      text: `${found.asked} ${readable(rest)}`,
      action: { label: found.words, run: () => onOffer({ kind: found.kind, at }, from) },
    };
    toaster?.show(offered);
  }
  /** A phone hides the page; on a desk its window is no longer the one in front. */
  function goneOrBack(event: Event): void {
    const isGone = event.type === 'blur' || document.visibilityState === 'hidden';
    if (isGone) {
      hasLeft ||= offered !== undefined && toaster?.current()?.text === offered.text;
    } else if (hasLeft && offered) {
      hasLeft = false;
      toaster?.show(offered);
    }
  }
  function clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (link) offer(link.getAttribute('href') ?? '', link);
  }
  const listening = new AbortController();
  const { signal } = listening;
  document.addEventListener('click', clicked, { signal });
  document.addEventListener('visibilitychange', goneOrBack, { signal });
  addEventListener('blur', goneOrBack, { signal });
  addEventListener('focus', goneOrBack, { signal });
  onCleanup(() => listening.abort());
  return (href) => {
    location.assign(href);
    offer(href, undefined);
  };
}

/** An address as people read it; one with a percent sign of its own stays as it is. */
function readable(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

let asked: { readonly recordId: string; readonly offer: ContactOffer } | null = null;

/** The page of this record is opened next, and its composer is to begin with this. */
export function logOnPage(recordId: string, offer: ContactOffer): void {
  asked = { recordId, offer };
}

/** What the composer of this record is to begin with; once. */
export function takeOffer(recordId: string): ContactOffer | undefined {
  if (asked?.recordId !== recordId) return undefined;
  const { offer } = asked;
  asked = null;
  return offer;
}

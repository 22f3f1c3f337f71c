/** Links that leave for the phone, the mail or the messages program: afterwards the page offers to write down what was done. */
import { onCleanup } from 'solid-js';
import { useToaster } from '../ui/toaster.tsx';

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
 * What is returned follows an address that no link was clicked for, with the same offer.
 */
export function listenForContact({
  onOffer,
}: {
  readonly onOffer: (offer: ContactOffer, from: Element | undefined) => void;
}): (href: string) => void {
  const toaster = useToaster();
  function offer(href: string, from: Element | undefined): void {
    const [, scheme = '', rest = ''] = /^([a-z]+:)([^?]*)/i.exec(href) ?? [];
    const found = OFFERS[scheme.toLowerCase()];
    if (!found) return;
    const at = Date.now();
    toaster?.show({
      text: `${found.asked} ${decodeURIComponent(rest)}`,
      action: { label: found.words, run: () => onOffer({ kind: found.kind, at }, from) },
    });
  }
  function clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (link) offer(link.getAttribute('href') ?? '', link);
  }
  document.addEventListener('click', clicked);
  onCleanup(() => document.removeEventListener('click', clicked));
  return (href) => {
    location.assign(href);
    offer(href, undefined);
  };
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

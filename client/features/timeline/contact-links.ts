/** Links that leave for the phone, the mail or the messages program: afterwards the page offers to write down what was done. */
import { onCleanup } from 'solid-js';
import { useToaster } from '../../ui/toaster.tsx';

export interface ContactOffer {
  readonly kind: 'call' | 'email' | 'message';
  /** Epoch ms of the click. */
  readonly at: number;
}

const OFFERS: Readonly<
  Record<string, { readonly kind: ContactOffer['kind']; readonly asked: string; readonly words: string }>
> = {
  'tel:': { kind: 'call', asked: 'Calling', words: 'Log call' },
  'mailto:': { kind: 'email', asked: 'Writing to', words: 'Log email' },
  'sms:': { kind: 'message', asked: 'Texting', words: 'Log message' },
};

/** Follows links of the page for the life of the current owner. */
export function listenForContact({ onOffer }: { readonly onOffer: (offer: ContactOffer) => void }): void {
  const toaster = useToaster();
  function clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const [, scheme = '', rest = ''] = /^([a-z]+:)([^?]*)/i.exec(link?.getAttribute('href') ?? '') ?? [];
    const offer = OFFERS[scheme.toLowerCase()];
    if (!offer) return;
    const at = Date.now();
    toaster?.show({
      text: `${offer.asked} ${decodeURIComponent(rest)}`,
      action: { label: offer.words, run: () => onOffer({ kind: offer.kind, at }) },
    });
  }
  document.addEventListener('click', clicked);
  onCleanup(() => document.removeEventListener('click', clicked));
}

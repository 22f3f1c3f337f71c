/** Phone numbers that only work inside one country: how many there are, and the offer to add the code of a country. */
import { createMemo, createResource, createSignal, type JSX, Show } from 'solid-js';
import { WORKSPACE_ID } from '../../../shared/entities/workspace.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatCount, formatPlural } from '../../fields/format.ts';
import { Callout } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { guessCountry } from './guess-country.ts';
import styles from './import.module.css';
import type { ImportDraft } from './import-draft.ts';

export function PhoneCallout(props: { readonly draft: ImportDraft }): JSX.Element {
  const workspace = useWorkspace();
  const national = () => props.draft.summary()?.nationalPhones ?? { count: 0, samples: [] };
  const currency = () => workspace.collection('workspace').byId(WORKSPACE_ID)?.currency ?? '';
  const [chosen, setChosen] = createSignal<string>();
  const country = () => chosen() ?? (props.draft.country() || guessCountry(navigator.languages, currency()));
  // The rules of all countries are large, and only who has such numbers needs them.
  const [codes] = createResource(
    () => national().count > 0,
    async () => (await import('../../../shared/csv/phone-country.ts')).callingCodes(),
  );
  const code = () => codes()?.get(country()) ?? '';
  const isAdded = () => props.draft.country() !== '';
  const options = createMemo(() => {
    const names = new Intl.DisplayNames(undefined, { type: 'region' });
    return [...(codes() ?? [])]
      .map(([value, digits]) => ({ value, label: `${names.of(value) ?? value} +${digits}` }))
      .sort((left, right) => left.label.localeCompare(right.label));
  });
  const title = () => {
    const numbers = formatPlural(national().count, 'phone number', 'phone numbers');
    if (isAdded()) return `${numbers} without a country code: +${code()} is added where it fits`;
    return `${numbers} ${national().count === 1 ? 'has' : 'have'} no country code`;
  };
  const examples = () => {
    const rest = national().count - national().samples.length;
    return `${national().samples.join(', ')}${rest > 0 ? ` and ${formatCount(rest)} more` : ''}.`;
  };
  function choose(next: string): void {
    setChosen(next);
    if (isAdded()) props.draft.setCountry(next);
  }
  return (
    <Show when={national().count > 0 && codes()}>
      <div class={styles.phones}>
        <Callout
          tone={isAdded() ? 'info' : 'warning'}
          title={title()}
          actions={
            <>
              <Select label="Country" hideLabel options={options()} value={country()} onChange={choose} />
              <Show
                when={isAdded()}
                fallback={
                  <Button size="sm" onClick={() => props.draft.setCountry(country())}>
                    Add +{code()} to these
                  </Button>
                }
              >
                <Button size="sm" onClick={() => props.draft.setCountry('')}>
                  Leave as typed
                </Button>
              </Show>
            </>
          }
        >
          <p class="fg-2">{examples()} Without a code they cannot be called from another country.</p>
        </Callout>
      </div>
    </Show>
  );
}

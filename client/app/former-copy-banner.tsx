/** Says that this device kept something the server no longer has, until the person has dealt with it. */
import { type JSX, Show } from 'solid-js';
import { useWorkspace } from '../data/workspace.ts';
import { Banner } from '../ui/banner.tsx';

export function FormerCopyBanner(): JSX.Element {
  const workspace = useWorkspace();
  return (
    <Show when={workspace.formerCopies().length > 0}>
      <Banner
        tone="warning"
        actions={
          <a class="btn btn--sm" href="/settings/backups">
            Review
          </a>
        }
      >
        The server was set back or began anew. This device kept what it had before: see whether something of yours is
        missing.
      </Banner>
    </Show>
  );
}

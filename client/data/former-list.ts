/** The former workspaces of this person. What can be done with one is in `former-copies.ts`, loaded only where there is one. */
import { type Accessor, createSignal } from 'solid-js';
import { type FormerCopiesOptions, readFormer } from './former-shelf.ts';
import type { FormerCopy } from './workspace.ts';

/** Only those of the same person: the one with the same e-mail address, whatever id a new server gave them. */
export function createFormerCopies(options: FormerCopiesOptions): Accessor<readonly FormerCopy[]> {
  const { shelf, serverId, me } = options;
  const [list, setList] = createSignal<readonly FormerCopy[]>([]);
  const mine = () =>
    readFormer(shelf).filter(
      (former) => former.me.email === me.email && (former.serverId !== serverId || former.me.userId !== me.userId),
    );
  async function read(): Promise<void> {
    const found = mine();
    if (found.length === 0) {
      setList([]);
      return;
    }
    const { formerCopy } = await import('./former-copies.ts');
    setList(found.map((former) => formerCopy(former, options, () => void read())));
  }
  // Without its code (a device that is offline and has an older shell) the copies wait for the next time.
  void read().catch(() => undefined);
  return list;
}

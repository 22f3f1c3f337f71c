/** BroadcastChannel of one device: every message reaches the other tabs a little later, in order per sender. */
import type { Random } from './random.ts';
import type { Process, World } from './world.ts';

interface Member {
  readonly name: string;
  readonly process: Process;
  onmessage: ((event: { data: unknown }) => void) | null;
  isClosed: boolean;
}

export class TabBus {
  private readonly members = new Set<Member>();
  private readonly world: World;
  private readonly random: Random;

  constructor(world: World, random: Random) {
    this.world = world;
    this.random = random;
  }

  /** The class a tab's code finds under the name `BroadcastChannel`. */
  channelClass(process: () => Process): typeof BroadcastChannel {
    const { members, world, random } = this;
    class SimulatedChannel implements Member {
      readonly name: string;
      readonly process = process();
      onmessage: ((event: { data: unknown }) => void) | null = null;
      isClosed = false;
      private lastArrival = 0;

      constructor(name: string) {
        this.name = name;
        members.add(this);
      }

      postMessage(message: unknown): void {
        if (this.isClosed || !this.process.isAlive) return;
        const data: unknown = structuredClone(message);
        this.lastArrival = Math.max(this.lastArrival, world.now + random.between(0, 4));
        for (const other of members) {
          if (other === this || other.name !== this.name) continue;
          const deliver = () => {
            if (!other.isClosed) other.onmessage?.({ data });
          };
          world.schedule(other.process, this.lastArrival - world.now, deliver, 'message');
        }
      }

      close(): void {
        this.isClosed = true;
        members.delete(this);
      }
    }
    return SimulatedChannel as unknown as typeof BroadcastChannel;
  }

  /** A tab is gone without closing anything. */
  forget(process: Process): void {
    for (const member of [...this.members]) if (member.process === process) this.members.delete(member);
  }
}

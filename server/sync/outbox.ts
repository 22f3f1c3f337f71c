/** What the connections of a room are told after a commit: everything new, in one write per socket. */
import { encodeSaved, SYNC } from '../../shared/sync/protocol.ts';
import type { PresentUser } from './awareness.ts';
import { joinFrames, type SourcedFrame, syncFrame, toFrame } from './frames.ts';

/** What a room knows of a connection. */
export interface Peer {
  readonly user: PresentUser;
  /** Wants `saved`: it said hello and has had the full map. */
  readonly wantsSaved: boolean;
  /** Has had its first sync step 2; broadcasts before that would only wait in the client. */
  readonly isSynced: boolean;
  send(frames: readonly Buffer[]): void;
  close(code: number, reason: string): void;
}

export class Outbox {
  private frames: SourcedFrame<Peer | null>[] = [];
  /** Client → clock up to which its changes are on disk, of this commit. */
  private clocks = new Map<number, number>();
  private numbers = new Map<Peer, number>();

  /** An update is on disk and in the document. Its source has it already; null: the server wrote it. */
  stored(source: Peer | null, data: Uint8Array, clocks: ReadonlyMap<number, number>): void {
    this.frames.push({ source, frame: syncFrame(SYNC.update, data) });
    for (const [client, clock] of clocks) this.clocks.set(client, clock);
  }

  /** The peer's messages up to this number are stored, known or refused. */
  decided(peer: Peer, number: number): void {
    this.numbers.set(peer, number);
  }

  forget(peer: Peer): void {
    this.numbers.delete(peer);
  }

  /** @param seq the newest update of the room. */
  send(peers: Iterable<Peer>, seq: number): void {
    const { frames, clocks, numbers } = this;
    if (frames.length === 0 && clocks.size === 0 && numbers.size === 0) return;
    this.frames = [];
    this.clocks = new Map();
    this.numbers = new Map();
    const newsFor = joinFrames<Peer | null>(frames);
    const saved = clocks.size > 0 ? toFrame(encodeSaved({ clocks, decided: null, seq })) : null;
    for (const peer of peers) {
      const news = peer.isSynced ? newsFor(peer) : [];
      const number = numbers.get(peer);
      if (peer.wantsSaved && number !== undefined) {
        peer.send([...news, toFrame(encodeSaved({ clocks, decided: number, seq }))]);
      } else if (peer.wantsSaved && saved !== null) {
        peer.send([...news, saved]);
      } else if (news.length > 0) {
        peer.send(news);
      }
    }
  }
}

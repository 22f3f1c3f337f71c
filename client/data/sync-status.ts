/** What the person is told about their data, derived from data and never from the socket alone (GUIDE §5.6). */

/** The states of the pill, most urgent first. */
export type SyncState =
  | 'not-saved'
  | 'device-full'
  | 'reload-needed'
  | 'signed-out'
  | 'needs-you'
  | 'offline'
  | 'catching-up'
  | 'sending'
  | 'synced';

/** One line of the popover: "Moved 3 deals", with the time of the newest. */
export interface WaitingChange {
  readonly kind: 'moved' | 'edited' | 'created' | 'deleted' | 'imported' | 'file';
  readonly text: string;
  /** Epoch ms. */
  readonly at: number;
  readonly count: number;
}

/** A change the server would not take; it is safe on this device. */
export interface RefusedChange {
  readonly text: string;
  readonly reason: string;
}

export interface SyncStatus {
  readonly state: () => SyncState;
  /** Whether everything is in this device's storage; false normally lasts milliseconds. Until then a reload may lose it. */
  readonly isStored: () => boolean;
  /** Changes made on this device that are not on the server's disk yet, counted as people do. */
  readonly waitingCount: () => number;
  readonly waiting: () => readonly WaitingChange[];
  /** Epoch ms since when there is no connection; null while connected. */
  readonly offlineSince: () => number | null;
  /** Epoch ms of the last moment everything was on the server and here; null = never on this device. */
  readonly lastSyncedAt: () => number | null;
  /** Epoch ms of the next attempt; null while connected or when final. */
  readonly nextAttemptAt: () => number | null;
  /** Incoming changes still to come after a gap. */
  readonly incomingCount: () => number;
  readonly refused: () => readonly RefusedChange[];
  /** Why nothing more can be saved on this device, as a sentence; null while it can. */
  readonly storageProblem: () => string | null;
  /** Records and bytes on this device, for the popover. */
  readonly deviceUsage: () => { readonly records: number; readonly bytes: number | null };
  /** First download of this workspace: progress 0 to 1; null once everything is here. */
  readonly firstLoad: () => number | null;
  readonly tryNow: () => void;
}

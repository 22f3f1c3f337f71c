/**
 * Timelines of the years before the last one. What this device has of them is opened with the rest: changes may be in there
 * that nobody else has. The others are fetched one after the other while nothing else is to be done, so that search, "last
 * contact" and a week without a line know them too. Nobody waits for that, it ends where the device is short of room, and
 * on a line that is paid for by the byte it does not begin.
 */
import { TEAM_SPACE } from '../../shared/sync/room-names.ts';
import { listLocalStores } from './local-store.ts';
import type { OpenRooms } from './open-rooms.ts';
import { inLoadOrder, isOfEarlierYear, spaceOfRoom, spacesOf, timelineName } from './room-list.ts';

export interface EarlierYearsParts {
  readonly rooms: Pick<OpenRooms, 'all' | 'names' | 'left' | 'openAlso' | 'unopenedYears'>;
  /** What the names of this person's databases on this server begin with. */
  readonly databasePrefix: string;
  /** Everything else is here and sent. */
  readonly isSettled: () => boolean;
  /** Records on this device. */
  readonly recordCount: () => number;
  /** Epoch ms. */
  readonly now: () => number;
  /** How long the device is left alone before each year. */
  readonly pauseMs: number;
}

export interface EarlierYears {
  /** Opens those that this device has. Never rejects. */
  openKept(): Promise<void>;
  /** Fetches the others; call it whenever there may be a reason to go on. Never rejects. */
  fetchRest(): Promise<void>;
  stop(): void;
}

const ARRIVED_YET_MS = 500;
/** A thousand records take a megabyte of memory. */
const MOST_RECORDS = 200_000;
const MOST_RECORDS_ON_SMALL_DEVICES = 50_000;
/** Gigabytes of memory, as browsers say it. */
const SMALL_DEVICE_GB = 4;
const LEAST_FREE_BYTES = 300_000_000;

/** What browsers tell that do; TypeScript does not know these. */
interface Hints {
  readonly connection?: { readonly saveData?: boolean; readonly type?: string; readonly effectiveType?: string };
  readonly deviceMemory?: number;
}

export function createEarlierYears(parts: EarlierYearsParts): EarlierYears {
  const { rooms, databasePrefix, isSettled, recordCount, now, pauseMs } = parts;
  let isOver = false;
  let isFetching = false;
  let opening: Promise<void> | null = null;
  let endPause: () => void = () => undefined;

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function openKept(): Promise<void> {
    const spaces = spacesOf(rooms.names());
    const kept = (await listLocalStores(databasePrefix)).filter(
      (name) => isOfEarlierYear(name, now()) && !rooms.left.has(name) && spaces.includes(spaceOfRoom(name)),
    );
    for (const name of inLoadOrder(kept)) if (!isOver) await rooms.openAlso([name], { isQuiet: true });
  }

  /** Also what cannot come any more. */
  const hasArrived = () =>
    [...rooms.all()].every(({ hasCopy, connection }) => hasCopy() || connection.finalClose() !== null);

  async function fetchAll(): Promise<void> {
    for (;;) {
      await pause(pauseMs);
      if (isOver || !(await mayFetch(recordCount()))) return;
      const [year] = rooms.unopenedYears().filter((each) => isOfEarlierYear(timelineName(TEAM_SPACE, each), now()));
      if (year === undefined) return;
      if (!isSettled()) continue;
      await idle();
      if (isOver) return;
      await rooms.openAlso(
        spacesOf(rooms.names()).map((space) => timelineName(space, year)),
        { isQuiet: true },
      );
      while (!isOver && !hasArrived()) await pause(ARRIVED_YET_MS);
    }
  }

  return {
    openKept() {
      opening ??= openKept().catch(() => {
        opening = null;
      });
      return opening;
    },
    async fetchRest() {
      if (isFetching || isOver) return;
      isFetching = true;
      await fetchAll().catch(() => undefined);
      isFetching = false;
    },
    stop() {
      isOver = true;
      endPause();
    },
  };
}

/** Whether the device has room for another year, and the line is not one that is paid for by the byte. */
export async function mayFetch(
  records: number,
  device: Hints & Partial<Pick<Navigator, 'storage'>> = globalThis.navigator ?? {},
): Promise<boolean> {
  const { saveData, type, effectiveType = '' } = device.connection ?? {};
  if (saveData || type === 'cellular' || effectiveType.endsWith('2g')) return false;
  const isSmall = (device.deviceMemory ?? Number.POSITIVE_INFINITY) <= SMALL_DEVICE_GB;
  if (records >= (isSmall ? MOST_RECORDS_ON_SMALL_DEVICES : MOST_RECORDS)) return false;
  const { usage = 0, quota = Number.POSITIVE_INFINITY } = (await device.storage?.estimate?.().catch(() => null)) ?? {};
  return quota - usage >= LEAST_FREE_BYTES;
}

/** Resolves when the browser has nothing else to do. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'undefined') setTimeout(resolve, 0);
    else requestIdleCallback(() => resolve());
  });
}

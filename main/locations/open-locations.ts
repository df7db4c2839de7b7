import { AppFailure } from '#app/errors.ts';
import type { Account } from '../accounts/account.ts';
import { createMutex, type Mutex } from '../engine/mutex.ts';
import type { OpenLocation } from './open-location.ts';

/** Opens a location under its id. */
export type Open = (account: Account, locationId: string) => Promise<OpenLocation>;

/** The locations that are open; none knows of another. */
export interface OpenLocations {
  /** Opens a location with a key of its; one that is open already, as with a key that is replaced, is closed before. */
  readonly open: Open;
  /** Undefined for one that is not open. */
  find(locationId: string): OpenLocation | undefined;
  /** The same for a request. Throws `signedOut`. */
  get(locationId: string): OpenLocation;
  all(): readonly OpenLocation[];
  /** Closes a location, and waits for one that is being opened; nothing happens to one that is not open. */
  close(locationId: string): Promise<void>;
  closeAll(): Promise<void>;
  /** Closes a location for good, as the person signs out. */
  forget(locationId: string): Promise<void>;
}

/** Makes the registry; it begins empty. */
export function createOpenLocations(openOne: Open): OpenLocations {
  const open = new Map<string, OpenLocation>();
  /** One for each id: two openings of one location would write the same records. */
  const turns = new Map<string, Mutex>();
  const inTurn = <Result>(locationId: string, work: () => Promise<Result>): Promise<Result> => {
    const mutex = turns.get(locationId) ?? createMutex();
    turns.set(locationId, mutex);
    return mutex.run(work);
  };
  const endNow = async (locationId: string, end: (location: OpenLocation) => Promise<void>) => {
    const location = open.get(locationId);
    open.delete(locationId);
    if (location) await end(location);
  };
  const close = (locationId: string) =>
    inTurn(locationId, () => endNow(locationId, (location) => location.close()));
  return {
    open: (account, locationId) =>
      inTurn(locationId, async () => {
        await endNow(locationId, (location) => location.close());
        const location = await openOne(account, locationId);
        open.set(locationId, location);
        return location;
      }),
    find: (locationId) => open.get(locationId),
    get: (locationId) => {
      const location = open.get(locationId);
      if (!location) throw new AppFailure({ code: 'signedOut' });
      return location;
    },
    all: () => [...open.values()],
    close,
    closeAll: async () => {
      await Promise.all([...turns.keys()].map(close));
    },
    forget: (locationId) => inTurn(locationId, () => endNow(locationId, (location) => location.forget())),
  };
}

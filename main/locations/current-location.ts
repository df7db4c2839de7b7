import type { LostRecords, Session } from '#app/accounts/session.ts';
import type { ConnectInput } from '#app/contract/connect-contract.ts';
import { type AppError, AppFailure } from '#app/errors.ts';
import { type Account, type CheckedKey, toLocation } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { createMutex } from '../engine/mutex.ts';
import type { LocationList } from './location-list.ts';
import type { OpenLocation } from './open-location.ts';

/** What the current location is made of. */
export interface CurrentLocationParts {
  readonly accounts: Accounts;
  readonly locations: LocationList;
  /** Asks the server what it says of an account's key. Throws `AppFailure`. */
  readonly checkKey: (account: Account) => Promise<CheckedKey>;
  readonly open: (account: Account, locationId: string) => Promise<OpenLocation>;
  /** What was lost of records that belong to no location; told with the first one. */
  readonly lostRecords: readonly LostRecords[];
  /** Removes the listings that are kept of all locations: which one is an account's cannot be told without its key. */
  readonly removeListings: () => Promise<void>;
  readonly onSessionChange: (session: Session) => void;
  /** Told when there is no account any more. */
  readonly onSignedOut: () => void;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** Which account's files are in view. */
export interface CurrentLocation {
  session(): Session;
  location(): OpenLocation | undefined;
  /**
   * Checks a key that a person gives in the place of the one in view, and shows its files instead; settles when they are
   * there. Throws `AppFailure`.
   */
  connect(input: ConnectInput): Promise<void>;
  /** Shows the files of an account that was given for this run. Never rejects: see the session. */
  openGiven(account: Account): Promise<void>;
  /**
   * Reads the kept account's key from the keychain and shows its files, or tries again to show those of a given one.
   * Never rejects: see the session.
   */
  unlock(): Promise<void>;
  /**
   * Forgets the account in view. Throws `keychainUnavailable` or `keychainSilent` while its key could not be removed,
   * unless it may be left in the keychain for now.
   */
  signOut(isKeyLeft: boolean): Promise<void>;
  /** Ends all work on the files in view. */
  close(): Promise<void>;
}

/** Makes the holder of the current location; it begins without one. */
export function createCurrentLocation(parts: CurrentLocationParts): CurrentLocation {
  const { accounts, locations } = parts;
  let session: Session = { phase: 'unlocking' };
  let location: OpenLocation | undefined;
  let untold = parts.lostRecords;
  /** Given for this run, and not yet shown. */
  let given: Account | undefined;
  /** Opening and closing take turns: two openings of one location would write the same records. */
  const { run: inTurn } = createMutex();

  const change = (next: Session) => {
    session = next;
    parts.onSessionChange(session);
  };
  const endNow = async (end: (location: OpenLocation) => Promise<void>) => {
    const ending = location;
    location = undefined;
    if (ending) await end(ending);
  };
  const closeNow = () => endNow((ending) => ending.close());
  const open = (account: Account, locationId: string) =>
    inTurn(async () => {
      await closeNow();
      location = await parts.open(account, locationId);
      const lostRecords = [...untold, ...location.lostRecords];
      untold = [];
      change({ phase: 'ready', location: toLocation(account), lostRecords });
    });
  /** Asks whose a key is of which that is not known yet: only then can another one take its place. Never rejects. */
  const learnScope = async (account: Account, locationId: string) => {
    if (locations.hasScope(locationId)) return;
    const checked = await parts.checkKey(account).catch(() => null);
    if (checked) await locations.noteScope(locationId, account.endpoint, checked.scope);
  };
  const close = () => inTurn(closeNow);
  const unlock = async () => {
    change({ phase: 'unlocking' });
    try {
      const account = given ?? (await accounts.readKept());
      if (account) {
        const locationId = await locations.find(account);
        await open(account, locationId);
        // A key that is given for a run has no place to take. One that was kept may be refused when it is to be replaced.
        if (account.keyStorage === 'keychain') void learnScope(account, locationId);
      } else parts.onSignedOut();
      given = undefined;
    } catch (cause) {
      const error = cause instanceof AppFailure ? cause.error : parts.toUnexpected(cause);
      change({ phase: 'locked', error });
    }
  };

  return {
    session: () => session,
    location: () => location,
    connect: async (input) => {
      const replaced = location;
      const replacedId = replaced?.id ?? locations.findKept(accounts.keptId() ?? '');
      const { account, scope } = await accounts.connect(input);
      if (replaced?.account.endpoint === account.endpoint) await learnScope(replaced.account, replaced.id);
      await open(account, await locations.connect(account, scope, replacedId));
    },
    openGiven: async (account) => {
      given = account;
      await unlock();
    },
    unlock,
    signOut: async (isKeyLeft) => {
      await accounts.remove(location?.account ?? given, isKeyLeft);
      await inTurn(async () => {
        // The account has left already: copies that cannot be removed must not hold that up.
        if (!location) await parts.removeListings().catch(parts.toUnexpected);
        await endNow((ending) => ending.forget());
      });
      given = undefined;
      session = { phase: 'unlocking' };
      parts.onSignedOut();
    },
    close,
  };
}

import type { LostRecords, Session } from '#app/accounts/session.ts';
import type { ConnectInput } from '#app/contract/connect-contract.ts';
import { type AppError, AppFailure } from '#app/errors.ts';
import { type Account, type CheckedKey, toLocation } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { createMutex } from '../engine/mutex.ts';
import type { LocationList } from './location-list.ts';
import type { OpenLocation } from './open-location.ts';
import type { OpenLocations } from './open-locations.ts';

/** What the current location is made of. */
export interface CurrentLocationParts {
  readonly accounts: Accounts;
  readonly list: LocationList;
  readonly locations: OpenLocations;
  /** Asks the server what it says of an account's key. Throws `AppFailure`. */
  readonly checkKey: (account: Account) => Promise<CheckedKey>;
  /** What was lost of records by the time that the first location is open, with which it is told. */
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
   * unless it may be left in the keychain for now, and `refused` where `locationId` is not the one in view; it is null
   * where none is.
   */
  signOut(locationId: string | null, isKeyLeft: boolean): Promise<void>;
  /** Ends all work, in every location that is open. */
  close(): Promise<void>;
}

/** Makes the holder of the current location; it begins without one. */
export function createCurrentLocation(parts: CurrentLocationParts): CurrentLocation {
  const { accounts, list, locations } = parts;
  let session: Session = { phase: 'unlocking' };
  let locationId: string | undefined;
  let untold = parts.lostRecords;
  /** Given for this run, and not yet shown. */
  let given: Account | undefined;
  /** What is in view changes one step at a time. */
  const { run: inTurn } = createMutex();

  const current = () => (locationId === undefined ? undefined : locations.find(locationId));
  const change = (next: Session) => {
    session = next;
    parts.onSessionChange(session);
  };
  const open = (account: Account, nextId: string) =>
    inTurn(async () => {
      if (locationId !== undefined) await locations.close(locationId);
      locationId = nextId;
      const location = await locations.open(account, nextId);
      const lostRecords = [...untold];
      untold = [];
      const { id: viewId } = location.views.open();
      change({ phase: 'ready', location: toLocation(account, nextId), viewId, lostRecords });
    });
  /** Asks whose a key is of which that is not known yet: only then can another one take its place. Never rejects. */
  const learnScope = async (account: Account, id: string) => {
    if (list.hasScope(id)) return;
    const checked = await parts.checkKey(account).catch(() => null);
    if (checked) await list.noteScope(id, account.endpoint, checked.scope);
  };
  const unlock = async () => {
    change({ phase: 'unlocking' });
    try {
      const account = given ?? (await accounts.readKept());
      if (account) {
        const id = await list.find(account);
        await open(account, id);
        // A key that is given for a run has no place to take. One that was kept may be refused when it is to be replaced.
        if (account.keyStorage === 'keychain') void learnScope(account, id);
      } else parts.onSignedOut();
      given = undefined;
    } catch (cause) {
      const error = cause instanceof AppFailure ? cause.error : parts.toUnexpected(cause);
      change({ phase: 'locked', error });
    }
  };

  return {
    session: () => session,
    location: current,
    connect: async (input) => {
      const replaced = current();
      const replacedId = replaced?.id ?? list.findKept(accounts.keptId() ?? '');
      const { account, scope } = await accounts.connect(input);
      if (replaced?.account.endpoint === account.endpoint) await learnScope(replaced.account, replaced.id);
      await open(account, await list.connect(account, scope, replacedId));
    },
    openGiven: async (account) => {
      given = account;
      await unlock();
    },
    unlock,
    signOut: async (asked, isKeyLeft) => {
      const location = current();
      // The page may have asked before it knew that another location is in view by now.
      if (asked !== (location?.id ?? null)) throw new AppFailure({ code: 'refused' });
      await accounts.remove(location?.account ?? given, isKeyLeft);
      await inTurn(async () => {
        // The account has left already: copies that cannot be removed must not hold that up.
        const ending = current();
        if (ending) await locations.forget(ending.id);
        else await parts.removeListings().catch(parts.toUnexpected);
        locationId = undefined;
      });
      given = undefined;
      session = { phase: 'unlocking' };
      parts.onSignedOut();
    },
    close: () =>
      inTurn(async () => {
        await locations.closeAll();
        locationId = undefined;
      }),
  };
}

import { describe, expect, it } from 'vitest';
import type { Session } from '#app/accounts/session.ts';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type CurrentLocationParts, createCurrentLocation } from './current-location.ts';
import type { LocationList } from './location-list.ts';
import type { OpenLocation } from './open-location.ts';
import { createOpenLocations } from './open-locations.ts';
import type { Views } from './views.ts';

const GIVEN: Account = {
  id: 'environment',
  endpoint: 'https://openrouter.ai/api/v1',
  key: 'k-1',
  keyLabel: null,
  keyStorage: 'environment',
};

const PARTS: Pick<CurrentLocationParts, 'list' | 'checkKey'> = {
  list: { find: async () => 'location-1' } as Partial<LocationList> as LocationList, // Nothing else of it is asked.
  checkKey: () => expect.unreachable(),
};

describe('an account that was given for this run', () => {
  it('and whose files cannot be opened shows why, and can be tried again', async () => {
    const sessions: Session[] = [];
    let isBroken = true;
    const current = createCurrentLocation({
      ...PARTS,
      accounts: {} as Accounts, // It is not asked.
      locations: createOpenLocations(async (account) => {
        if (isBroken) throw new Error('the records cannot be read');
        const views = { open: () => ({ id: 'view-1' }) } as Partial<Views> as Views;
        return { account, views } as Partial<OpenLocation> as OpenLocation; // What else they have nobody asks for.
      }),
      lostRecords: [],
      removeListings: () => expect.unreachable(),
      onSessionChange: (session) => sessions.push(session),
      onSignedOut: () => expect.unreachable(),
      toUnexpected: () => ({ code: 'unexpected', errorId: 'error-1' }),
    });
    await current.openGiven(GIVEN);
    expect(sessions).toEqual([
      { phase: 'unlocking' },
      { phase: 'locked', error: { code: 'unexpected', errorId: 'error-1' } },
    ]);
    isBroken = false;
    await current.unlock();
    expect(current.session()).toMatchObject({
      phase: 'ready',
      location: { id: 'location-1', accountId: 'environment' },
      viewId: 'view-1',
    });
    expect(current.location()?.account).toBe(GIVEN);
  });

  it('can be signed out while its files cannot be opened, and the account in the keychain stays', async () => {
    const removed: unknown[] = [];
    let removedListingsCount = 0;
    let signedOutCount = 0;
    const current = createCurrentLocation({
      ...PARTS,
      accounts: {
        remove: async (account, isKeyLeft) => void removed.push([account, isKeyLeft]),
      } as Partial<Accounts> as Accounts, // Nothing else of it is asked.
      locations: createOpenLocations(() => Promise.reject(new Error('the records cannot be read'))),
      lostRecords: [],
      removeListings: async () => {
        removedListingsCount += 1;
        throw new Error('the disk is full');
      },
      onSessionChange: () => undefined,
      onSignedOut: () => {
        signedOutCount += 1;
      },
      toUnexpected: () => ({ code: 'unexpected', errorId: 'error-1' }),
    });
    await current.openGiven(GIVEN);
    await current.signOut(null, false);
    expect(removed).toEqual([[GIVEN, false]]);
    expect(removedListingsCount).toBe(1);
    expect(signedOutCount).toBe(1);
  });
});

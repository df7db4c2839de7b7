import type { Location } from '#app/accounts/session.ts';
import { plural } from '../format.ts';

const keyStorage: Readonly<Record<Location['keyStorage'], string>> = {
  keychain: 'Key in the system keychain',
  memory: 'Key kept until you quit',
  environment: 'Key from the environment',
};

/** What signing out does to the key, by where it is kept. */
const signOutDetail: Readonly<Record<Location['keyStorage'], string>> = {
  keychain: 'The API key is removed from the system keychain. Your files stay at OpenRouter.',
  memory: 'The API key is forgotten. Your files stay at OpenRouter.',
  environment: 'This session ends. The API key stays in the environment, and your files stay at OpenRouter.',
};

/** The words of locations, of the keychain's states and of signing out. */
export const accountsTexts = {
  label: 'Locations',
  keyStorage,
  withKey: (label: string, key: string) => `${label} (key ${key})`,
  actions: (label: string) => `Actions for ${label}`,
  signOut: 'Sign out',
  signOutMenu: 'Sign out…',
  signOutTitle: (label: string) => `Sign out of ${label}?`,
  signOutDetail,
  signOutTransfers: (count: number) =>
    plural(count, {
      one: '# transfer that has not finished will stop.',
      other: '# transfers that have not finished will stop.',
    }),
  signOutDeletions: (count: number) =>
    plural(count, {
      one: '# file that is about to be deleted stays.',
      other: '# files that are about to be deleted stay.',
    }),
  signOutUnderWay: (count: number) =>
    plural(count, {
      one: '# file is still to be deleted. Signing out stops that for good, and it stays.',
      other: '# files are still to be deleted. Signing out stops that for good, and they stay.',
    }),
  signOutUnopenedTitle: 'Sign out of this account?',
  signOutUnopenedDetail:
    'The app forgets the account it can’t open and removes its API key from the system keychain, if it is kept there. Your files stay at OpenRouter.',
  signOutUnopenedKeychain:
    'If the keychain can’t be used, the key may stay there. The app asks you before it leaves the key behind.',
  signOutUnopenedWork:
    'Unfinished transfers and deletions continue only if you connect with the same API key again.',
  leaveKeyTitle: 'Sign out and leave the key in the keychain?',
  leaveKeyCause: (cause: string) => `${cause}, so the API key could not be removed from it.`,
  leaveKeyDetail:
    'If you sign out now, the app forgets this account and removes its key as soon as it can use the keychain again. You can also delete the key at OpenRouter.',
  leaveKey: 'Sign out anyway',
  cancel: 'Cancel',
  unlockingTitle: 'Unlocking the keychain…',
  unlockingDetail: 'If the system asks, allow the app to read its key.',
  lostRecords: {
    deletions: {
      title: 'A record of deletions couldn’t be read',
      detail:
        'Deletions that hadn’t finished when the app last ran won’t continue. Check whether those files are still in the list.',
    },
    history: {
      title: 'The upload history couldn’t be read',
      detail:
        'The app no longer knows which files were uploaded from or saved to this computer before. It may not notice when you upload the same content again.',
    },
    locations: {
      title: 'The list of your accounts couldn’t be read',
      detail:
        'Transfers and deletions that hadn’t finished when the app last ran won’t continue. Check whether those files are in the list, and add what is missing again.',
    },
    settings: {
      title: 'Your settings couldn’t be read',
      detail: 'The app uses the default settings. The damaged file was kept in the app’s data folder.',
    },
  },
  retry: 'Try again',
  useKey: 'Connect with a key…',
};

import { showError } from '../ui/show-error.ts';

/** Removes the key and ends the session; main opens the connect window. */
export async function signOut(): Promise<void> {
  const result = await window.files.signOut();
  if (!result.ok) showError(result.error, 'account');
}

/** Tries again to read the key; the outcome comes as a change of the session. */
export async function unlock(): Promise<void> {
  const result = await window.files.unlock();
  if (!result.ok) showError(result.error, 'account');
}

/** Goes to the connect window and leaves the kept key where it is: the way on while the keychain cannot be read. */
export async function openConnect(): Promise<void> {
  const result = await window.files.openConnect();
  if (!result.ok) showError(result.error, 'account');
}

import type { AppError } from '#app/errors.ts';
import { showError } from '../ui/show-error.ts';

/**
 * Removes the key, unless it may be left in the keychain, and ends the session; main opens the connect window. Answers
 * with why the keychain did not let the key be removed, null otherwise.
 */
export async function signOut(locationId: string | null, isKeyLeft: boolean): Promise<AppError | null> {
  const result = await window.files.signOut({ locationId, isKeyLeft });
  if (result.ok) return null;
  const { code } = result.error;
  if (!isKeyLeft && (code === 'keychainUnavailable' || code === 'keychainSilent')) return result.error;
  showError(result.error, 'account');
  return null;
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

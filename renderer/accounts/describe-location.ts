import type { Location } from '#app/accounts/session.ts';
import { texts } from '../texts/texts.ts';
import { toIsolated } from '../ui/split-name.ts';

/** Names a location so that two keys of one server can be told apart, where the server gave the key's abbreviation. */
export function describeLocation({ label, keyLabel }: Location): string {
  return keyLabel === null ? label : texts.accounts.withKey(label, toIsolated(keyLabel));
}

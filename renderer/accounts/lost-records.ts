import type { LostRecords } from '#app/accounts/session.ts';
import { texts } from '../texts/texts.ts';
import { messages } from '../ui/message-store.ts';

/** Tells what the app had on disk and could not read at its start; each stays until it is dismissed. */
export function tellOfLostRecords(lostRecords: readonly LostRecords[]): void {
  for (const lost of lostRecords) {
    const { title, detail } = texts.accounts.lostRecords[lost];
    messages.show({ id: `lost-${lost}`, tone: 'alert', title, details: [detail], isBrief: false });
  }
}

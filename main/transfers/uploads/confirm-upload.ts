import { AppFailure, type MaybeUploadedReason } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { toBackOff } from '../../engine/back-off.ts';
import type { Clock } from '../../engine/clock.ts';
import { toRetryPolicy } from '../../engine/retry-policy.ts';
import { unlessAborted } from '../../unless-aborted.ts';
import type { SentMark } from '../queue/stored-transfer.ts';
import type { LookAtListing, WholeListing } from './listing-look.ts';

/** An upload that broke after its body had begun to be sent. */
export interface OpenUpload {
  readonly name: string;
  readonly sent: SentMark & { readonly brokeAt: number };
}

/** What looking for an upload needs. */
export interface ConfirmServices {
  readonly clock: Clock;
  readonly look: LookAtListing;
  /** Whether a file of the listing belongs to another upload, or was deleted from here. */
  readonly isClaimed: (fileId: string) => boolean;
  /** Whether a file on the server may as well be another upload's whose outcome is open. */
  readonly isDisputed: (file: RemoteFile) => boolean;
  /** Settles when nothing holds all transfers; what a look meets that would does. Rejects at an abort. */
  readonly whenAllowed: (signal: AbortSignal) => Promise<void>;
}

/** What became of an upload. */
export type Confirmation =
  | { readonly kind: 'found'; readonly file: RemoteFile }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unsure'; readonly reason: MaybeUploadedReason };

/** A server may commit a whole body some time after the connection broke: it is looked for again, this long after. */
const LOOK_AGAIN_MS = [5000, 30_000];

/** One page that fails must not leave open what became of all uploads that share the look. */
const MAX_LOOK_FAILURES = 3;

/** How far the server's clock and ours may be apart. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

/**
 * Looks for an upload on the server: a file of its name and size that was not there before and belongs to no other
 * upload. Of a body whose end never left, one look is enough: no server can hold it whole. Rejects at an abort only.
 */
export async function confirmUpload(
  upload: OpenUpload,
  services: ConfirmServices,
  signal: AbortSignal,
): Promise<Confirmation> {
  const { clock } = services;
  const { sent } = upload;
  const now = clock.now();
  // A clock that was set back must not make it wait for hours.
  const brokeAt = Math.min(sent.brokeAt, now);
  const dueAt = [now];
  if (sent.reached === 'all') {
    dueAt.push(...LOOK_AGAIN_MS.map((ms) => brokeAt + ms).filter((at) => at > now));
  }
  for (const at of dueAt) {
    await clock.sleep(Math.max(0, at - clock.now()), signal);
    const found = await lookOnce(upload, services, signal);
    if (found.kind !== 'absent') return found;
  }
  return { kind: 'absent' };
}

async function lookOnce(
  upload: OpenUpload,
  services: ConfirmServices,
  signal: AbortSignal,
): Promise<Confirmation> {
  for (let failures = 0; ; ) {
    try {
      const listing = await unlessAborted(services.look(), signal);
      return judgeListing(upload, listing, services);
    } catch (cause) {
      signal.throwIfAborted();
      if (!(cause instanceof AppFailure)) throw cause;
      const { retry } = toRetryPolicy(cause.error, 'verification');
      if (retry !== 'never' && retry !== 'later') {
        await services.whenAllowed(signal);
        continue;
      }
      failures += 1;
      if (failures >= MAX_LOOK_FAILURES) return { kind: 'unsure', reason: 'lookFailed' };
      await services.clock.sleep(toBackOff(failures), signal);
    }
  }
}

/** Judges a whole listing by the rule above. */
export function judgeListing(
  upload: OpenUpload,
  { files, unreadableRows }: WholeListing,
  { isClaimed, isDisputed }: Pick<ConfirmServices, 'isClaimed' | 'isDisputed'>,
): Confirmation {
  const { sent } = upload;
  // A body whose end never left is no file: one of its name is another's, and the next attempt asks about it.
  if (sent.reached === 'part') return { kind: 'absent' };
  const known = new Set(sent.knownIds);
  const candidates = files.filter(
    (file) => isSame(file, upload) && !known.has(file.id) && !isClaimed(file.id),
  );
  const [first] = candidates;
  // It may be one of the rows that could not be read.
  if (!first) return unreadableRows > 0 ? { kind: 'unsure', reason: 'lookFailed' } : { kind: 'absent' };
  // Without a whole listing from before, the one there may be older than the attempt; one that says it is older is
  // another's, unless the clocks are wrong; and of two open uploads either may have made it. None of these may count as
  // ours, nor as absent.
  const isOlder = (first.createdAt ?? sent.at) < sent.at - CLOCK_TOLERANCE_MS;
  if (candidates.length > 1 || isOlder || !sent.isKnownComplete || isDisputed(first)) {
    return { kind: 'unsure', reason: 'severalMatches' };
  }
  return { kind: 'found', file: first };
}

function isSame(file: RemoteFile, { name, sent }: OpenUpload): boolean {
  return file.sizeBytes === sent.sizeBytes && file.name.normalize('NFC') === name.normalize('NFC');
}

import { AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { TransferQuestion } from '#app/transfers/transfer.ts';
import type { FileStore } from '../../file-store/file-store.ts';
import { unlessAborted } from '../../unless-aborted.ts';
import type { AttemptReport } from '../attempt.ts';
import { type CheckedUpload, checkUpload, type UploadChecks } from './check-upload.ts';
import { confirmContent } from './confirm-content.ts';
import { toTextFailure } from './content/check-text.ts';
import { createTextCheck } from './content/text-check.ts';
import { createDigest, hashContent } from './hash.ts';
import { openSource, type UploadSource } from './upload-source.ts';

/** What an attempt to upload needs of its location. */
export interface UploadServices {
  readonly uploadFile: FileStore['uploadFile'];
  readonly checks: UploadChecks;
  /**
   * Settles when it is on disk that the attempt is about to send so many bytes, and it has its turn on the network: only
   * then may one leave. Throws `journalUnwritable` and `Postponed`.
   */
  readonly getReady: (sizeBytes: number) => Promise<void>;
}

/** How an attempt ended that did not fail. */
export type UploadOutcome =
  | { readonly kind: 'asks'; readonly question: TransferQuestion }
  | {
      readonly kind: 'stored';
      readonly file: RemoteFile;
      readonly sha256: string;
      /** When the file on this computer had last been written to, in milliseconds since the epoch, with fractions. */
      readonly modifiedAt: number;
    };

/**
 * Checks one file and sends it. What it has learnt of the content on the way (hash, text) costs no second reading.
 * Throws `AppFailure`: an `UploadFailure` once the sending had begun, which says how far it came.
 */
export async function attemptUpload(
  source: UploadSource,
  services: UploadServices,
  report: AttemptReport,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const checked = await check(source, services.checks, signal);
  try {
    report.size(checked.sizeBytes);
    if (checked.question) return { kind: 'asks', question: checked.question };
    await services.getReady(checked.sizeBytes);
    if (signal.aborted) throw new AppFailure({ code: 'cancelled' });
    return await send(source, checked, services.uploadFile, report, signal);
  } finally {
    checked.file.close();
  }
}

/** Checks a file whose disk may never answer. */
async function check(
  source: UploadSource,
  checks: UploadChecks,
  signal: AbortSignal,
): Promise<CheckedUpload> {
  const checking = checkUpload(source, checks, signal);
  try {
    return await unlessAborted(checking, signal, () => new AppFailure({ code: 'cancelled' }));
  } catch (cause) {
    // It may come to its end long after nobody waits for it any more.
    if (signal.aborted) checking.then(({ file }) => file.close()).catch(() => undefined);
    throw cause;
  }
}

async function send(
  source: UploadSource,
  checked: CheckedUpload,
  uploadFile: FileStore['uploadFile'],
  report: AttemptReport,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const reading = checked.content === null ? readAlong(source, checked, signal) : null;
  report.move('sending');
  const file = await uploadFile({
    file: checked.file,
    fileName: source.name,
    sizeBytes: checked.sizeBytes,
    content: checked.content,
    signal,
    onSent: report.progress,
    // A small one was read and checked as a whole: what becomes of it afterwards changes nothing.
    ...reading?.hooks,
    onWaiting: () => report.move('waitingForServer'),
  });
  report.move('verifying');
  if (file.sizeBytes !== checked.sizeBytes) throw new StoredMixture(file);
  const sha256 = reading?.sha256() ?? (checked.content ? hashContent(checked.content) : '');
  return { kind: 'stored', file, sha256, modifiedAt: reading?.modifiedAt() ?? checked.modifiedAt };
}

/** Looks at a file's content as it goes by. */
function readAlong(source: UploadSource, checked: CheckedUpload, signal: AbortSignal) {
  const digest = createDigest();
  const text = checked.isText ? createTextCheck() : null;
  let sha256 = '';
  let { modifiedAt } = checked;
  return {
    sha256: () => sha256,
    modifiedAt: () => modifiedAt,
    hooks: {
      onRead: (bytes: Uint8Array) => {
        digest.update(bytes);
        if (text && !text.push(bytes)) throw toTextFailure(bytes);
      },
      // Before the body's end has left, the server can have accepted nothing: a last chance to see that it is the file
      // that was checked, and all of it text.
      beforeEnd: async () => {
        // It was looked at before: a cut character at its end is one that was written since.
        if (text && !text.end()) throw new AppFailure({ code: 'notUtf8', encoding: 'utf-8' });
        sha256 = digest.hex();
        // It may have been written to after it was hashed for the checks.
        if (checked.sha256 !== null && checked.sha256 !== sha256)
          throw new AppFailure({ code: 'fileChanged' });
        // Rights, names and attributes of a file may change, and its time of writing, with its content the same.
        if ((await checked.findChange()) === 'record') {
          modifiedAt = (await confirmContent(() => openSource(source), sha256, signal)).modifiedAt;
        }
      },
    },
  };
}

/** The server confirmed another size than was sent. */
export class StoredMixture extends AppFailure {
  readonly file: RemoteFile;

  constructor(file: RemoteFile) {
    super({ code: 'storedMixture' });
    this.file = file;
  }
}

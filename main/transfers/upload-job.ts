import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { findNameProblem, suggestUploadName } from '#app/files/upload-name.ts';
import { MAX_FILE_SIZE_BYTES } from '#app/limits.ts';
import type { FileUpload } from '../openrouter/client.ts';
import type { TransferJob, TransferReport } from './transfer-queue.ts';

/** A file on this computer and the name it shall have on the server. */
export interface UploadSource {
  readonly path: string;
  readonly name: string;
  /** When the file was found, in bytes; the job looks again. */
  readonly sizeBytes: number;
}

/** What uploads need of their location. */
export interface UploadParts {
  readonly uploadFile: (upload: FileUpload) => Promise<RemoteFile>;
  /** Told of a file that the server has confirmed. */
  readonly onUploaded: (file: RemoteFile) => void;
}

/**
 * Makes the job that sends one file. What the server would surely refuse (an empty file, one over 100 MiB, a name
 * against its rules) fails before a byte leaves. Done means the server answered with the same size.
 */
export function createUploadJob(source: UploadSource, parts: UploadParts): TransferJob {
  return {
    direction: 'upload',
    name: source.name,
    sizeBytes: source.sizeBytes,
    fileId: null,
    path: source.path,
    run: async (report, signal) => {
      checkName(source.name);
      const file = await openSource(source.path);
      try {
        await upload(source, file, parts, report, signal);
      } finally {
        await file.close();
      }
    },
  };
}

async function upload(
  source: UploadSource,
  file: FileHandle,
  parts: UploadParts,
  report: TransferReport,
  signal: AbortSignal,
): Promise<void> {
  const before = await file.stat();
  if (!before.isFile()) throw new AppFailure({ code: 'fileUnreadable' });
  report.size(before.size);
  checkSize(before.size);
  if (signal.aborted) throw new AppFailure({ code: 'cancelled' });
  report.move('sending');
  const stored = await parts.uploadFile({
    file,
    fileName: source.name,
    sizeBytes: before.size,
    signal,
    onSent: report.progress,
    onWaiting: () => report.move('waitingForServer'),
  });
  report.move('verifying');
  report.fileId(stored.id);
  parts.onUploaded(stored);
  const after = await file.stat();
  if (stored.sizeBytes !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
    throw new AppFailure({ code: 'storedMixture' });
  }
}

function checkName(name: string): void {
  const problem = findNameProblem(name);
  if (problem) {
    throw new AppFailure({ code: 'invalidName', problem, suggestedName: suggestUploadName(name) });
  }
}

function checkSize(sizeBytes: number): void {
  if (sizeBytes === 0) throw new AppFailure({ code: 'fileEmpty' });
  if (sizeBytes > MAX_FILE_SIZE_BYTES) throw new AppFailure({ code: 'fileTooLarge', sizeBytes });
}

async function openSource(path: string): Promise<FileHandle> {
  try {
    // Without waiting: to open a FIFO nobody writes to would wait for ever, and take one of Node's few threads with it.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new AppFailure({ code: isMissing ? 'fileMissing' : 'fileUnreadable' }, { cause });
  }
}

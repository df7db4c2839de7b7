import type { DiskFile } from '../../disk/disk-file.ts';
import { syncFile } from '../../disk/sync-file.ts';
import { onDisk } from './disk-failure.ts';

/** Writes the pieces of a body to a file, in order and without copying them. One call at a time. */
export interface PartWriter {
  /** Where the next piece goes: all bytes so far, those still on their way to the file included. */
  readonly endByte: number;
  /** Takes a piece; settles when there is room for another. Throws `AppFailure` of the disk. */
  write(piece: Uint8Array): Promise<void>;
  /** Settles when all pieces are in the file. Throws as `write` does. */
  flush(): Promise<void>;
  /** Settles when all pieces are on the disk. Throws as `write` does. */
  sync(): Promise<void>;
}

/** What a part is written to. */
type PartOutput = Pick<DiskFile, 'write' | 'sync' | 'datasync'>;

/** Larger writes than the network's pieces keep the disk from being asked too often. */
const BATCH_BYTES = 1024 * 1024;
/** The disk begins while the network still brings bytes; else it would have to take all of them at the end. */
const SYNC_EVERY_BYTES = 16 * 1024 * 1024;

/** Makes a writer that begins at `startByte`. One batch is written while the next is collected. */
export function createPartWriter(file: PartOutput, startByte: number): PartWriter {
  let batch: Uint8Array[] = [];
  let batchStart = startByte;
  let endByte = startByte;
  let written: Promise<void> = Promise.resolve();
  let syncedTo = startByte;
  let earlySync: Promise<void> | null = null;

  const syncEarly = (writtenBytes: number) => {
    if (earlySync || writtenBytes - syncedTo < SYNC_EVERY_BYTES) return;
    syncedTo = writtenBytes;
    const done = () => {
      earlySync = null;
    };
    // What goes wrong here goes wrong again at the end, where it is told.
    earlySync = file.datasync().then(done, done);
  };
  const writeBatch = async () => {
    const [pieces, start, end] = [batch, batchStart, endByte];
    batch = [];
    batchStart = end;
    await written;
    written = onDisk(writeAll(file, pieces, start)).then(() => syncEarly(end));
    // It is awaited with the next batch; until then a failure is not an unhandled one.
    written.catch(() => undefined);
  };
  const flush = async () => {
    if (batch.length > 0) await writeBatch();
    await written;
  };

  return {
    get endByte() {
      return endByte;
    },
    write: async (piece) => {
      batch.push(piece);
      endByte += piece.byteLength;
      if (endByte - batchStart >= BATCH_BYTES) await writeBatch();
    },
    flush,
    sync: async () => {
      await flush();
      await earlySync;
      await onDisk(syncFile(file));
    },
  };
}

/** A nearly full disk takes a part of what it is given before it refuses the rest. */
async function writeAll(file: PartOutput, pieces: readonly Uint8Array[], start: number): Promise<void> {
  let writtenBytes = await file.write(pieces, start);
  let position = start + writtenBytes;
  if (writtenBytes === sumBytes(pieces)) return;
  let rest = Buffer.concat(pieces).subarray(writtenBytes);
  while (rest.length > 0) {
    writtenBytes = await file.write([rest], position);
    position += writtenBytes;
    rest = rest.subarray(writtenBytes);
  }
}

function sumBytes(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
}

import { describe, expect, it } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import { createPartWriter } from './part-writer.ts';

const MIB = 1024 * 1024;

/** A file in memory on a disk that takes at most `mostBytes` at once and `roomBytes` in all. */
function createFile(mostBytes: number, roomBytes = Number.POSITIVE_INFINITY) {
  const content = Buffer.alloc(4 * MIB);
  const calls: string[] = [];
  let usedBytes = 0;
  const take = async (bytes: Uint8Array, position: number) => {
    const bytesWritten = Math.min(bytes.length, mostBytes, roomBytes - usedBytes);
    if (bytesWritten === 0) {
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC', syscall: 'write' });
    }
    content.set(bytes.subarray(0, bytesWritten), position);
    usedBytes += bytesWritten;
    return bytesWritten;
  };
  const file = {
    write: (pieces: readonly Uint8Array[], position: number) => take(Buffer.concat(pieces), position),
    sync: async () => void calls.push('sync'),
    datasync: async () => void calls.push('datasync'),
  };
  return { file, content, calls };
}

function createPieces(sizeBytes: number): readonly Buffer[] {
  const bytes = Buffer.alloc(sizeBytes, 'every piece differs from the next one ');
  const pieces: Buffer[] = [];
  for (let start = 0; start < sizeBytes; start += 60_000) pieces.push(bytes.subarray(start, start + 60_000));
  return pieces;
}

describe('the writer of a part', () => {
  it.each([
    ['all it is given', 4 * MIB],
    ['a part of it', 700_001],
  ])('writes every byte to its place when the disk takes %s at once', async (_name, mostBytes) => {
    const { file, content, calls } = createFile(mostBytes);
    const writer = createPartWriter(file, 1000);
    const pieces = createPieces(3_000_000);
    for (const piece of pieces) await writer.write(piece);
    await writer.sync();
    expect(writer.endByte).toBe(3_001_000);
    expect(content.subarray(1000, 3_001_000).equals(Buffer.concat(pieces))).toBe(true);
    expect(calls).toEqual(['sync']);
  });

  it('says that the disk is full at the latest when all shall be there', async () => {
    const { file } = createFile(MIB, 2_999_999);
    const writer = createPartWriter(file, 0);
    const all = async () => {
      for (const piece of createPieces(3_000_000)) await writer.write(piece);
      await writer.flush();
    };
    await expect(all()).rejects.toEqual(new AppFailure({ code: 'diskFull' }));
  });
});

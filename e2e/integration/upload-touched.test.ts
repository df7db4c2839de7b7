import { execFile } from 'node:child_process';
import { chmod, link, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { inState, setUpTransfers } from './transfers-bench.ts';

const bench = setUpTransfers();

/** More than the connection's buffers hold, so that the end is read after the change. */
const CONTENT = 'x'.repeat(40_000_000);

describe('a file that is touched while it is uploaded', () => {
  /** Uploads a file and changes something about it meanwhile; answers the transfer at its end. */
  async function uploadAndChange(change: (path: string) => Promise<unknown>) {
    const location = await bench.openHere();
    const path = await bench.write('a.txt', CONTENT);
    const hang = bench.server.faults.inject({
      on: 'upload',
      fault: { kind: 'hang', at: { requestBytes: 1 } },
    });
    const id = location.upload(path, 'a.txt');
    await location.waitFor(inState(id, 'sending'));
    await change(path);
    hang.release();
    const ended = await location.waitFor(
      (transfer) => transfer.id === id && ['done', 'failed'].includes(transfer.state),
    );
    return { location, path, ended };
  }

  it.each<[string, (path: string) => Promise<unknown>]>([
    ['other rights', (path) => chmod(path, 0o600)],
    ['a second name', (path) => link(path, `${path}.second`)],
    ['another time of writing', (path) => utimes(path, 1, 1)],
    [
      'another file with the same content in its place',
      async (path) => {
        await writeFile(`${path}.new`, CONTENT);
        await rename(`${path}.new`, path);
      },
    ],
  ])('and got %s is sent once and is done', async (_what, change) => {
    const { location, path, ended } = await uploadAndChange(change);
    expect(ended).toMatchObject({ state: 'done', attempts: 1 });
    expect(bench.server.requests.all('upload')).toHaveLength(1);
    // What is dragged out or shown later must be known as unchanged.
    const { mtimeMs } = await stat(path);
    expect(location.transfers.findLocal(ended.fileId ?? '')?.modifiedAt).toBeCloseTo(mtimeMs, 3);
  });

  it.runIf(process.platform === 'linux')('and got an attribute is sent once and is done', async (context) => {
    const { ended } = await uploadAndChange((path) =>
      promisify(execFile)('setfattr', ['-n', 'user.note', '-v', 'seen', path]).catch(() =>
        context.skip('setfattr is not installed, or the disk keeps no attributes'),
      ),
    );
    expect(ended).toMatchObject({ state: 'done', attempts: 1 });
  });

  it('and written to in the same size and time is not called done', async () => {
    const { ended } = await uploadAndChange(async (path) => {
      const { atime, mtime } = await stat(path);
      await writeFile(path, 'y'.repeat(CONTENT.length));
      await utimes(path, atime, mtime);
    });
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'fileChanged' } });
    expect(bench.namesOnServer()).toEqual([]);
  });
});

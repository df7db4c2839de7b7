import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setUpTransfers } from './transfers-bench.ts';
import { openWindowLocation } from './window-location.ts';

const bench = setUpTransfers();

describe.skipIf(process.platform !== 'linux')('a file whose name on the disk is no UTF-8', () => {
  it('says so, and the others of its folder are uploaded', async () => {
    const folder = join(bench.folder, 'folder');
    await mkdir(folder);
    await writeFile(
      Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9]), Buffer.from('.txt')]),
      'x',
    );
    await writeFile(join(folder, 'café.txt'), 'other');
    const { handlers, close } = await openWindowLocation(bench.server, { folder: bench.folder });
    await handlers.uploadPaths({ paths: [folder, join(folder, 'caf\ufffd.txt')], withoutPath: [] });
    const listEnds = async () => {
      const { transfers } = await handlers.listTransfers({});
      return transfers.map(({ name, state, error }) => [name, state, error?.code ?? null]).sort();
    };
    await expect.poll(listEnds).toEqual([
      ['caf\ufffd.txt', 'failed', 'nameNotUtf8'],
      ['folder/café.txt', 'done', null],
      ['folder/caf\ufffd.txt', 'failed', 'nameNotUtf8'],
    ]);
    await close();
  });
});

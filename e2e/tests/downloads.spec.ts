import { readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { expect, test } from '../harness/test.ts';
import { createBufferContent, createGeneratedContent } from '../server/content.ts';

test('the question before a deletion says that a file has not finished downloading', async ({
  openFiles,
  server,
  profile,
}) => {
  server.files.addAll(
    ['one.bin', 'two.bin'].map((name) => ({ name, content: createGeneratedContent(3_000_000, 1) })),
  );
  server.faults.inject({ on: 'download', fault: { kind: 'hang', at: { answerBytes: 1_000_000 } } });
  const files = await openFiles();
  await answerDialogs(files.app.electron, { save: join(profile.saveFolder, 'one.bin') });
  await files.table.row('one.bin').click();
  await files.save.click();
  await files.transfers.expectState('one.bin', 'Receiving');
  await files.delete.click();
  await expect(files.dialog).toContainText(
    'This file has not finished downloading. Its contents are nowhere else.',
  );
  await files.dialogCancel.click();
  await files.table.selectAll.click();
  await files.delete.click();
  await expect(files.dialog).toContainText('1 of these files has not finished downloading.');
  await files.dialogCancel.click();
});

test('contents that come compressed arrive whole, and say so where they cannot be read', async ({
  openFiles,
  server,
  profile,
}) => {
  const bytes = Buffer.from('out of a model, again and again. '.repeat(9000));
  const coded: readonly (readonly [name: string, coding: string, body: Buffer])[] = [
    ['gzip.txt', 'gzip', gzipSync(bytes)],
    ['brotli.txt', 'br', brotliCompressSync(bytes)],
    ['none.txt', 'gzip', bytes],
    ['unknown.txt', 'compress', bytes],
  ];
  const files = await openFiles();
  for (const [name, coding, body] of coded) {
    const { id } = server.files.add({ name, content: createBufferContent(bytes) });
    const headers = { 'content-type': 'application/octet-stream', 'content-encoding': coding };
    server.faults.inject({
      on: 'download',
      times: Number.POSITIVE_INFINITY,
      matching: ({ path }) => path.includes(id),
      fault: { kind: 'answer', status: 200, headers, body },
    });
  }
  await files.refresh.click();
  await answerDialogs(files.app.electron, { open: profile.saveFolder });
  await expect(files.table.row('unknown.txt')).toBeVisible();
  await files.table.selectAll.click();
  await files.save.click();
  for (const name of ['gzip.txt', 'brotli.txt']) {
    await files.transfers.expectState(name, 'Done');
    expect((await readFile(join(profile.saveFolder, name))).equals(bytes)).toBe(true);
  }
  for (const name of ['none.txt', 'unknown.txt']) {
    await files.transfers.expectState(name, 'Failed');
    await expect(files.transfers.item(name)).toContainText('compressed in a way that cannot be read');
  }
});

test('saved over a symbolic link, a file replaces what the link leads to and keeps its permissions', async ({
  openFiles,
  server,
  profile,
}) => {
  test.skip(process.platform === 'win32', 'Making a link takes a privilege there');
  const real = join(profile.saveFolder, 'real.txt');
  const link = join(profile.saveFolder, 'link.txt');
  await writeFile(real, 'old', { mode: 0o600 });
  await symlink('real.txt', link);
  server.files.add({ name: 'new.txt', content: createBufferContent(Buffer.from('new')) });
  const files = await openFiles();
  await answerDialogs(files.app.electron, { save: link });
  await files.table.row('new.txt').click();
  await files.save.click();
  await files.transfers.expectState('real.txt', 'Done');
  expect(await readFile(real, 'utf8')).toBe('new');
  expect((await stat(real)).mode & 0o777).toBe(0o600);
  expect(await readlink(link)).toBe('real.txt');
});

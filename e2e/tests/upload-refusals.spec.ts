import { rm } from 'node:fs/promises';
import { dropFiles } from '../harness/drop-files.ts';
import { createText, writeLocalFile, writeSparseFile, ZIP_BYTES } from '../harness/local-files.ts';
import { expect, test } from '../harness/test.ts';

const MIB = 1024 * 1024;

test('each file that cannot be taken says why, before a byte leaves; the others go on', async ({
  openFiles,
  server,
  profile,
}) => {
  const { page, table, transfers } = await openFiles();
  const cases = [
    { name: 'empty.txt', content: '', words: ['The file is empty', 'OpenRouter takes no empty files.'] },
    {
      name: 'a:b.txt',
      content: 'x',
      words: ['contains a character that OpenRouter does not allow', '“a_b.txt”'],
    },
    { name: 'say "hi".txt', content: 'x', words: ['does not allow', '“say _hi_.txt”'] },
    {
      name: 'archive.zip',
      content: ZIP_BYTES,
      words: ['OpenRouter doesn’t accept this file: it looks like a ZIP archive'],
    },
  ];
  for (const { name, content, words } of cases) {
    const bad = await writeLocalFile(profile, name, content);
    const good = await writeLocalFile(profile, `good beside ${name.replace(/\W/g, '')}.txt`, name);
    await dropFiles(page, [bad.path, good.path]);
    await transfers.expectState(name, 'Failed');
    for (const text of words) await expect(transfers.item(name)).toContainText(text);
    await expect(transfers.item(name)).toContainText('The file was not uploaded.');
    await transfers.expectState(good.name, 'Done');
    await transfers.clearFinished.click();
    await expect(transfers.items).toHaveCount(0);
  }
  await expect(table.rows).toHaveCount(cases.length);
  expect(server.requests.all('upload').map(({ status }) => status)).toEqual(cases.map(() => 200));
});

test('a file over 100 MiB is refused before a byte leaves, one of exactly 100 MiB is not', async ({
  openFiles,
  server,
  profile,
}) => {
  const large = await writeSparseFile(profile, 'large.bin', 101 * MIB);
  const exact = await writeLocalFile(profile, 'exact.txt', createText(100 * MIB));
  const { page, transfers } = await openFiles();
  await dropFiles(page, [large]);
  await transfers.expectState('large.bin', 'Failed');
  await expect(transfers.item('large.bin')).toContainText(/larger than 100.MiB: it has 101.MiB/);
  expect(server.requests.all('upload')).toHaveLength(0);
  await dropFiles(page, [exact.path]);
  await transfers.expectState('exact.txt', 'Done', 30_000);
  expect(server.files.named('exact.txt').map(({ sha256 }) => sha256)).toEqual([exact.sha256]);
});

test('text that turns out to be none is not stored', async ({ openFiles, server, profile }) => {
  const bytes = Buffer.from(createText(4 * MIB));
  bytes[3 * MIB] = 0;
  const file = await writeLocalFile(profile, 'broken.txt', bytes);
  const { page, transfers } = await openFiles();
  await dropFiles(page, [file.path]);
  await transfers.expectState('broken.txt', 'Failed');
  await expect(transfers.item('broken.txt')).toContainText('it looks like text that contains NUL characters');
  expect(server.files.size).toBe(0);
});

test('a file that vanishes before its turn is uploaded all the same, as it was opened at the drop', async ({
  openFiles,
  server,
  profile,
}) => {
  const hang = server.faults.inject({ on: 'upload', times: 3, fault: { kind: 'hang', at: 'headers' } });
  const busy = await Promise.all(
    ['1', '2', '3'].map((name) =>
      writeLocalFile(profile, `busy-${name}.txt`, createText(32 * MIB + Number(name))),
    ),
  );
  // As large as they are: a small one would not wait for them.
  const gone = await writeLocalFile(profile, 'gone.txt', createText(MIB));
  const { page, transfers } = await openFiles();
  await dropFiles(
    page,
    [...busy, gone].map(({ path }) => path),
  );
  await transfers.expectState('gone.txt', 'Queued');
  await rm(gone.path);
  hang.release();
  for (const name of ['gone.txt', 'busy-1.txt', 'busy-2.txt', 'busy-3.txt'])
    await transfers.expectState(name, 'Done');
  expect(server.files.named('gone.txt')[0]?.sha256).toBe(gone.sha256);
});

test('an upload that is refused although the listing tells of room is held with the server’s words', async ({
  openFiles,
  server,
  profile,
}) => {
  server.settings.quotaBytes = 10;
  const file = await writeLocalFile(profile, 'too much.txt');
  const { page, transfers } = await openFiles();
  await dropFiles(page, [file.path]);
  // Never "full": the list shows that there is space.
  const notice = transfers.notice('An upload was refused');
  await expect(notice).toContainText('Workspace storage limit exceeded');
  await transfers.expectState('too much.txt', 'Queued');
});

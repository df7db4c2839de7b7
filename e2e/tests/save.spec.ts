import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hashFile } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { expect, test } from '../harness/test.ts';
import { createBufferContent, createGeneratedContent } from '../server/content.ts';

const MIB = 1024 * 1024;

test('a generated file is saved where the dialog says, byte for byte', async ({
  openFiles,
  server,
  profile,
}) => {
  const content = createGeneratedContent(5_000_001, 7);
  server.files.add({ name: 'out/report.csv', mimeType: 'text/csv', content });
  const files = await openFiles();
  const target = join(profile.saveFolder, 'chosen.csv');
  const dialogs = await answerDialogs(files.app.electron, { save: target });
  await files.table.row('out/report.csv').click();
  await files.save.click();
  await files.transfers.expectState('chosen.csv', 'Done');
  expect(await hashFile(target)).toBe(content.sha256);
  expect(await readdir(profile.saveFolder)).toEqual(['chosen.csv']);
  const [dialog] = await dialogs.opened();
  expect(dialog?.kind).toBe('save');
  expect(basename(dialog?.defaultPath ?? '')).toBe('report.csv');
  expect(dialog?.properties).toContain('showOverwriteConfirmation');
});

test('closing the dialog saves nothing', async ({ openFiles, server, profile }) => {
  server.files.add({ name: 'a.txt', content: createBufferContent(Buffer.from('a')) });
  const files = await openFiles();
  const dialogs = await answerDialogs(files.app.electron, { save: null });
  await files.table.row('a.txt').click();
  await files.save.click();
  await expect.poll(async () => (await dialogs.opened()).length).toBe(1);
  await expect(files.alert).toHaveCount(0);
  await expect(files.transfers.items).toHaveCount(0);
  expect(server.requests.all('download')).toHaveLength(0);
  expect(await readdir(profile.saveFolder)).toEqual([]);
});

test('progress is shown, and cancelling leaves nothing behind', async ({ openFiles, server, profile }) => {
  server.files.add({ name: 'big.txt', content: createGeneratedContent(16 * MIB, 3) });
  const at = { answerBytes: 8 * MIB };
  const hang = server.faults.inject({ on: 'download', fault: { kind: 'hang', at } });
  const files = await openFiles();
  const { transfers } = files;
  const target = join(profile.saveFolder, 'big.txt');
  await answerDialogs(files.app.electron, { save: target });
  await files.table.row('big.txt').click();
  await files.save.click();
  await transfers.expectState('big.txt', 'Receiving');
  const progress = transfers.progress('big.txt');
  await expect.poll(async () => Number(await progress.getAttribute('aria-valuenow'))).toBeGreaterThan(25);
  expect(await readdir(profile.saveFolder)).toEqual([expect.stringMatching(/\.part$/)]);
  await transfers.cancel('big.txt').click();
  await transfers.expectState('big.txt', 'Cancelled');
  await expect.poll(() => readdir(profile.saveFolder)).toEqual([]);
  hang.release();
  await server.waitFor((request) => request.operation === 'download' && request.isAbortedByClient);

  await transfers.retry('big.txt').click();
  await transfers.expectState('big.txt', 'Done');
  expect(await hashFile(target)).toBe(server.files.named('big.txt')[0]?.sha256);
});

test('a body that ends early is never taken for the file, and leaves nothing', async ({
  openFiles,
  server,
  profile,
}) => {
  server.files.add({ name: 'cut.txt', content: createGeneratedContent(2 * MIB, 4) });
  const files = await openFiles();
  const { transfers } = files;
  const target = join(profile.saveFolder, 'cut.txt');
  await writeFile(target, 'what was there before');
  await answerDialogs(files.app.electron, { save: target });
  await files.table.row('cut.txt').click();
  const afterBytes = MIB;
  for (const fault of [
    { kind: 'truncatedBody', afterBytes, framing: 'contentLength' },
    { kind: 'truncatedBody', afterBytes, framing: 'chunked' },
    { kind: 'truncatedBody', afterBytes, framing: 'untilClose' },
    { kind: 'resizedBody', byBytes: -1 },
    { kind: 'resizedBody', byBytes: 1 },
    { kind: 'reset', at: { answerBytes: MIB } },
  ] as const) {
    server.faults.inject({ on: 'download', fault, times: Number.POSITIVE_INFINITY });
    await files.save.click();
    await expect(transfers.item('cut.txt')).toContainText(
      /arrived incomplete|More arrived than|connection broke off/,
    );
    await transfers.cancel('cut.txt').click();
    await transfers.expectState('cut.txt', 'Cancelled');
    server.faults.clear();
    expect(await readdir(profile.saveFolder)).toEqual(['cut.txt']);
    expect(await readFile(target, 'utf8')).toBe('what was there before');
    await transfers.clearFinished.click();
    await expect(transfers.items).toHaveCount(0);
  }
  // The dialog has asked about the existing file: a whole save takes its place.
  await files.save.click();
  await transfers.expectState('cut.txt', 'Done');
  expect(await hashFile(target)).toBe(server.files.named('cut.txt')[0]?.sha256);
});

test('what came to the target after the dialog is not replaced', async ({ openFiles, server, profile }) => {
  const content = createGeneratedContent(MIB, 9);
  server.files.add({ name: 'late.txt', content });
  const hang = server.faults.inject({ on: 'download', fault: { kind: 'hang', at: 'headers' } });
  const files = await openFiles();
  const target = join(profile.saveFolder, 'late.txt');
  await answerDialogs(files.app.electron, { save: target });
  await files.table.row('late.txt').click();
  await files.save.click();
  await server.waitFor((request) => request.isHeld);
  await writeFile(target, 'somebody else’s');
  hang.release();
  await expect(files.transfers.region.getByText('Done', { exact: true })).toBeVisible();
  expect(await readFile(target, 'utf8')).toBe('somebody else’s');
  const [other = ''] = (await readdir(profile.saveFolder)).filter((name) => name !== 'late.txt');
  expect(other).toBe('late (1).txt');
  expect(await hashFile(join(profile.saveFolder, other))).toBe(content.sha256);
});

test('many go into one folder, beside what is there already', async ({ openFiles, server, profile }) => {
  const texts = ['first', 'second', 'third'];
  for (const text of texts)
    server.files.add({ name: 'a.txt', content: createBufferContent(Buffer.from(text)) });
  server.files.add({ name: 'uploaded.txt' });
  await writeFile(join(profile.saveFolder, 'a.txt'), 'mine');
  const files = await openFiles();
  const dialogs = await answerDialogs(files.app.electron, { open: profile.saveFolder });
  await files.table.selectAll.click();
  await files.save.click();
  await expect(files.status.filter({ hasText: '1 file is left out' })).toBeVisible();
  await expect(files.transfers.region.getByText('Done', { exact: true })).toHaveCount(3);
  const saved = (await readdir(profile.saveFolder)).toSorted();
  expect(saved).toEqual(['a (1).txt', 'a (2).txt', 'a (3).txt', 'a.txt']);
  expect(await readFile(join(profile.saveFolder, 'a.txt'), 'utf8')).toBe('mine');
  const contents = await Promise.all(
    saved.slice(0, 3).map((name) => readFile(join(profile.saveFolder, name), 'utf8')),
  );
  expect(contents.toSorted()).toEqual(texts);
  expect((await dialogs.opened()).map(({ kind }) => kind)).toEqual(['open']);
});

test('an uploaded file explains why it cannot be saved', async ({ openFiles, server }) => {
  server.files.add({ name: 'mine.pdf', mimeType: 'application/pdf' });
  const files = await openFiles();
  const dialogs = await answerDialogs(files.app.electron, {});
  await files.table.row('mine.pdf').click();
  await files.save.click();
  const news = files.status.filter({ hasText: '“mine.pdf” cannot be saved' });
  await expect(news).toContainText('Uploads cannot be downloaded from OpenRouter again');
  expect(await dialogs.opened()).toEqual([]);
  expect(server.requests.all('download')).toHaveLength(0);
});

test('names from the server that could do harm become harmless ones', async ({ openFiles, server }) => {
  const cases: readonly (readonly [string, string])[] = [
    ['../../../.bashrc', '_bashrc'],
    ['..\\..\\evil.txt', 'evil.txt'],
    ['/etc/passwd', 'passwd'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['a\u0000b\u001b[31m.txt', 'a_b_[31m.txt'],
    ['photo\u202Egnp.exe', 'photognp.exe'],
    ['trailing. . ', 'trailing'],
    ['..', 'file'],
    [`${'ü'.repeat(200)}.txt`, `${'ü'.repeat(125)}.txt`],
  ];
  for (const [name] of cases) server.files.add({ name, content: createBufferContent(Buffer.from('x')) });
  const files = await openFiles();
  const dialogs = await answerDialogs(files.app.electron, { save: null });
  await expect(files.table.rows).toHaveCount(cases.length);
  // Rows are newest first: the last added name stands on top.
  for (const index of cases.keys()) {
    await files.table.rows.nth(cases.length - 1 - index).click();
    await files.save.click();
    await expect.poll(async () => (await dialogs.opened()).length).toBe(index + 1);
  }
  const suggested = (await dialogs.opened()).map(({ defaultPath = '' }) => defaultPath);
  const folder = await files.app.electron.evaluate(({ app }) => app.getPath('downloads'));
  expect(suggested).toEqual(cases.map(([, safe]) => join(folder, safe)));
});

test('a finished save can be shown in its folder', async ({ openFiles, server, profile }) => {
  server.files.add({ name: 'a.txt', content: createBufferContent(Buffer.from('a')) });
  const files = await openFiles();
  const target = join(profile.saveFolder, 'a.txt');
  await answerDialogs(files.app.electron, { save: target });
  const shown = await files.app.electron.evaluateHandle(({ shell }) => {
    const paths: string[] = [];
    shell.showItemInFolder = (path) => void paths.push(path);
    return paths;
  });
  await files.table.row('a.txt').click();
  await files.save.click();
  await files.transfers.show('a.txt').click();
  await expect.poll(() => shown.jsonValue()).toEqual([target]);
});

import { join } from 'node:path';
import { expectAccessible } from '../../harness/accessibility.ts';
import { dropFiles } from '../../harness/drop-files.ts';
import { writeLocalFile, writeLocalFiles, ZIP_BYTES } from '../../harness/local-files.ts';
import { expect, test } from '../../harness/page-test.ts';

test('secrets, hidden files and leftovers of a folder are listed, unchecked, and only what is checked is sent', async ({
  openPage,
  server,
  profile,
}) => {
  await writeLocalFiles(profile, [
    'work/notes.txt',
    'work/.env',
    'work/.git/HEAD',
    'work/.git/config',
    'work/.gitignore',
    'work/~$report.docx',
  ]);
  const { page, transfers } = await openPage();
  await dropFiles(page, [join(profile.localFolder, 'work')]);
  await transfers.expectState('work/notes.txt', 'Done');
  const notice = transfers.notice('5 files were not sent, as you may not want to share them');
  await expect(notice).toContainText('1 may contain a password or key, 3 are hidden, 1 is a temporary');
  await notice.getByRole('button', { name: 'Review…' }).click();
  const { review } = transfers;
  await expect(review.getByRole('checkbox')).toHaveCount(4);
  await expect(review.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await expectAccessible(page);

  await page.keyboard.press('Escape');
  await expect(review).toHaveCount(0);
  await expect(notice).toBeVisible();
  await notice.getByRole('button', { name: 'Review…' }).click();
  await review.getByRole('checkbox', { name: 'work/.git/ (2 files)' }).check();
  await review.getByRole('button', { name: 'Upload 2 files' }).click();
  for (const name of ['work/.git/HEAD', 'work/.git/config']) await transfers.expectState(name, 'Done');
  for (const name of ['work/.env', 'work/.gitignore', 'work/~$report.docx'])
    await transfers.expectState(name, 'Skipped');
  await expect(notice).toHaveCount(0);
  expect(server.requests.all('upload')).toHaveLength(3);
});

test('what the app refuses by its own judgement, and names, can be sent after all, one by one and at once', async ({
  openPage,
  server,
  profile,
}) => {
  const names = ['a?.txt', 'b?.txt', 'c?.txt'];
  const paths = await writeLocalFiles(profile, names);
  const { page, transfers } = await openPage();
  await dropFiles(page, paths);
  await transfers.useSuggestedName('a?.txt', 'a_.txt').click();
  await transfers.expectState('a_.txt', 'Done');
  const refusedNames = transfers.notice('2 files have names that OpenRouter does not accept');
  await refusedNames.getByRole('button', { name: 'Use suggested names' }).click();
  for (const name of ['b_.txt', 'c_.txt']) await transfers.expectState(name, 'Done');

  const zips = ['a.zip', 'b.zip', 'c.zip'];
  for (const name of zips) {
    const { path } = await writeLocalFile(profile, name, ZIP_BYTES);
    await dropFiles(page, [path]);
  }
  const refusedContents = transfers.notice('3 files look like types that OpenRouter does not accept');
  await expect(refusedContents).toBeVisible();
  await expectAccessible(page);
  await transfers.sendAnyway('a.zip').click();
  await expect(transfers.item('a.zip')).toContainText('OpenRouter does not take this file');
  await expect(transfers.sendAnyway('a.zip')).toHaveCount(0);
  await transfers
    .notice('2 files look like types that OpenRouter does not accept')
    .getByRole('button', { name: 'Send anyway' })
    .click();
  await expect(transfers.notice(/look like/)).toHaveCount(0);
  await expect.poll(() => server.requests.all('upload').length).toBe(6);
});

// In the app too: which encodings there are is Electron's own matter.
test('a UTF-8 copy of a text is shown, in another encoding too, before it is uploaded @in-app', async ({
  openPage,
  server,
  profile,
}) => {
  const latin = (text: string) => Buffer.from(text, 'latin1');
  const { path } = await writeLocalFile(
    profile,
    'list.csv',
    latin('Stra\xdfe;Gr\xf6\xdfe\nK\xf6ln;zw\xf6lf\n'),
  );
  const other = await writeLocalFile(profile, 'other.csv', latin('M\xfcller;gro\xdf\nJ\xf6rg;klein\n'));
  const { page, transfers } = await openPage();
  await dropFiles(page, [path, other.path]);
  await expect(transfers.item('list.csv')).toContainText('This is text, but not UTF-8');
  await transfers.utf8Copy('list.csv').click();
  const { utf8Dialog } = transfers;
  const preview = utf8Dialog.getByRole('region', { name: 'How the copy begins' });
  await expect(preview).toContainText('Straße;Größe');
  await expectAccessible(page);
  const encoding = utf8Dialog.getByLabel('Encoding of the file');
  const detected = await encoding.inputValue();
  await encoding.selectOption('koi8-r');
  await expect(preview).not.toContainText('Straße');
  await encoding.selectOption(detected);
  await expect(preview).toContainText('Straße;Größe');
  expect(server.requests.all('upload')).toEqual([]);

  await page.keyboard.press('Escape');
  await expect(transfers.utf8Copy('list.csv')).toBeFocused();
  await transfers.utf8Copy('list.csv').click();
  await utf8Dialog.getByRole('checkbox', { name: /^Do the same for 1 other file/ }).check();
  await utf8Dialog.getByRole('button', { name: 'Upload 2 copies' }).click();
  for (const name of ['list.csv', 'other.csv']) await transfers.expectState(name, 'Done');
  const text = 'Straße;Größe\nKöln;zwölf\n';
  expect(server.files.named('list.csv').map(({ sizeBytes }) => sizeBytes)).toEqual([Buffer.byteLength(text)]);
});

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible } from '../../harness/accessibility.ts';
import { dropFiles } from '../../harness/drop-files.ts';
import { writeLocalFiles } from '../../harness/local-files.ts';
import { expect, test } from '../../harness/page-test.ts';
import type { Profile } from '../../harness/profile.ts';
import type { FilesWindow } from '../../pages/files-window.ts';
import { createBufferContent } from '../../server/content.ts';
import type { LocalServer } from '../../server/server.ts';

const ALWAYS = Number.POSITIVE_INFINITY;

/** Puts files of the same names and sizes on the server, as if they had been uploaded before from elsewhere. */
function addSameNames(server: LocalServer, names: readonly string[]): void {
  for (const name of names) {
    const content = createBufferContent(Buffer.from(`The content of ${name}\n`.toUpperCase()));
    server.files.add({ name, content });
  }
}

test('files that are there already are asked about once for all, and one by one', { tag: '@in-app' }, async ({
  openPage,
  server,
  profile,
}) => {
  const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt'];
  addSameNames(server, names);
  const { page, table, transfers } = await openPage();
  await expect(table.rows).toHaveCount(4);
  const paths = await writeLocalFiles(profile, [...names, 'new.txt']);
  await dropFiles(page, paths);
  // A question of others holds up nothing that has none.
  await transfers.expectState('new.txt', 'Done');
  const question = transfers.notice('4 files are already on OpenRouter with the same name and size');
  await expect(question).toBeVisible();
  await expect(transfers.region).toContainText('4 questions');
  await expectAccessible(page);

  await transfers.uploadAnyway('b.txt').click();
  await transfers.expectState('b.txt', 'Done');
  await transfers.skip('c.txt').click();
  await transfers.expectState('c.txt', 'Skipped');
  const rest = transfers.notice('2 files are already on OpenRouter with the same name and size');
  await rest.getByRole('button', { name: 'Skip' }).click();
  for (const name of ['a.txt', 'd.txt']) await transfers.expectState(name, 'Skipped');
  await expect(transfers.notice(/already on OpenRouter/)).toHaveCount(0);
  expect(server.files.named('b.txt')).toHaveLength(2);
  for (const name of ['a.txt', 'c.txt', 'd.txt']) expect(server.files.named(name)).toHaveLength(1);

  await transfers.clearFinished.click();
  await dropFiles(page, paths.slice(2, 4));
  const both = transfers.notice('2 files are already on OpenRouter with the same name and size');
  await both.getByRole('button', { name: 'Upload anyway' }).click();
  for (const name of ['c.txt', 'd.txt']) {
    await transfers.expectState(name, 'Done');
    expect(server.files.named(name)).toHaveLength(2);
  }
});

/** Loses the answer to an upload and all looks at the listing, so that its outcome stays open. */
async function loseUpload(
  { page, transfers }: FilesWindow,
  { server, profile }: { readonly server: LocalServer; readonly profile: Profile },
  name: string,
): Promise<void> {
  server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
  const list = server.faults.inject({ on: 'list', times: ALWAYS, fault: { kind: 'status', status: 500 } });
  await dropFiles(page, await writeLocalFiles(profile, [name]));
  await transfers.expectState(name, 'Unknown');
  await expect(transfers.item(name)).toContainText('OpenRouter may or may not have it');
  list.remove();
}

test('an upload whose outcome is open is looked for again, and sent again only after a question', async ({
  openPage,
  server,
  profile,
}) => {
  const files = await openPage();
  const { page, status, transfers, dialog, dialogCancel } = files;
  await expect(status.filter({ hasText: 'Reading' })).toHaveCount(0);
  await loseUpload(files, { server, profile }, 'found.txt');
  await transfers.check('found.txt').click();
  await transfers.expectState('found.txt', 'Done');
  await expect(transfers.item('found.txt')).toContainText('confirmed by listing');
  expect(server.requests.all('upload')).toHaveLength(1);

  await loseUpload(files, { server, profile }, 'again.txt');
  await transfers.sendAgain('again.txt').click();
  await expect(dialog).toHaveAccessibleName('Send again.txt again?');
  await expect(dialog).toContainText('may store a second copy');
  await expect(dialogCancel).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await transfers.expectState('again.txt', 'Unknown');
  expect(server.requests.all('upload')).toHaveLength(2);
  await transfers.sendAgain('again.txt').click();
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await transfers.expectState('again.txt', 'Done');
  expect(server.files.named('again.txt')).toHaveLength(2);
});

test('an open upload leaves the list only at a word, and until then the same file is asked about', async ({
  openPage,
  server,
  profile,
}) => {
  const files = await openPage();
  const { page, status, transfers } = files;
  await expect(status.filter({ hasText: 'Reading' })).toHaveCount(0);
  await loseUpload(files, { server, profile }, 'open.txt');
  const [open = '', other = ''] = await writeLocalFiles(profile, ['open.txt', 'other.txt']);
  await dropFiles(page, [other]);
  await transfers.expectState('other.txt', 'Done');
  await transfers.clearFinished.click();
  await expect(transfers.items).toHaveCount(1);
  await transfers.expectState('open.txt', 'Unknown');
  await expect(transfers.clearFinished).toBeDisabled();

  await dropFiles(page, [open]);
  const question = transfers.notice(
    '1 file may already be on OpenRouter, from an upload whose outcome is unknown',
  );
  await expect(question).toBeVisible();
  await expect(transfers.region).toContainText('It may be there already');
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Skip' }).click();
  await expect(question).toHaveCount(0);
  expect(server.files.named('open.txt')).toHaveLength(1);
  expect(server.requests.all('upload')).toHaveLength(2);

  await transfers.dismiss('open.txt').click();
  await expect(transfers.dismiss('open.txt')).toHaveCount(0);
  await expect(transfers.region).toContainText('1 cancelled · 1 skipped');
  await transfers.clearFinished.click();
  await expect(transfers.region).toHaveCount(0);
});

test('a server that asks to wait is told once, with the seconds left, and is tried at a word', async ({
  openPage,
  server,
  profile,
}) => {
  const names = ['one.txt', 'two.txt', 'three.txt', 'four.txt'];
  const fault = { kind: 'status', status: 429, retryAfterSeconds: 3000 } as const;
  const refusal = server.faults.inject({ on: 'upload', times: ALWAYS, fault });
  const { page, status, transfers } = await openPage();
  await dropFiles(page, await writeLocalFiles(profile, names));
  const hold = transfers.notice('OpenRouter asked to wait');
  await expect(hold).toHaveCount(1);
  await expect(hold).toContainText('New transfers are on hold. Those in progress will finish.');
  await expect(status.filter({ hasText: 'OpenRouter asked to wait' })).toHaveCount(1);
  const readLeft = async () =>
    Number(
      /Resumes in (\d+).min (\d+).s/
        .exec(await hold.innerText())
        ?.slice(1)
        .join('.'),
    );
  await expect.poll(readLeft).toBeLessThan(49.59);
  const before = await readLeft();
  await expect.poll(readLeft).toBeLessThan(before);
  for (const name of names) {
    await transfers.expectState(name, 'Queued');
    await expect(transfers.item(name)).not.toContainText('Too many requests');
  }
  await expectAccessible(page);
  refusal.remove();
  await hold.getByRole('button', { name: 'Try now' }).click();
  for (const name of names) await transfers.expectState(name, 'Done');
  await expect(hold).toHaveCount(0);
});

test('a key that is no longer accepted is one message, not one a file', async ({
  openPage,
  server,
  profile,
}) => {
  const names = Array.from({ length: 8 }, (_, index) => `file ${index}.txt`);
  const refusal = server.faults.inject({
    on: 'upload',
    times: ALWAYS,
    fault: { kind: 'status', status: 401 },
  });
  const { page, alert, transfers } = await openPage();
  await dropFiles(page, await writeLocalFiles(profile, names));
  const hold = transfers.notice('OpenRouter no longer accepts the API key');
  await expect(hold).toBeVisible();
  await expect(alert.filter({ hasText: 'OpenRouter no longer accepts the API key' })).toHaveCount(1);
  await expect(transfers.region.getByText('Failed')).toHaveCount(0);
  refusal.remove();
  await hold.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(transfers.region).toContainText('8 done');
});

test('the first upload tells that it cannot be downloaded again, and does not wait for a word', async ({
  openPage,
  server,
  profile,
}) => {
  const [first = '', second = ''] = await writeLocalFiles(profile, ['first.txt', 'second.txt']);
  const { app, page, status, transfers } = await openPage();
  const notice = status.filter({ hasText: 'an upload cannot be downloaded again' });
  await expect(page.getByText('Drop files here')).toBeVisible();
  await dropFiles(page, [first]);
  await expect(notice).toBeVisible();
  await transfers.expectState('first.txt', 'Done');
  expect(server.files.size).toBe(1);
  await notice.getByRole('button', { name: 'Got it' }).click();
  await app.quit();

  const again = await openPage();
  await dropFiles(again.page, [second]);
  await again.transfers.expectState('second.txt', 'Done');
  await expect(again.status.filter({ hasText: 'cannot be downloaded again' })).toHaveCount(0);
});

/** Damages the record by which an upload joined the queue, as a bad sector would. */
async function damageRecord(profile: Profile, name: string): Promise<void> {
  const folder = join(profile.userDataFolder, 'transfers');
  const journal = (await readdir(folder)).find((entry) => entry.endsWith('.transfers.jsonl'));
  if (journal === undefined) throw new Error(`There is no list of transfers in ${folder}`);
  const path = join(folder, journal);
  const lines = (await readFile(path, 'utf8')).split('\n');
  const index = lines.findIndex((line) => line.includes('"kind":"added"') && line.includes(`"${name}"`));
  expect(index).toBeGreaterThan(0);
  expect(index).toBeLessThan(lines.length - 2);
  await writeFile(
    path,
    lines.with(index, `${lines[index]?.replace(name, '#'.repeat(name.length))}`).join('\n'),
  );
}

test('of a damaged list of transfers the rest is kept, and the loss is told until it was read', async ({
  openPage,
  profile,
}) => {
  const names = ['first.txt', 'lost.txt', 'last.txt'];
  const before = await openPage();
  await dropFiles(before.page, await writeLocalFiles(profile, names));
  for (const name of names) await before.transfers.expectState(name, 'Done');
  await before.app.quit();
  await damageRecord(profile, 'lost.txt');

  const damaged = await openPage();
  const { page, alert, transfers } = damaged;
  const notice = transfers.notice('Part of the saved list of transfers could not be read');
  await expect(notice).toContainText('Unfinished transfers may be missing here');
  await expect(alert.filter({ hasText: 'could not be read' })).toHaveCount(1);
  for (const name of ['first.txt', 'last.txt']) await transfers.expectState(name, 'Done');
  await expect(transfers.items).toHaveCount(2);
  await expectAccessible(page);
  await transfers.clearFinished.click();
  await expect(transfers.items).toHaveCount(0);
  await expect(notice).toBeVisible();
  await notice.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await expect(transfers.region).toHaveCount(0);
  await damaged.app.quit();

  const after = await openPage();
  await expect(after.table.rows).toHaveCount(3);
  await expect(after.transfers.region).toHaveCount(0);
});

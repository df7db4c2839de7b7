import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_UNDO_SECONDS } from '#app/limits.ts';
import { UNDO_MS } from '../harness/profile.ts';
import { expect, test } from '../harness/test.ts';

/** The grace period, and time for the requests after it; one that fails is tried again for some seconds. */
const CARRIED_OUT = { timeout: UNDO_MS + 25_000 };

test('the question names what goes and from where, and Enter takes the safe way', async ({
  openFiles,
  server,
}) => {
  server.files.add({ name: 'keep me.txt', sizeBytes: 2048 });
  const files = await openFiles();
  const { table, dialog, dialogCancel, page } = files;
  await table.row('keep me.txt').click();
  await files.delete.click();
  await expect(dialog).toHaveAccessibleName('Delete keep me.txt?');
  await expect(dialog).toContainText(new URL(server.baseUrl).host);
  await expect(dialog).toContainText(/2.KiB/);
  await expect(dialog).toContainText('After that it cannot be undone');
  await expect(dialogCancel).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await files.delete.click();
  await expect(dialogCancel).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(files.undo).toHaveCount(0);
  await expect(table.row('keep me.txt')).toBeVisible();
});

test('where several keys lead to one server, the question says which key the files belong to', async ({
  launch,
  server,
}) => {
  server.files.add({ name: 'at work.txt' });
  const app = await launch({ hasKeyInEnvironment: false });
  const connect = await app.connectWindow();
  await connect.remember.uncheck();
  await connect.submit({ key: server.apiKey, endpoint: server.baseUrl });
  const { table, dialog, page } = await app.filesWindow();
  await table.row('at work.txt').focus();
  await page.keyboard.press('Delete');
  await expect(dialog).toHaveAccessibleName('Delete at work.txt?');
  await expect(dialog).toContainText(`From ${new URL(server.baseUrl).host} (key ${server.key.label}), `);
});

test('where a person has set nothing a deletion can be undone for ten seconds', async ({
  launchFiles,
  server,
  profile,
}) => {
  await rm(join(profile.userDataFolder, 'settings.json'));
  server.files.add({ name: 'deleted.txt' });
  const files = await launchFiles();
  await files.table.row('deleted.txt').click();
  await files.delete.click();
  await expect(files.dialog).toContainText('10 seconds');
  const confirmedAt = Date.now();
  await files.dialogDelete.click();
  await server.waitFor(({ operation }) => operation === 'delete', DEFAULT_UNDO_SECONDS * 1000 + 25_000);
  expect(Date.now() - confirmedAt).toBeGreaterThanOrEqual(DEFAULT_UNDO_SECONDS * 1000);
});

test('undone in time, nothing is sent; carried out, the file is gone', async ({ openFiles, server }) => {
  const [undone, deleted] = ['undone.txt', 'deleted.txt'].map((name) => server.files.add({ name }));
  const files = await openFiles();
  const { table, dialogDelete, status, undo } = files;
  await table.row('undone.txt').click();
  await files.delete.click();
  await dialogDelete.click();
  await expect(status.filter({ hasText: 'Deleting “undone.txt”' })).toBeVisible();
  await undo.click();
  await expect(status.filter({ hasText: 'Nothing was deleted' })).toBeVisible();

  await table.row('deleted.txt').click();
  await files.delete.click();
  await dialogDelete.click();
  await expect(status.filter({ hasText: 'Deleting “deleted.txt”' })).toBeVisible();
  expect(server.requests.all('delete')).toHaveLength(0);
  await expect(status.filter({ hasText: 'Deleted “deleted.txt”' })).toBeVisible(CARRIED_OUT);
  await expect(table.row('deleted.txt')).toHaveCount(0);
  // The first deletion's time has come before the second's: it was not sent.
  expect(server.requests.all('delete').map(({ path }) => path)).toEqual([`/api/v1/files/${deleted?.id}`]);
  expect(server.files.get(deleted?.id ?? '')).toBeUndefined();
  expect(server.files.get(undone?.id ?? '')).toBeDefined();
  await expect(table.row('undone.txt')).toBeVisible();
});

test('of many, each tells its own result: gone already counts as deleted, a failure stays selected', async ({
  openFiles,
  server,
}) => {
  const names = ['one.txt', 'two.txt', 'gone already.txt', 'refused.txt'];
  const [one, two, gone, refused] = names.map((name) => server.files.add({ name }));
  server.files.add({ name: 'bystander.txt' });
  server.faults.inject({
    on: 'delete',
    times: Number.POSITIVE_INFINITY,
    matching: ({ path }) => path.endsWith(refused?.id ?? ''),
    fault: { kind: 'status', status: 502, message: 'The storage did not answer' },
  });
  const files = await openFiles();
  const { table, dialog, dialogDelete, alert, status, page, details } = files;
  for (const name of names) await table.checkbox(name).click();
  await files.delete.click();
  await expect(dialog).toHaveAccessibleName('Delete 4 files?');
  for (const name of names) await expect(dialog).toContainText(name);
  await dialogDelete.click();
  await expect(status.filter({ hasText: 'Deleting 4 files' })).toBeVisible();
  server.files.delete(gone?.id ?? '');
  await expect(alert).toContainText('“refused.txt” was not deleted', CARRIED_OUT);
  await expect(alert).toContainText('The storage behind OpenRouter failed');
  await expect(alert).toContainText('Deleted 3 files');
  for (const name of names.slice(0, 3)) await expect(table.row(name)).toHaveCount(0);
  await expect(table.row('refused.txt')).toHaveAttribute('aria-selected', 'true');
  await expect(table.row('refused.txt')).toContainText('Not deleted: The storage behind OpenRouter failed');
  await expect(table.row('bystander.txt')).toHaveAttribute('aria-selected', 'false');
  for (const file of [one, two, gone]) expect(server.files.get(file?.id ?? '')).toBeUndefined();
  expect(server.files.size).toBe(2);
  // Its details tell why, also after the message is put away; trying again asks again.
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await table.row('refused.txt').focus();
  await page.keyboard.press('Enter');
  await expect(details.panel.getByRole('alert')).toContainText('It was not deleted');
  await expect(details.panel.getByRole('alert')).toContainText('The storage behind OpenRouter failed');
  await details.delete.click();
  await expect(dialog).toHaveAccessibleName('Delete refused.txt?');
});

test('quitting in the grace period deletes nothing', async ({ launchFiles, server }) => {
  server.files.add({ name: 'survivor.txt' });
  const files = await launchFiles();
  await files.table.row('survivor.txt').click();
  await files.page.keyboard.press('Delete');
  await files.dialogDelete.click();
  await expect(files.undo).toBeVisible();
  await files.app.quit();
  expect(server.requests.all('delete')).toHaveLength(0);
  expect(server.files.size).toBe(1);
  const again = await launchFiles();
  await expect(again.table.row('survivor.txt')).toBeVisible();
});

test('what is being deleted is not asked about again', async ({ openFiles, server }) => {
  for (const name of ['one.txt', 'two.txt', 'three.txt']) server.files.add({ name });
  const { page, table, dialog, dialogCancel, dialogDelete, undo, alert } = await openFiles();
  await table.row('one.txt').click();
  await page.keyboard.press('Delete');
  await dialogDelete.click();
  await expect(undo).toBeVisible();
  await page.keyboard.press('Control+a');
  await expect(table.selectAll).toBeChecked();
  await page.keyboard.press('Delete');
  await expect(dialog).toHaveAccessibleName('Delete 2 files?');
  await expect(dialog).toContainText('1 other file is already being deleted and is not counted.');
  await dialogCancel.click();
  await table.row('one.txt').click();
  await page.keyboard.press('Delete');
  await expect(alert).toContainText('These files are already being deleted');
  await expect(dialog).toBeHidden();
});

test('what is being deleted is not replaced, until it is taken back', async ({ openFiles, server }) => {
  server.files.add({ name: 'one.txt' });
  const { page, table, details, dialogDelete, undo } = await openFiles();
  await table.row('one.txt').focus();
  await page.keyboard.press('Enter');
  await expect(details.replace).toBeEnabled();
  await page.keyboard.press('Delete');
  await dialogDelete.click();
  await expect(undo).toBeVisible();
  // It was selected no more.
  await table.row('one.txt').click();
  await expect(details.replace).toBeDisabled();
  await undo.click();
  await expect(details.replace).toBeEnabled();
});

test('Control and Z take the newest deletion back', async ({ openFiles, server }) => {
  for (const name of ['one.txt', 'two.txt']) server.files.add({ name });
  const { page, table, dialogDelete, undo, status, shortcuts } = await openFiles();
  for (const name of ['one.txt', 'two.txt']) {
    await table.row(name).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Delete');
    await dialogDelete.click();
    await expect(status.filter({ hasText: `Deleting “${name}”` })).toBeVisible();
  }
  await table.row('one.txt').focus();
  await page.keyboard.press('Control+z');
  await expect(status.filter({ hasText: 'Deleting “two.txt”' })).toHaveCount(0);
  await expect(status.filter({ hasText: 'Nothing was deleted' })).toHaveCount(1);
  await expect(status.filter({ hasText: 'Deleting “one.txt”' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(undo).toHaveCount(0);
  // Where there is nothing to undo it does nothing.
  await page.keyboard.press('Control+z');
  await page.keyboard.press('?');
  await expect(shortcuts).toContainText('Undo last deletion');
  expect(server.requests.all('delete')).toHaveLength(0);
});

test('Control and Z in a field take back what was typed, and no deletion', async ({ openFiles, server }) => {
  server.files.add({ name: 'one.txt' });
  const { page, table, dialogDelete, undo, search } = await openFiles();
  await search.focus();
  await page.keyboard.type('one');
  await expect(table.row('one.txt')).toBeVisible();
  await table.row('one.txt').focus();
  await page.keyboard.press('Delete');
  await dialogDelete.click();
  await expect(undo).toBeVisible();
  await search.focus();
  await page.keyboard.press('Control+z');
  await expect(search).toHaveValue('');
  await expect(undo).toBeVisible();
});

test('a row selected again while it waits does not stay selected, and its end is no surprise', async ({
  openFiles,
  server,
}) => {
  server.files.add({ name: 'deleted.txt' });
  const { table, page, details, dialogDelete, undo, status } = await openFiles();
  await table.row('deleted.txt').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await dialogDelete.click();
  await expect(undo).toBeVisible();
  await table.row('deleted.txt').click();
  await expect(details.value('Type')).toBeVisible();
  await expect(status.filter({ hasText: 'Deleted “deleted.txt”' })).toBeVisible(CARRIED_OUT);
  await expect(table.row('deleted.txt')).toHaveCount(0);
  await expect(page.getByText(/selected/)).toHaveCount(0);
  await expect(details.panel).toContainText('Select a file to see its details.');
});

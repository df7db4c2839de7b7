import { UNDO_MS } from '../harness/profile.ts';
import { expect, test } from '../harness/test.ts';

const CREATED_AT = Date.UTC(2026, 10, 3, 9, 5);

test('versions of one name are told apart in the list, and the question says which one it is about', async ({
  openFiles,
  server,
}) => {
  const original = server.files.add({ name: 'plan.md', sizeBytes: 8, createdAt: CREATED_AT });
  server.files.edit(original.id, 'new plan');
  const files = await openFiles();
  const versions = files.table.row('plan.md');
  await expect(versions).toHaveCount(2);
  // Newest first: the edit, which can be saved, stands above the upload, which cannot.
  await expect(versions.nth(0)).not.toHaveText(/Nov/);
  const texts = await versions.allTextContents();
  expect(texts[0]).not.toBe(texts[1]);

  await versions.nth(0).click();
  await versions.nth(1).click({ modifiers: ['ControlOrMeta'] });
  await files.delete.click();
  await expect(files.dialog.getByRole('listitem').nth(1)).toHaveText(/plan\.md.*8.bytes.*Nov 3, 2026/);
  await files.dialogCancel.click();

  await versions.nth(1).click();
  await files.delete.click();
  await expect(files.dialog).toHaveAccessibleName('Delete plan.md?');
  await expect(files.dialog).toContainText(/8.bytes, created Nov 3, 2026/);
  await files.dialogDelete.click();
  await expect(versions).toHaveCount(1, { timeout: UNDO_MS + 25_000 });
  expect(server.files.get(original.id)).toBeUndefined();
  expect(server.files.named('plan.md')).toHaveLength(1);
});

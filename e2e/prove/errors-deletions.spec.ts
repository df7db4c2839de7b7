import { UNDO_MS } from '../harness/profile.ts';
import { expect, test } from '../harness/test.ts';

/** The grace period, and time for the requests after it; one that fails is tried again for some seconds. */
const CARRIED_OUT = { timeout: UNDO_MS + 25_000 };

test('a lost answer is looked up, and nothing is claimed that is not known', async ({
  openFiles,
  server,
}) => {
  const [deleted, unknown] = ['deleted.txt', 'unknown.txt'].map((name) => server.files.add({ name }));
  const isAbout =
    (id = '') =>
    ({ path }: { readonly path: string }) =>
      path.endsWith(id);
  const applied = { kind: 'status', status: 502, at: 'applied' } as const;
  server.faults.inject({ on: 'delete', matching: isAbout(deleted?.id), fault: applied });
  // Chromium asks once more when a kept connection breaks: it must break then too.
  const always = { matching: isAbout(unknown?.id), times: Number.POSITIVE_INFINITY };
  server.faults.inject({ on: 'delete', ...always, fault: { kind: 'reset', at: 'headers' } });
  server.faults.inject({ on: 'retrieve', ...always, fault: { kind: 'status', status: 500 } });
  const { table, page, dialogDelete, status, alert } = await openFiles();
  for (const name of ['deleted.txt', 'unknown.txt']) {
    await table.row(name).click();
    await page.keyboard.press('Delete');
    await dialogDelete.click();
    await expect(dialogDelete).toBeHidden();
  }
  await expect(status.filter({ hasText: 'Deleted “deleted.txt”' })).toBeVisible(CARRIED_OUT);
  await expect(table.row('deleted.txt')).toHaveCount(0);
  await expect(alert).toContainText('The file may have been deleted', CARRIED_OUT);
  await expect(alert).toContainText('“unknown.txt” may not have been deleted');
  await expect(table.row('unknown.txt')).toContainText('The file may have been deleted');
  await expect(table.row('unknown.txt')).not.toContainText('Not deleted');
  expect(server.files.get(deleted?.id ?? '')).toBeUndefined();
});

import { expect, test } from '../../harness/page-test.ts';
import { UNDO_MS } from '../../harness/profile.ts';

/** The grace period, and time for the requests after it. */
const CARRIED_OUT = { timeout: UNDO_MS + 15_000 };

test('when the server asks to wait a day, the day is told, and a person need not wait for it', async ({
  openPage,
  server,
}) => {
  for (let index = 1; index <= 30; index += 1)
    server.files.add({ name: `file ${index}.txt`, sizeBytes: 1024 });
  server.faults.inject({
    on: 'delete',
    from: 11,
    fault: { kind: 'status', status: 429, retryAfterSeconds: 86_400 },
  });
  const { page, table, status, dialogDelete, delete: remove } = await openPage();
  await expect(table.pager).toContainText('1–30 of 30');
  await table.selectAll.click();
  await remove.click();
  await dialogDelete.click();
  const news = status.filter({ hasText: 'OpenRouter is limiting requests' });
  await expect(news).toContainText(/Resuming tomorrow at \d+:\d\d.[AP]M\./, CARRIED_OUT);
  await expect(news.getByRole('button')).toHaveText(['Try now', 'Stop']);
  await news.getByRole('button', { name: 'Try now' }).click();
  await expect(status.filter({ hasText: 'Deleted 30 files' })).toBeVisible(CARRIED_OUT);
  expect(server.files.size).toBe(0);
  await expect(page.getByRole('button', { name: 'Try now' })).toHaveCount(0);
});

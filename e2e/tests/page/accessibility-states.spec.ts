import type { FilePage } from '#app/files/file-query.ts';
import { MAX_INDEXED_FILES } from '#app/limits.ts';
import type { Result } from '#app/result.ts';
import { expectAccessible } from '../../harness/accessibility.ts';
import { dropFiles } from '../../harness/drop-files.ts';
import { writeLocalFile } from '../../harness/local-files.ts';
import { expect, test } from '../../harness/page-test.ts';
import { UNDO_MS } from '../../harness/profile.ts';

/** The grace period, and time for the requests after it. */
const CARRIED_OUT = { timeout: UNDO_MS + 15_000 };

/** What main answers when the listing is longer than it can hold; no server of a test is. */
const FULL: Result<FilePage> = {
  ok: true,
  value: {
    rows: [],
    offset: 0,
    total: 0,
    fileCount: 0,
    sizeBytes: 0,
    status: {
      phase: 'complete',
      isFromLastTime: false,
      knownFiles: MAX_INDEXED_FILES,
      readFiles: 0,
      unreadableRows: 2,
      isFull: true,
      error: null,
      revision: 1,
      completedAt: 1,
    },
    selection: {
      summary: { count: 0, sizeBytes: 0, saveableCount: 0, kinds: [], firstFiles: [] },
      selectedKeys: [],
      partlySelectedKeys: [],
      isAllMatchingSelected: false,
    },
  },
};

test.describe('axe finds nothing', () => {
  test('the options of the table, over a list from the last time', async ({ openPage, server }) => {
    server.seed(5);
    const first = await openPage();
    await expect(first.table.rows).toHaveCount(5);
    await first.app.quit();
    const held = server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    const { page, status, options } = await openPage();
    await expect(status.filter({ hasText: 'Showing files from your last session.' })).toBeVisible();
    await expectAccessible(page);
    await options.button.click();
    await expect(options.dialog).toBeVisible();
    await expectAccessible(page);
    held.release();
  });

  test('a list that is full', async ({ openPage, server }) => {
    server.seed(5);
    const { app, page, alert, table, search } = await openPage();
    await expect(table.rows).toHaveCount(5);
    await app.replaceCommand('queryFiles', FULL);
    await search.fill('any');
    await expect(alert).toContainText('More than 5,000,000 files: the rest is not shown');
    await expectAccessible(page);
  });

  test('the question with a number to type, and a deletion under way', async ({ openPage, server }) => {
    // axe runs four times, and waits for a grace period between.
    test.slow();
    server.seed(101);
    const hang = { kind: 'hang', at: 'headers' } as const;
    const held = server.faults.inject({ on: 'delete', from: 21, times: 200, fault: hang });
    const files = await openPage();
    const { page, table, dialogCount, dialogDelete, stop } = files;
    await table.rowsPerPage.selectOption('250');
    await expect(table.pager).toContainText('1–101 of 101');
    await table.selectAll.click();
    await files.delete.click();
    await dialogCount.fill('10');
    await expectAccessible(page);
    await dialogCount.fill('101');
    await expectAccessible(page);
    await dialogDelete.click();
    const bar = page.getByRole('progressbar', { name: 'Deleting 101 files…' });
    await expect(bar).toHaveAttribute('aria-valuetext', '20 of 101', CARRIED_OUT);
    await expectAccessible(page);
    await stop.click();
    held.remove();
    held.release();
    await expect(page.getByText(/^Stopped\. \d+ files were kept/)).toBeVisible();
    await expectAccessible(page);
  });

  test('where a file came from, beside a meter that is nearly full', async ({
    openPage,
    server,
    profile,
  }) => {
    const part = Math.ceil((server.settings.quotaBytes * 0.95) / 100);
    for (let index = 0; index < 100; index += 1)
      server.files.add({ name: `${index}.wav`, mimeType: 'audio/wav', sizeBytes: part });
    const { path } = await writeLocalFile(profile, 'notes.txt', 'What was said.');
    const { page, table, details, usage, transfers } = await openPage();
    await expect(usage.region).toContainText('Nearly full: 95%');
    await dropFiles(page, [path]);
    await transfers.expectState('notes.txt', 'Done');
    await table.row('notes.txt').focus();
    await page.keyboard.press('Enter');
    await expect(details.value('On this computer')).toContainText('Uploaded from this computer on ');
    await expectAccessible(page);
  });
});

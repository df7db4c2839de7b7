import { expectAccessible } from '../../harness/accessibility.ts';
import { expect, test } from '../../harness/page-test.ts';
import { tabTo } from '../../harness/tab-to.ts';

const MIB = 1_048_576;

test('the meter adds up the list by kind, and follows it', async ({ openPage, server }) => {
  server.files.add({ name: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 60 * MIB });
  server.files.add({ name: 'b.csv', mimeType: 'text/csv', sizeBytes: 20 * MIB });
  server.files.add({ name: 'c.csv', mimeType: 'text/csv', sizeBytes: 20 * MIB });
  const { usage, refresh } = await openPage();
  await expect(usage.region).toContainText(/100.MiB of 10.GiB used/);
  await expect(usage.region).toContainText('Calculated from your file list');
  await expect(usage.meter).toHaveAttribute('aria-valuenow', '1');
  await expect(usage.meter).toHaveAttribute('aria-valuetext', /^100.MiB of 10.GiB used$/);
  await expect(usage.kinds).toHaveText([/PDF.*60.MiB/, /CSV.*40.MiB/]);
  server.files.add({ name: 'd.txt', mimeType: 'text/plain', sizeBytes: 50 * MIB });
  await refresh.click();
  await expect(usage.region).toContainText(/150.MiB of 10.GiB used/);
});

test('it claims no more than has been read', async ({ openPage, server }) => {
  server.seed(1500);
  const held = server.faults.inject({ on: 'list', from: 2, fault: { kind: 'hang', at: 'headers' } });
  const { usage } = await openPage();
  await expect(usage.region).toContainText(/^Storage\s*At least /);
  await expect(usage.region).toContainText('Calculated from the files loaded so far');
  held.release();
  await expect(usage.region).not.toContainText('At least');
});

test('the largest files are one press away', async ({ openPage, server }) => {
  const sizes = [
    ['folder/middle.csv', 20],
    ['large.csv', 30],
    ['small.csv', 10],
  ] as const;
  for (const [name, mib] of sizes) server.files.add({ name, mimeType: 'text/csv', sizeBytes: mib * MIB });
  const { usage, table, search, page } = await openPage();
  await search.fill('small');
  await expect(table.rows).toHaveCount(1);
  await tabTo(page, usage.showLargest);
  await page.keyboard.press('Enter');
  await expect(table.names).toHaveText(['large.csv', 'folder/middle.csv', 'small.csv']);
  await expect(search).toHaveValue('');
});

test('the order that shows the largest files is told and remembered as any other', async ({
  openPage,
  server,
}) => {
  for (const [name, sizeBytes] of [
    ['large.csv', 30],
    ['small.csv', 10],
  ] as const)
    server.files.add({ name, sizeBytes });
  const { app, usage, table, announced, page } = await openPage();
  await expect(table.names).toHaveText(['small.csv', 'large.csv']);
  await tabTo(page, usage.showLargest);
  await page.keyboard.press('Enter');
  await expect(announced).toHaveText('Sorted by size, largest first');
  await expect(table.header('Size')).toHaveAttribute('aria-sort', 'descending');
  await app.quit();
  const again = await openPage();
  await expect(again.table.names).toHaveText(['large.csv', 'small.csv']);
  await expect(again.table.header('Size')).toHaveAttribute('aria-sort', 'descending');
});

for (const size of [
  { width: 1280, height: 800 },
  { width: 800, height: 600 },
]) {
  test(`it warns when there is little room left, at ${size.width} pixels`, async ({ openPage, server }) => {
    const part = Math.ceil((server.settings.quotaBytes * 0.95) / 100);
    for (let index = 0; index < 100; index += 1)
      server.files.add({ name: `${index}.wav`, mimeType: 'audio/wav', sizeBytes: part });
    const { usage, page } = await openPage({ size });
    await expect(usage.region).toContainText('Nearly full: 95%');
    await expectAccessible(page);
  });
}

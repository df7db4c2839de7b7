import { expectAccessible } from '../../harness/accessibility.ts';
import { dragFiles, dropFiles } from '../../harness/drop-files.ts';
import { createText, writeLocalFile } from '../../harness/local-files.ts';
import { expect, test } from '../../harness/page-test.ts';
import { tabTo } from '../../harness/tab-to.ts';
import { createBufferContent } from '../../server/content.ts';

test.describe('axe finds nothing', () => {
  test('without files, while reading and with errors', async ({ openPage, server }) => {
    const hang = server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    const { page, status, alert, refresh, table } = await openPage();
    await expect(status.filter({ hasText: 'Loading files…' })).toBeVisible();
    await expectAccessible(page);
    hang.release();
    await expect(page.getByText('Drop files here')).toBeVisible();
    await expectAccessible(page);
    server.seed(5);
    server.faults.inject({ on: 'list', fault: { kind: 'changedRow', row: 1, omit: ['id'] } });
    await refresh.click();
    await expect(table.rows).toHaveCount(4);
    server.faults.inject({ on: 'list', fault: { kind: 'status', status: 500 } });
    await refresh.click();
    await expect(alert).toBeVisible();
    await expectAccessible(page);
  });

  test('a listing that cannot be read at all', async ({ openPage, server }) => {
    await server.goOffline();
    const { page, alert } = await openPage();
    await expect(alert).toBeVisible();
    await expectAccessible(page);
  });

  test('the table, a selection, the details, the question and its way back', async ({ openPage, server }) => {
    server.seed(6);
    server.files.add({ name: 'ours.txt', content: createBufferContent(Buffer.from('x')) });
    const files = await openPage();
    const { page, table, details, dialog, dialogDelete, undo } = files;
    await expect(table.row('ours.txt')).toBeVisible();
    await expectAccessible(page);
    await table.row('ours.txt').click();
    await page.keyboard.press('Enter');
    await expect(details.copyId).toBeVisible();
    await expectAccessible(page);
    await table.rows.nth(2).click({ modifiers: ['Shift'] });
    await expect(details.panel).toContainText('3 files');
    await expectAccessible(page);
    await files.delete.click();
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    await dialogDelete.click();
    await expect(undo).toBeVisible();
    await expectAccessible(page);
  });

  test('transfers of every state, and the drop target', async ({ openPage, server, profile }) => {
    const { page, transfers, dropTarget, table } = await openPage();
    await expect(page.getByText('Drop files here')).toBeVisible();
    const drop = async (name: string, content?: string | Uint8Array) => {
      await dropFiles(page, [(await writeLocalFile(profile, name, content)).path]);
    };
    await drop('done.txt');
    await transfers.expectState('done.txt', 'Done');
    await drop('failed.txt', '');
    await transfers.expectState('failed.txt', 'Failed');
    await transfers.clearFinished.click();
    await drop('done.txt');
    await transfers.expectState('done.txt', 'Question');
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'body' } });
    await drop('interrupted.txt');
    await transfers.expectState('interrupted.txt', 'Interrupted');
    await expectAccessible(page);
    await transfers.cancel('interrupted.txt').click();
    await transfers.expectState('interrupted.txt', 'Unknown');
    await expectAccessible(page);
    await transfers.dismiss('interrupted.txt').click();
    await transfers.expectState('interrupted.txt', 'Cancelled');
    await transfers.clearFinished.click();
    server.faults.inject({
      on: 'upload',
      times: 3,
      fault: { kind: 'hang', at: { requestBytes: 1_000_000 } },
    });
    const large = createText(32 * 1024 * 1024);
    for (const name of ['sending-1.txt', 'sending-2.txt', 'sending-3.txt']) await drop(name, large);
    await transfers.expectState('sending-3.txt', 'Sending');
    // A small one would not wait behind them.
    await drop('queued.txt', large);
    await transfers.expectState('queued.txt', 'Queued');
    await transfers.cancel('queued.txt').click();
    await transfers.expectState('queued.txt', 'Cancelled');
    await expectAccessible(page);
    const drag = await dragFiles(page, [profile.localFolder]);
    await expect(dropTarget).toBeVisible();
    await expectAccessible(page);
    await drag.leave();
    await expect(table.grid).toBeVisible();
  });
});

test('from an upload to a deletion with the keyboard alone', async ({ openPage, server, profile }) => {
  const file = await writeLocalFile(profile, 'by keyboard.txt');
  const files = await openPage();
  const { page, upload, table, transfers, dialog, dialogCancel, dialogDelete, undo, status } = files;
  await expect(page.getByText('Drop files here')).toBeVisible();
  await tabTo(page, upload);
  await expect(upload).toBeFocused();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(file.path);
  await transfers.expectState('by keyboard.txt', 'Done');
  await tabTo(page, table.row('by keyboard.txt'));
  await page.keyboard.press('Space');
  await expect(table.row('by keyboard.txt')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Delete');
  await expect(dialog).toHaveAccessibleName('Delete by keyboard.txt?');
  await expect(dialogCancel).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(dialogDelete).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(undo).toBeVisible();
  await tabTo(page, undo);
  await page.keyboard.press('Enter');
  await expect(status.filter({ hasText: 'Nothing was deleted' })).toBeVisible();
  expect(server.files.size).toBe(1);
});

test('who wants no motion has another scheme at once, and not from the outside in', async ({
  openPage,
  server,
}) => {
  server.seed(30);
  const { table, page } = await openPage();
  await expect(table.rows.first()).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const countTransitions = () =>
    document.getAnimations().filter((animation) => animation instanceof CSSTransition).length;
  expect(await page.evaluate(countTransitions)).toBe(0);
});

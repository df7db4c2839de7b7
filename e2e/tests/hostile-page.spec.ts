import { expect, test } from '../harness/test.ts';

test('script in the page, and in the empty document of a frame, cannot read the clipboard or open a folder', async ({
  openFiles,
}) => {
  const { app, page, table } = await openFiles();
  await app.electron.evaluate(({ clipboard }) => clipboard.writeText('from another program'));
  await table.grid.or(page.locator('main')).first().click();
  const found = await page.evaluate(() => {
    const attack = (target: (Window & typeof globalThis) | null) => {
      if (!target) throw new Error('There is no frame');
      const field = target.document.createElement('textarea');
      target.document.body.append(field);
      field.focus();
      target.document.execCommand('paste');
      const pickers = ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'];
      return { pasted: field.value, pickers: pickers.filter((name) => name in target) };
    };
    const frame = document.createElement('iframe');
    document.body.append(frame);
    // The empty document has the frame's own globals, which the DOM's types leave out.
    return [attack(window), attack(frame.contentWindow as (Window & typeof globalThis) | null)];
  });
  const nothing = { pasted: '', pickers: [] };
  expect(found).toEqual([nothing, nothing]);
});

test('a page that script has sent to an empty one is loaded again', async ({
  openFiles,
  problems,
  server,
}) => {
  problems.expect(/has left its page for about:blank/);
  server.seed(3);
  const { page, table } = await openFiles();
  await expect(table.rows).toHaveCount(3);
  await page.evaluate(() => {
    location.href = 'about:blank';
  });
  await page.waitForURL('about:blank');
  await page.waitForURL('app://files/index.html');
  await expect(table.rows).toHaveCount(3);
});

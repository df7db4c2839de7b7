import { expectAccessible } from '../../harness/accessibility.ts';
import { expect, test } from '../../harness/page-test.ts';
import { tabTo } from '../../harness/tab-to.ts';
import { createBufferContent } from '../../server/content.ts';
import type { LocalServer } from '../../server/server.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MIB = 1_048_576;

function fill({ files }: LocalServer): void {
  const now = Date.now();
  const add = (name: string, mimeType: string, sizeBytes: number, ageDays: number) =>
    files.add({ name, mimeType, sizeBytes, createdAt: now - ageDays * DAY_MS });
  add('big new.pdf', 'application/pdf', 20 * MIB, 3);
  add('big old.pdf', 'application/pdf', 20 * MIB, 20);
  add('small new.pdf', 'application/pdf', MIB / 2, 3);
  add('big new.csv', 'text/csv', 20 * MIB, 3);
  files.add({
    name: 'generated.png',
    mimeType: 'image/png',
    content: createBufferContent(Buffer.from('x')),
    createdAt: now - 40 * DAY_MS,
  });
}

test.beforeEach(({ server }) => fill(server));

test('the big PDFs from last week are three choices, and their chips take them back', {
  tag: '@in-app',
}, async ({ openPage }) => {
  const { table, filters } = await openPage();
  await expect(table.rows).toHaveCount(5);
  await filters.button.click();
  await filters.kind('PDF').check();
  await filters.choice('Larger than 10 MiB').check();
  await filters.choice('Last 7 days').check();
  await expect(filters.dialog).toContainText('1 file matches');
  await expect(table.names).toHaveText(['big new.pdf']);
  await filters.done.click();
  await expect(filters.button).toHaveAccessibleName('Filter, 3 filters active');
  await filters.chip('Last 7 days').click();
  await expect(table.names).toHaveText(['big new.pdf', 'big old.pdf']);
  await filters.chip('PDF').click();
  await expect(table.rows).toHaveCount(3);
  await filters.clearChips.click();
  await expect(table.rows).toHaveCount(5);
  await expect(filters.chips).toHaveCount(0);
  await expect(filters.button).toHaveAccessibleName('Filter');
});

test('whatever can be saved, any size and any days can be asked for', async ({ openPage }) => {
  const { table, filters, page } = await openPage();
  await filters.button.click();
  await filters.choice('Can be saved').check();
  await expect(table.names).toHaveText(['generated.png']);
  await filters.clearAll.click();
  await expect(table.rows).toHaveCount(5);

  await filters.choice('Other sizes…').check();
  await filters.field('At most').fill('600');
  await filters.field('Unit of the largest size').selectOption('KiB');
  await expect(table.names).toHaveText(['small new.pdf', 'generated.png']);
  await filters.field('At least').fill('1');
  await expect(filters.dialog).toContainText('Minimum is larger than maximum.');
  // What is crossed narrows nothing anew.
  await expect(table.rows).toHaveCount(2);
  await filters.field('Unit of the smallest size').selectOption('KiB');
  await expect(table.names).toHaveText(['small new.pdf']);
  await filters.clearAll.click();

  const toDay = (ageDays: number) => new Date(Date.now() - ageDays * DAY_MS).toISOString().slice(0, 10);
  await filters.choice('Other dates…').check();
  await filters.field('From').fill(toDay(20));
  // The last day is meant with all of its hours.
  await filters.field('To').fill(toDay(20));
  await expect(table.names).toHaveText(['big old.pdf']);
  await page.keyboard.press('Escape');
  await expect(filters.chip(/^Remove filter /)).toHaveCount(1);
});

test('a search is kept beside the filters, and clearing them leaves it', async ({ openPage }) => {
  const { table, filters, search } = await openPage();
  await search.fill('new');
  await filters.button.click();
  await filters.kind('CSV').check();
  await expect(table.names).toHaveText(['big new.csv']);
  await filters.done.click();
  await filters.clearChips.click();
  await expect(search).toHaveValue('new');
  await expect(table.rows).toHaveCount(3);
});

test('with the keyboard alone', async ({ openPage }) => {
  const { table, filters, page } = await openPage();
  await expect(table.rows).toHaveCount(5);
  await tabTo(page, filters.button);
  await page.keyboard.press('Enter');
  await expect(filters.kind('PDF')).toBeFocused();
  await expect(filters.dialog).toMatchAriaSnapshot(`
    - dialog "Filter":
      - group "Kind":
        - checkbox "PDF"
        - checkbox "Image"
        - checkbox "Audio"
        - checkbox "Document"
        - checkbox "Spreadsheet"
        - checkbox "Presentation"
        - checkbox "JSON"
        - checkbox "CSV"
        - checkbox "Markdown"
        - checkbox "Text"
        - checkbox "Other"
      - group "Saveable":
        - radio "Any" [checked]
        - radio "Can be saved"
        - radio "Cannot be saved"
      - group "Created":
        - radio "Any time" [checked]
        - radio "Today"
        - radio "Last 7 days"
        - radio "Last 30 days"
        - radio "Other dates…"
      - group "Size":
        - radio "Any size" [checked]
        - radio "Smaller than 1 MiB"
        - radio "1 MiB to 10 MiB"
        - radio "Larger than 10 MiB"
        - radio "Other sizes…"
      - text: 5 files match
      - button "Clear all"
      - button "Done"
  `);
  await page.keyboard.press('Space');
  await expect(table.rows).toHaveCount(3);
  await expect(filters.kind('PDF')).toBeFocused();
  await tabTo(page, filters.choice('Any time'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(filters.choice('Last 7 days')).toBeChecked();
  await expect(table.rows).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(filters.dialog).toBeHidden();
  await expect(filters.button).toBeFocused();
  await tabTo(page, filters.chip('PDF'));
  await page.keyboard.press('Enter');
  await expect(table.rows).toHaveCount(3);
  // The next stop is what followed the chip, not the beginning of the window.
  await page.keyboard.press('Tab');
  await expect(filters.chip('Last 7 days')).toBeFocused();
});

test('axe finds nothing', async ({ openPage }) => {
  const { filters, page } = await openPage({ size: { width: 800, height: 600 } });
  await filters.button.click();
  await filters.kind('PDF').check();
  await filters.choice('Other sizes…').check();
  await filters.choice('Other dates…').check();
  await filters.field('At least').fill('2');
  await filters.field('At most').fill('1');
  await expect(filters.dialog).toContainText('Minimum is larger than maximum.');
  await expectAccessible(page);
  await filters.done.click();
  await expect(filters.chips).toBeVisible();
  await expectAccessible(page);
});

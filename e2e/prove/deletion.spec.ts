import type { Page } from '@playwright/test';
import type { FilesApi } from '#app/contract/files-contract.ts';
import type { Deletion } from '#app/files/deletion.ts';
import { type FileView, NO_FILTER } from '#app/files/file-query.ts';
import { viewOf } from '../harness/location-of.ts';
import { expect, test } from '../harness/test.ts';
import { injectDeletionTrouble } from './deletion-trouble.ts';
import { judgeDeletion } from './deletion-verdict.ts';
import { FIGURES } from './findings-reporter.ts';

const SEED = 41;
const COUNT = 5000;
const BYSTANDERS = 500;
const HOPELESS = 3;
const TIMEOUT_MS = 10 * 60_000;
const ALL: FileView = { filter: NO_FILTER, folder: null, sort: { by: 'created', isDescending: true } };

test('of 5,000 deleted through 3 % of 429 and 500 each is gone or listed, and asked for no more than that explains', async ({
  launchFiles,
  server,
}, testInfo) => {
  test.setTimeout(TIMEOUT_MS);
  const add = (name: string, count: number) =>
    server.files.addAll(Array.from({ length: count }, (_, index) => ({ name: `${name} ${index + 1}.txt` })));
  const others = add('bystander', BYSTANDERS);
  const wanted = add('unwanted', COUNT);
  const hopeless = new Set(wanted.slice(0, HOPELESS).map(({ id }) => id));
  const files = await launchFiles();
  const { page, table, search } = files;
  await search.fill('unwanted');
  await expect(table.pager).toContainText('of 5,000');
  await table.rows.first().focus();
  await page.keyboard.press('ControlOrMeta+A');
  await table.selectMatching.click();
  await files.delete.click();
  await expect(files.dialog).toHaveAccessibleName('Delete 5,000 files?');
  await files.dialogCount.fill('5000');
  injectDeletionTrouble(server, SEED, hopeless);
  const finished = whenDeleted(page);
  const startedAt = performance.now();
  await files.dialogDelete.click();

  const deletion = await finished;
  const durationMs = performance.now() - startedAt;
  const requests = server.requests.all();
  const verdict = judgeDeletion({
    wantedIds: wanted.map(({ id }) => id),
    otherIds: others.map(({ id }) => id),
    remainingIds: new Set(server.files.all().map(({ id }) => id)),
    shownReasons: await readReasons(page),
    requests,
  });
  const asked = requests.filter(({ operation }) => operation === 'delete');
  const hits = asked.filter(({ fault }) => fault !== null).length;
  const lookUps = requests.filter(({ operation }) => operation === 'retrieve').length;
  const body = [
    `Deletion: ${COUNT} files, ${Math.round(durationMs / 1000)} s, the ten to take it back included`,
    `  ${deletion.deletedCount} deleted, ${deletion.failedCount} listed with a reason`,
    `  ${asked.length} asked for (${asked.length - COUNT} again), ${hits} of them hit, ${lookUps} looked for`,
  ].join('\n');
  await testInfo.attach(FIGURES, { body });
  expect(verdict).toEqual({ untold: [], touched: [], repeated: [] });
  expect(deletion.deletedCount + deletion.failedCount).toBe(COUNT);
  expect(deletion.failedCount).toBeGreaterThanOrEqual(HOPELESS);
  await expect(table.pager).toContainText(`of ${deletion.failedCount}`);
});

/** Settles with the next deletion that is finished, as the window is told. */
function whenDeleted(page: Page): Promise<Deletion> {
  return page.evaluate(() => {
    // The bridge, as the preload script puts it there.
    const { files } = window as unknown as { readonly files: FilesApi };
    return new Promise<Deletion>((resolve) => {
      const stop = files.onDeletionChanged(({ deletion }) => {
        if (deletion.phase !== 'finished') return;
        stop();
        resolve(deletion);
      });
    });
  });
}

/** Gives the reasons on all rows, by id. */
async function readReasons(page: Page): Promise<ReadonlyMap<string, string>> {
  const pairs = await page.evaluate(
    async ([location, view]) => {
      const { files } = window as unknown as { readonly files: FilesApi };
      const limit = 1000;
      const reasons: [string, string][] = [];
      for (let offset = 0, total = 1; offset < total; offset += limit) {
        const result = await files.queryFiles({ ...location, query: { ...view, offset, limit } });
        if (!result.ok) throw new Error(`The files cannot be read: ${result.error.code}`);
        total = result.value.total;
        for (const row of result.value.rows) {
          if (row.kind === 'file' && row.deletionError) reasons.push([row.file.id, row.deletionError.code]);
        }
      }
      return reasons;
    },
    [await viewOf(page), ALL] as const,
  );
  return new Map(pairs);
}

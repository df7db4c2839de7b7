import { dropFiles } from '../harness/drop-files.ts';
import { writeLocalFile } from '../harness/local-files.ts';
import type { FilesWindow } from '../pages/files-window.ts';
import { type Scene, waitForRows } from './scene.ts';

/** Requests that a deletion has sent when it is seen. */
const SENT = 31;

/** What stands around the table: filters, questions, progress, the meter, the forms to copy in. */
export const PANEL_SCENES: readonly Scene[] = [
  {
    name: 'filters',
    window: 'files',
    arrange: async (window) => {
      const { filters } = window;
      await waitForRows(window);
      await filters.button.click();
      for (const kind of ['PDF', 'CSV']) await filters.kind(kind).check();
      await filters.choice(/^1.MiB to/).check();
    },
  },
  {
    name: 'filters-active',
    window: 'files',
    arrange: async (window) => {
      const { filters } = window;
      await waitForRows(window);
      await filters.button.click();
      await filters.kind('Image').check();
      await filters.kind('CSV').check();
      await filters.choice(/^Last 30 days/).check();
      await filters.done.click();
    },
  },
  {
    name: 'delete-many',
    window: 'files',
    prepare: async (server) => {
      server.seed(240);
    },
    arrange: async (window) => {
      await selectPage(window);
      await window.delete.click();
      await window.dialogCount.fill('25');
    },
  },
  {
    name: 'deleting-many',
    window: 'files',
    prepare: async (server) => {
      server.seed(60);
      server.faults.inject({
        on: 'delete',
        from: SENT,
        times: Number.POSITIVE_INFINITY,
        fault: { kind: 'hang', at: 'headers' },
      });
    },
    arrange: async (window) => {
      await selectPage(window);
      await window.delete.click();
      await window.dialogDelete.click();
      await window.stop.waitFor();
    },
  },
  {
    name: 'details-many',
    window: 'files',
    arrange: async (window) => {
      await waitForRows(window);
      await window.table.selectAll.click();
      await window.page.getByRole('button', { name: 'Show details' }).click();
      await window.details.copyIds.waitFor();
    },
  },
  {
    name: 'copy-as',
    window: 'files',
    arrange: async (window) => {
      await waitForRows(window);
      await window.table.row('README.md').getByRole('rowheader').click();
      await window.page.getByRole('button', { name: 'Show details' }).click();
      await window.details.copyAs.click();
    },
  },
  {
    name: 'details-local',
    window: 'files',
    arrange: async (window, { profile }) => {
      const { page, table, transfers, details } = window;
      await waitForRows(window);
      const { path } = await writeLocalFile(profile, 'field-notes.md', '# Field notes\n');
      await dropFiles(page, [path]);
      await transfers.expectState('field-notes.md', 'Done');
      await transfers.clearFinished.click();
      await page.getByRole('button', { name: 'Got it' }).click();
      await table.row('field-notes.md').getByRole('rowheader').click();
      await page.getByRole('button', { name: 'Show details' }).click();
      await details.copySha256.waitFor();
    },
  },
  {
    name: 'folders',
    window: 'files',
    arrange: async (window) => {
      const { page, table, details } = window;
      await waitForRows(window);
      await page.getByText('Folders', { exact: true }).click();
      await table.row('Folder data').getByRole('rowheader').click();
      await page.getByRole('button', { name: 'Show details' }).click();
      await details.copyIds.waitFor();
    },
  },
  {
    name: 'delete-folder',
    window: 'files',
    arrange: async (window) => {
      const { page, table, dialog } = window;
      await waitForRows(window);
      await page.getByText('Folders', { exact: true }).click();
      await table.row('Folder data').getByRole('rowheader').click();
      await window.delete.click();
      await dialog.waitFor();
    },
  },
  {
    name: 'delete-failed',
    window: 'files',
    prepare: async (server) => {
      const fault = { kind: 'status', status: 403 } as const;
      server.faults.inject({ on: 'delete', times: Number.POSITIVE_INFINITY, fault });
    },
    arrange: async (window) => {
      const { page, table, dialogDelete, details } = window;
      await waitForRows(window);
      await table.row('to do.txt').getByRole('rowheader').click();
      await window.delete.click();
      await dialogDelete.click();
      await page.getByRole('button', { name: 'Show details' }).click();
      await details.panel.getByText('It was not deleted').waitFor();
    },
  },
  {
    name: 'shortcuts',
    window: 'files',
    arrange: async (window) => {
      await waitForRows(window);
      await window.page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
      await window.page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'nearly-full',
    window: 'files',
    prepare: async (server) => {
      const room = server.settings.quotaBytes * 0.94;
      for (let part = 0; part < 100; part += 1)
        server.files.add({
          name: `exports/part-${part}.wav`,
          mimeType: 'audio/wav',
          sizeBytes: Math.round(room / 100),
        });
    },
    arrange: waitForRows,
  },
];

async function selectPage(window: FilesWindow): Promise<void> {
  await waitForRows(window);
  await window.table.rowsPerPage.selectOption('250');
  await window.table.selectAll.click();
}

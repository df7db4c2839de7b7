import { basename, join } from 'node:path';
import { dragFiles, dropFiles } from '../harness/drop-files.ts';
import type { LaunchOptions } from '../harness/launch-app.ts';
import { createText, writeLocalFile, ZIP_BYTES } from '../harness/local-files.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import type { FilesWindow } from '../pages/files-window.ts';
import { createBufferContent, createGeneratedContent } from '../server/content.ts';
import { addSampleWorkspace } from '../server/sample-workspace.ts';
import type { LocalServer } from '../server/server.ts';
import { PANEL_SCENES } from './panel-scenes.ts';
import { type Scene, type Stage, waitForRows } from './scene.ts';

const WITHOUT_KEY: LaunchOptions = { hasKeyInEnvironment: false };
const DETAILS_NAME = 'reports/2026/q3-chart.png';
const DELETED_NAME = 'data/raw/customers.csv';
const KNOWN_NAMES = ['interviews/anna.md', 'interviews/ben.md', 'interviews/chloe.md'];

const CONNECT_SCENES: readonly Scene[] = [
  {
    name: 'connect',
    window: 'connect',
    launch: WITHOUT_KEY,
    arrange: ({ key }) => key.waitFor(),
  },
  {
    name: 'connect-advanced',
    window: 'connect',
    launch: WITHOUT_KEY,
    arrange: async (window, { server }) => {
      await window.key.fill(server.apiKey);
      await window.openAdvanced();
      await window.endpoint.waitFor();
    },
  },
  {
    name: 'connect-error',
    window: 'connect',
    launch: WITHOUT_KEY,
    arrange: async (window, { server }) => {
      await window.submit({ key: 'sk-or-v1-of-another-time', endpoint: server.baseUrl });
      await window.alert.waitFor();
    },
  },
  {
    name: 'connect-no-keychain',
    window: 'connect',
    launch: { ...WITHOUT_KEY, hasKeychain: false },
    arrange: ({ key }) => key.waitFor(),
  },
];

const LIST_SCENES: readonly Scene[] = [
  {
    name: 'loading',
    window: 'files',
    prepare: async (server) => {
      server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    },
    arrange: async (_window, { server }) => {
      await server.waitFor(({ isHeld }) => isHeld);
    },
  },
  {
    name: 'empty',
    window: 'files',
    prepare: async (server) => {
      for (const { id } of server.files.all()) server.files.delete(id);
    },
    arrange: ({ page }) => page.getByText('Drop files here').first().waitFor(),
  },
  { name: 'table', window: 'files', arrange: waitForRows },
  {
    name: 'selection',
    window: 'files',
    arrange: async (window) => {
      await waitForRows(window);
      const names = ['README.md', DETAILS_NAME, 'reports/2026/revenue.csv', 'photos/team.jpg'];
      for (const name of names) await window.table.checkbox(name).click();
    },
  },
  {
    name: 'details',
    window: 'files',
    arrange: async (window, { server }) => {
      await waitForRows(window);
      await window.table.row(DETAILS_NAME).getByRole('rowheader').click();
      await window.page.getByRole('button', { name: 'Show details' }).click();
      await server.waitFor(({ operation, endedAt }) => operation === 'retrieve' && endedAt !== null);
    },
  },
  {
    name: 'no-results',
    window: 'files',
    arrange: async (window) => {
      await waitForRows(window);
      await window.search.fill('annual report 2019');
      await window.page.getByText('No file matches').first().waitFor();
    },
  },
  {
    name: 'error',
    window: 'files',
    prepare: async (server) => {
      const fault = { kind: 'status', status: 500 } as const;
      server.faults.inject({ on: 'list', times: Number.POSITIVE_INFINITY, fault });
    },
    arrange: ({ retry }) => retry.first().waitFor(),
  },
  {
    name: 'offline',
    window: 'files',
    arrange: async (window, { server }) => {
      await waitForRows(window);
      await server.goOffline();
      await window.refresh.click();
      await window.retry.first().waitFor();
    },
  },
];

const WORK_SCENES: readonly Scene[] = [
  {
    name: 'delete-dialog',
    window: 'files',
    arrange: async (window) => {
      await waitForRows(window);
      await window.table.row(DELETED_NAME).getByRole('rowheader').click();
      await window.delete.click();
      await window.dialog.waitFor();
    },
  },
  {
    name: 'deleting',
    window: 'files',
    arrange: async (window) => {
      await waitForRows(window);
      await window.table.row(DELETED_NAME).getByRole('rowheader').click();
      await window.delete.click();
      await window.dialogDelete.click();
      await window.undo.waitFor();
    },
  },
  {
    name: 'drop-target',
    window: 'files',
    isDragging: true,
    arrange: async (window, { profile }) => {
      await waitForRows(window);
      const { path } = await writeLocalFile(profile, 'field-notes.md');
      await dragFiles(window.page, [path]);
      await window.dropTarget.waitFor();
    },
  },
  {
    name: 'transfers',
    window: 'files',
    prepare: async (server) => {
      const content = createGeneratedContent(31_000_000, 7);
      server.files.add({ name: 'exports/embeddings.ndjson', mimeType: 'application/x-ndjson', content });
    },
    arrange: arrangeTransfers,
  },
  {
    name: 'transfers-questions',
    window: 'files',
    prepare: async (server) => {
      for (const name of KNOWN_NAMES) {
        const content = createBufferContent(Buffer.from(toKnownContent(name).toUpperCase()));
        server.files.add({ name, mimeType: 'text/markdown', content });
      }
    },
    arrange: arrangeQuestions,
  },
];

/** Every screen of the app. */
export const SCENES: readonly Scene[] = [...CONNECT_SCENES, ...LIST_SCENES, ...WORK_SCENES, ...PANEL_SCENES];

/** Fills a server as the demo does. */
export function fillServer(server: LocalServer): void {
  addSampleWorkspace(server.files, Date.now());
}

/** One transfer in each state that lasts: the server holds those that would go on. */
async function arrangeTransfers(window: FilesWindow, { app, server, profile }: Stage): Promise<void> {
  await waitForRows(window);
  const drop = async (name: string, content: string | Uint8Array, state: string) => {
    const { path } = await writeLocalFile(profile, name, content);
    await dropFiles(window.page, [path]);
    await window.transfers.item(name).filter({ hasText: state }).waitFor();
  };
  await drop('field-notes.md', '# Field notes\n', 'Done');
  await drop('figures.xlsx', ZIP_BYTES, 'Failed');
  server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
  await drop('transcript.txt', createText(2_400_000), 'Waiting for OpenRouter');
  server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: { requestBytes: 38_000_000 } } });
  await drop('measurements-2026-06.csv', createText(61_000_000), 'Sending');
  server.faults.inject({ on: 'download', fault: { kind: 'hang', at: { answerBytes: 21_000_000 } } });
  const savedPath = join(profile.saveFolder, 'embeddings.ndjson');
  await answerDialogs(app.electron, { save: savedPath });
  await window.table.row('exports/embeddings.ndjson').getByRole('rowheader').click();
  await window.save.click();
  await window.transfers.item(basename(savedPath)).filter({ hasText: 'Receiving' }).waitFor();
  // Got ready ahead of its turn, while another only waits for its answer.
  await drop('interview.txt', createText(900_000), 'Preparing');
  await drop('minutes.txt', createText(700_000), 'Queued');
  await drop('draft.txt', createText(400_000), 'Queued');
  await window.transfers.cancel('draft.txt').click();
  await window.transfers.item('draft.txt').filter({ hasText: 'Cancelled' }).waitFor();
  await window.page.getByRole('button', { name: 'Got it' }).click();
  await window.transfers.items.first().scrollIntoViewIfNeeded();
}

/** What a person has to decide: the same names, an upload whose outcome is open, and a server that asks to wait. */
async function arrangeQuestions(window: FilesWindow, { server, profile }: Stage): Promise<void> {
  const { page, transfers } = window;
  await waitForRows(window);
  const broken = server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'applied' } });
  const unreadable = server.faults.inject({
    on: 'list',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'status', status: 500 },
  });
  const { path } = await writeLocalFile(profile, 'lab-results.csv');
  await dropFiles(page, [path]);
  await transfers.expectState('lab-results.csv', 'Unknown');
  broken.remove();
  unreadable.remove();
  await dropFiles(page, [path]);
  await transfers.notice(/outcome is unknown/).waitFor();
  for (const name of KNOWN_NAMES) await writeLocalFile(profile, name, toKnownContent(name));
  await dropFiles(page, [join(profile.localFolder, 'interviews')]);
  for (const name of KNOWN_NAMES) await transfers.expectState(name, 'Question');
  server.faults.inject({
    on: 'upload',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'status', status: 429, retryAfterSeconds: 120 },
  });
  await dropFiles(page, [(await writeLocalFile(profile, 'summary.md')).path]);
  await transfers.notice('OpenRouter asked to wait').waitFor();
  await page.getByRole('button', { name: 'Got it' }).click();
}

function toKnownContent(name: string): string {
  return `# What ${name} holds\n`;
}

import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FilesApi } from '#app/contract/files-contract.ts';
import type { DeletionStart } from '#app/files/deletion.ts';
import type { TransferState } from '#app/transfers/transfer.ts';
import { dropFiles } from '../harness/drop-files.ts';
import { type RunningApp, resize } from '../harness/launch-app.ts';
import { locationOf, viewOf } from '../harness/location-of.ts';
import { answerDialogs } from '../harness/native-dialogs.ts';
import type { Profile } from '../harness/profile.ts';
import type { FilesWindow } from '../pages/files-window.ts';
import { listDeletions, whenListed } from '../prove/deletions-over-bridge.ts';
import { listTransfers } from '../prove/transfers-over-bridge.ts';
import { createGeneratedContent } from '../server/content.ts';
import type { FaultRule } from '../server/faults.ts';
import type { LocalServer } from '../server/server.ts';
import { createProfileText } from './copy-profile.ts';

// What happens to a profile before it is taken. The names say what becomes of a file; e2e/profiles/README.md lists them.

/** An app with a window, and what is around it. */
export interface Stage {
  readonly app: RunningApp;
  readonly files: FilesWindow;
  readonly profile: Profile;
  readonly server: LocalServer;
}

const MIB = 1024 * 1024;
/** Of the last change of every file on this computer: whole seconds, which every file system keeps. */
const MODIFIED_AT = Date.UTC(2026, 10, 30, 12) / 1000;
const DELETED = Array.from({ length: 12 }, (_, index) => `deleted-${index + 1}.txt`);
const KEPT = ['kept-1.txt', 'kept-2.txt'];
/** Requests for deletions that are answered before the server holds all others. */
const ANSWERED_DELETIONS = 4;
const OTHER_FILES = 30;
/** More than are got ready while others are sent, so that some of them are still queued. */
const WAITING = Array.from({ length: 40 }, (_, index) => `waiting-${index + 1}.txt`);

/** The contents that the server has, by name. */
export const PROFILE_CONTENTS: ReadonlyMap<string, { readonly sizeBytes: number; readonly seed: number }> =
  new Map([
    ['received.txt', { sizeBytes: 20_000, seed: 1 }],
    ['receiving.txt', { sizeBytes: MIB, seed: 2 }],
    ['waiting-download.txt', { sizeBytes: 30_000, seed: 3 }],
  ]);

/** The files of this computer, with their sizes in bytes. */
export const PROFILE_UPLOADS: ReadonlyMap<string, number> = new Map<string, number>([
  ['uploaded.txt', 3001],
  ['empty.txt', 0],
  ['same-name.txt', 3002],
  ['sending.txt', 12 * MIB],
  ['answer-lost.txt', 3003],
  ['not-stored.txt', 3004],
  ...WAITING.map((name, index) => [name, 100 + index] as const),
]);

/** Fills the server with what its account has had for a while. */
export function fillProfileServer(server: LocalServer): void {
  server.seed(OTHER_FILES, { generatedEvery: 0 });
  for (const name of [...DELETED, ...KEPT]) server.files.add({ name });
  server.files.add({ name: 'same-name.txt', sizeBytes: PROFILE_UPLOADS.get('same-name.txt') ?? 0 });
  for (const [name, { sizeBytes, seed }] of PROFILE_CONTENTS) {
    server.files.add({ name, content: createGeneratedContent(sizeBytes, seed) });
  }
}

/** The first run: choices, an upload and a download that come to their ends, one that fails, one that is asked about. */
export async function livePeacefully({ app, files, profile, server }: Stage): Promise<void> {
  const { page, table } = files;
  await whenListed(page, server.files.size);
  await resize(app.electron, page, { width: 1100, height: 700 });
  await table.rowsPerPage.selectOption('50');
  await page.evaluate(
    async (shown) => {
      // The bridge, as the preload script puts it there.
      const { files: bridge } = window as unknown as { readonly files: FilesApi };
      await bridge.setTransferConcurrency({ ...shown, concurrency: 4 });
    },
    await locationOf(page),
  );
  await drop({ files, profile }, ['uploaded.txt', 'empty.txt', 'same-name.txt']);
  await whenInState(files, 'uploaded.txt', 'done');
  await whenInState(files, 'empty.txt', 'failed');
  await whenInState(files, 'same-name.txt', 'asking');
  await download({ app, files, profile, server }, 'received.txt');
  await whenInState(files, 'received.txt', 'done');
}

/** The second run: each transfer stands where it can stand, one deletion is half done and another can still be undone. */
export async function leaveUnfinished(stage: Stage): Promise<void> {
  const { files, server } = stage;
  await whenListed(files.page, server.files.size);
  await holdDeletion(stage);
  await holdUpload(stage, 'sending.txt', { requestBytes: MIB });
  await holdUpload(stage, 'answer-lost.txt', 'applied');
  await holdUpload(stage, 'not-stored.txt', 'body');
  const answerBytes = MIB / 2;
  await hold(server, { on: 'download', fault: { kind: 'hang', at: { answerBytes } } }, () =>
    download(stage, 'receiving.txt'),
  );
  // Four transfers are under way by now, as many as the person wants.
  await drop(stage, WAITING);
  await download(stage, 'waiting-download.txt');
  for (const name of [WAITING.at(-1) ?? '', 'waiting-download.txt']) await whenInState(files, name, 'queued');
  await beginDeletion(stage, KEPT);
  await whenDeletion(files, ({ phase, count }) => phase === 'waiting' && count === KEPT.length);
}

async function holdDeletion(stage: Stage): Promise<void> {
  const { files, server } = stage;
  const rest = { from: ANSWERED_DELETIONS + 1, times: Number.POSITIVE_INFINITY };
  await hold(server, { on: 'delete', ...rest, fault: { kind: 'hang', at: 'headers' } }, () =>
    beginDeletion(stage, DELETED),
  );
  // What is told is on disk.
  await whenDeletion(files, ({ deletedCount }) => deletedCount === ANSWERED_DELETIONS);
}

function holdUpload(
  stage: Stage,
  name: string,
  at: 'applied' | 'body' | { readonly requestBytes: number },
): Promise<void> {
  return hold(stage.server, { on: 'upload', fault: { kind: 'hang', at } }, () => drop(stage, [name]));
}

/** Lets the server hold what comes of an act, and waits until it does. */
async function hold(server: LocalServer, rule: FaultRule, act: () => Promise<void>): Promise<void> {
  server.faults.inject(rule);
  const held = server.waitFor(({ operation, isHeld }) => operation === rule.on && isHeld, 60_000);
  const heldBefore = server.requests.all().filter(({ isHeld }) => isHeld).length;
  await act();
  await held;
  await poll(() => server.requests.all().filter(({ isHeld }) => isHeld).length > heldBefore);
}

async function drop({ files, profile }: Pick<Stage, 'files' | 'profile'>, names: readonly string[]) {
  const paths: string[] = [];
  for (const name of names) {
    const path = join(profile.localFolder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, createProfileText(`local/${name}`, PROFILE_UPLOADS.get(name) ?? 0));
    await utimes(path, MODIFIED_AT, MODIFIED_AT);
    paths.push(path);
  }
  await dropFiles(files.page, paths);
  for (const name of names) await poll(async () => (await stateOf(files, name)) !== undefined);
}

async function download({ app, files, profile, server }: Stage, name: string): Promise<void> {
  await answerDialogs(app.electron, { save: join(profile.saveFolder, name) });
  const keys = toIds(server, [name]);
  await files.page.evaluate(
    async ([shown, ids]) => {
      const { files: bridge } = window as unknown as { readonly files: FilesApi };
      await bridge.saveFiles({ ...shown, target: { kind: 'rows', keys: ids } });
    },
    [await viewOf(files.page), keys] as const,
  );
  await poll(async () => (await stateOf(files, name)) !== undefined);
}

async function beginDeletion({ files, server }: Stage, names: readonly string[]): Promise<void> {
  await files.page.evaluate(
    async ([shown, keys]) => {
      const { files: bridge } = window as unknown as { readonly files: FilesApi };
      const draft = await bridge.draftDeletion({ ...shown, target: { kind: 'rows', keys } });
      if (!draft.ok) throw new Error(draft.error.code);
      const start: DeletionStart = { id: draft.value.id, count: draft.value.count };
      await bridge.beginDeletion({ ...shown, ...start });
    },
    [await viewOf(files.page), toIds(server, names)] as const,
  );
}

function toIds(server: LocalServer, names: readonly string[]): string[] {
  return names.flatMap((name) => server.files.named(name).map(({ id }) => id));
}

async function stateOf({ page }: FilesWindow, name: string): Promise<TransferState | undefined> {
  const { transfers } = await listTransfers(page);
  return transfers.find((transfer) => transfer.name === name)?.state;
}

async function whenInState(files: FilesWindow, name: string, state: TransferState): Promise<void> {
  await poll(async () => (await stateOf(files, name)) === state).catch(async (cause) => {
    const { transfers } = await listTransfers(files.page);
    const states = transfers.map(
      (transfer) => `${transfer.name} ${transfer.state} ${JSON.stringify(transfer.error)}`,
    );
    throw new Error(`${name} never was ${state}: ${states.join(', ')}`, { cause });
  });
}

function whenDeletion(
  { page }: FilesWindow,
  isWanted: (deletion: Awaited<ReturnType<typeof listDeletions>>[number]) => boolean,
): Promise<void> {
  return poll(async () => (await listDeletions(page)).some(isWanted));
}

/** Nothing tells from outside when main has come so far. */
async function poll(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const endsAt = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > endsAt) throw new Error(`It never came to this: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

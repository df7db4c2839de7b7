import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputOf, OutputOf } from '#app/contract/bridge.ts';
import { toCommandChannel } from '#app/contract/bridge.ts';
import type { FilesCommands, InView } from '#app/contract/files-contract.ts';
import type { Deletion } from '#app/files/deletion.ts';
import type { FilePage, FileQuery } from '#app/files/file-query.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import { systemClock } from '../../main/engine/clock.ts';
import { openStore } from '../../main/store/open-store.ts';
import { type OpenMain, openMain } from '../browser/open-main.ts';
import { hashFile, writeLocalFile } from '../harness/local-files.ts';
import { createProfile, type Profile } from '../harness/profile.ts';
import { copyProfile, createProfileText } from '../profiles/copy-profile.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { toAddress } from './commands-in.ts';
import { createFastClock } from './location.ts';

const WAITING = Array.from({ length: 40 }, (_, index) => `waiting-${index + 1}.txt`);
const SENT_AT_START = ['sending.txt', 'answer-lost.txt', 'not-stored.txt'];
const DOWNLOADS = ['receiving.txt', 'waiting-download.txt'];
const ALL: FileQuery = {
  filter: {
    search: '',
    kinds: [],
    isSaveable: null,
    minSizeBytes: null,
    maxSizeBytes: null,
    createdFrom: null,
    createdBefore: null,
  },
  folder: null,
  sort: { by: 'name', isDescending: false },
  offset: 0,
  limit: 1000,
};

/** How many times faster than the computer's the clock runs: an upload is looked for during half a minute. */
const SPEED = 30;

describe('a profile of version 1', () => {
  let server: LocalServer;
  let profile: Profile;
  const open: OpenMain[] = [];
  const problems: string[] = [];
  beforeEach(async () => {
    problems.length = 0;
    server = await startServer();
    profile = await createProfile();
    await copyProfile(1, { profile, server });
  });
  afterEach(async () => {
    for (const main of open.splice(0)) await main.close();
    await server.close();
    await profile.remove();
  });
  const openHere = async () => {
    const { store } = await openStore({
      folder: join(profile.userDataFolder, 'records'),
      journalsFolder: join(profile.userDataFolder, 'transfers'),
      clock: systemClock,
      onProblem: (cause) => void problems.push(String(cause)),
    });
    const opened = await openMain({
      server,
      userDataFolder: profile.userDataFolder,
      store,
      send: () => undefined,
      onProblem: (problem) => void problems.push(problem),
      clock: createFastClock(SPEED),
    });
    const main: OpenMain = {
      ...opened,
      close: async () => {
        await opened.close();
        await store.close();
      },
    };
    open.push(main);
    const ask = async <Name extends keyof FilesCommands & string>(
      command: Name,
      input?: Omit<InputOf<FilesCommands, Name>, keyof InView>,
    ): Promise<OutputOf<FilesCommands, Name>> => {
      // The bridge answers a result of just this command.
      const result = (await main.invoke(toCommandChannel('files', command), {
        ...toAddress(command, main.inView),
        ...input,
      })) as
        | { readonly ok: true; readonly value: OutputOf<FilesCommands, Name> }
        | { readonly ok: false; readonly error: object };
      if (!result.ok) throw new Error(JSON.stringify(result.error));
      return result.value;
    };
    const listStates = async () => {
      const { transfers } = await ask('listTransfers');
      return new Map(transfers.map((transfer) => [transfer.name, transfer] as const));
    };
    const whenAtRest = () =>
      expect
        .poll(async () => [...(await listStates()).values()].filter(isUnderWay).map(describeTransfer))
        .toEqual([]);
    const whenDeleted = () =>
      expect
        .poll(async () => (await ask('listDeletions')).map(({ phase }) => phase))
        .toEqual(['finished', 'undone']);
    return {
      ask,
      listStates,
      whenAtRest,
      whenDeleted,
      close: async () => {
        open.splice(open.indexOf(main), 1);
        await main.close();
      },
    };
  };
  const statesOf = (transfers: ReadonlyMap<string, Transfer>, names: readonly string[]) =>
    new Map(names.map((name) => [name, transfers.get(name)?.state]));
  const allIn = (state: Transfer['state'], names: readonly string[]) =>
    new Map(names.map((name) => [name, state]));

  it('lists every transfer as it was, and the files as of last time', async () => {
    const held = server.faults.inject({
      on: 'list',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'hang', at: 'headers' },
    });
    const since = server.files.add({ name: 'new-since.txt' });
    const main = await openHere();
    const transfers = await main.listStates();
    expect(transfers.size).toBe(4 + SENT_AT_START.length + WAITING.length + DOWNLOADS.length);
    expect(transfers.get('uploaded.txt')).toMatchObject({ state: 'done', confirmedBy: 'answer' });
    expect(transfers.get('received.txt')).toMatchObject({ state: 'done', transferredBytes: 20_000 });
    expect(transfers.get('empty.txt')).toMatchObject({ state: 'failed', error: { code: 'fileEmpty' } });
    expect(transfers.get('same-name.txt')).toMatchObject({ state: 'asking', question: { kind: 'sameName' } });
    // What may have left is looked for before anything else, and what has not is not sent while that is not read.
    expect(statesOf(transfers, SENT_AT_START)).toEqual(allIn('interrupted', SENT_AT_START));
    expect(server.requests.all('upload')).toEqual([]);
    const page = await main.ask('queryFiles', { query: ALL });
    expect(page.status).toMatchObject({ isFromLastTime: true });
    const known = namesOf(page);
    expect(known).toEqual(expect.arrayContaining(['kept-1.txt', 'uploaded.txt', 'same-name.txt']));
    expect(known).not.toContain(since.name);

    held.remove();
    held.release();
    await expect
      .poll(async () => (await main.ask('queryFiles', { query: ALL })).status)
      .toMatchObject({ isFromLastTime: false, phase: 'complete' });
    expect(namesOf(await main.ask('queryFiles', { query: ALL }))).toContain(since.name);
    expect(problems).toEqual([]);
  });

  it('ends every transfer with each file there once, and again at a second start nothing comes twice', async () => {
    const first = await openHere();
    await first.whenAtRest();
    await first.whenDeleted();
    const ended = [...SENT_AT_START, ...WAITING, ...DOWNLOADS];
    expect(statesOf(await first.listStates(), ended)).toEqual(allIn('done', ended));
    expect((await first.listStates()).get('answer-lost.txt')?.confirmedBy).toBe('listing');
    const sent = [...SENT_AT_START, ...WAITING].filter((name) => name !== 'answer-lost.txt');
    expect(server.requests.all('upload')).toHaveLength(sent.length);
    await first.close();

    const second = await openHere();
    await second.whenAtRest();
    const transfers = await second.listStates();
    expect(transfers.size).toBe(ended.length + 4);
    expect(statesOf(transfers, ended)).toEqual(allIn('done', ended));
    expect(transfers.get('empty.txt')?.state).toBe('failed');
    expect(transfers.get('same-name.txt')?.state).toBe('asking');
    expect(server.requests.all('upload')).toHaveLength(sent.length);
    for (const name of ['uploaded.txt', ...SENT_AT_START, ...WAITING]) {
      const stored = server.files.named(name).map(({ sha256 }) => sha256);
      expect(stored, name).toEqual([await hashFile(join(profile.localFolder, name))]);
    }
    for (const name of ['received.txt', ...DOWNLOADS]) {
      const [file] = server.files.named(name);
      expect(await hashFile(join(profile.saveFolder, name)), name).toBe(file?.sha256);
    }
    expect(problems).toEqual([]);
  });

  it('deletes nothing that could still be undone, and goes on with what could not', async () => {
    const gone = server.files.all().filter(({ name }) => name.startsWith('deleted-'));
    expect(gone).toHaveLength(8);
    const first = await openHere();
    await first.whenDeleted();
    const deletions = await first.ask('listDeletions');
    expect(find(deletions, 2)).toMatchObject({
      firstName: 'kept-2.txt',
      deletedCount: 0,
      failedCount: 0,
      isFromLastTime: true,
      isDamaged: false,
    });
    expect(find(deletions, 12)).toMatchObject({
      firstName: 'deleted-12.txt',
      deletedCount: 12,
      failedCount: 0,
      isCancelled: false,
      isFromLastTime: true,
    });
    const asked = server.requests.all('delete').map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
    expect(asked.toSorted()).toEqual(gone.map(({ id }) => id).toSorted());
    expect(['kept-1.txt', 'kept-2.txt'].map((name) => server.files.named(name).length)).toEqual([1, 1]);
    await first.close();

    // What was not heard is told again, and what was heard is not.
    const second = await openHere();
    await second.whenDeleted();
    const told = await second.ask('listDeletions');
    expect(find(told, 2)).toMatchObject({ deletedCount: 0 });
    expect(find(told, 12)).toMatchObject({ deletedCount: 12 });
    await second.ask('acknowledgeDeletions', { ids: told.map(({ id }) => id) });
    await second.close();
    const third = await openHere();
    expect(await third.ask('listDeletions')).toEqual([]);
    expect(server.requests.all('delete')).toHaveLength(gone.length);
    expect(problems).toEqual([]);
  });

  it('knows what it has uploaded and downloaded, also at a second start', async () => {
    const [uploaded, received] = ['uploaded.txt', 'received.txt'].map(
      (name) => server.files.named(name)[0]?.id,
    );
    for (const name of ['first-copy.txt', 'second-copy.txt']) {
      const main = await openHere();
      await main.whenAtRest();
      expect((await main.ask('readDetails', { id: uploaded ?? '' })).local).toMatchObject({
        origin: 'uploaded',
        name: 'uploaded.txt',
        isUnchanged: true,
      });
      expect((await main.ask('readDetails', { id: received ?? '' })).local).toMatchObject({
        origin: 'saved',
        name: 'received.txt',
        isUnchanged: true,
      });
      const copy = await writeLocalFile(profile, name, createProfileText('local/uploaded.txt', 3001));
      await main.ask('uploadPaths', { paths: [copy.path], withoutPath: [] });
      await expect
        .poll(async () => (await main.listStates()).get(name))
        .toMatchObject({ state: 'asking', question: { kind: 'sameContent', name: 'uploaded.txt' } });
      await main.close();
    }
    expect(problems).toEqual([]);
  });

  it('keeps the settings, also at a second start', async () => {
    for (let start = 1; start <= 2; start += 1) {
      const main = await openHere();
      expect((await main.ask('listTransfers')).status).toMatchObject({
        concurrency: 4,
        hasLostRecords: false,
      });
      const [kept] = server.files.named('kept-1.txt');
      await expect
        .poll(() =>
          main.ask('draftDeletion', { target: { kind: 'rows', keys: [kept?.id ?? ''] } }).catch(() => null),
        )
        .toMatchObject({ count: 1, undoMs: 7000 });
      await main.close();
    }
    expect(problems).toEqual([]);
  });

  it('tells of uploads whose files have gone meanwhile', async () => {
    for (const name of WAITING) await rm(join(profile.localFolder, name));
    const main = await openHere();
    await main.whenAtRest();
    const transfers = await main.listStates();
    expect(statesOf(transfers, WAITING)).toEqual(allIn('failed', WAITING));
    expect(transfers.get('waiting-1.txt')?.error).toMatchObject({ code: 'fileMissing' });
  });
});

function namesOf({ rows }: FilePage): readonly string[] {
  return rows.flatMap((row) => (row.kind === 'file' ? [row.file.name] : []));
}

function find(deletions: readonly Deletion[], count: number): Deletion | undefined {
  return deletions.find((deletion) => deletion.count === count);
}

function isUnderWay({ state }: Transfer): boolean {
  return !isFinished(state) && state !== 'asking';
}

function describeTransfer({ name, state, error }: Transfer): string {
  return `${name} is ${state}: ${JSON.stringify(error)}`;
}

import { killApp } from '../harness/kill-app.ts';
import type { RunningApp } from '../harness/launch-app.ts';
import type { Profile } from '../harness/profile.ts';
import { expect } from '../harness/test.ts';
import type { FilesWindow } from '../pages/files-window.ts';
import type { LocalServer } from '../server/server.ts';
import type { CrashPoint, CrashRun } from './crash-point.ts';
import type { CrashRow } from './crash-row.ts';
import { type PreparedWork, prepareWork, readSaved } from './crash-work.ts';
import {
  type RecordedTransfer,
  type RecordMoment,
  readRecords,
  toRecordedTransfers,
  watchLedger,
  watchRecords,
} from './journal-watch.ts';
import { isAtRest, listTransfers } from './transfers-over-bridge.ts';
import { type FoundFile, judgeCrash } from './verdict.ts';

/** What a crash point needs of its test. */
export interface CrashParts {
  readonly server: LocalServer;
  readonly profile: Profile;
  readonly launchFiles: () => Promise<FilesWindow & { readonly app: RunningApp }>;
}

/** A machine may have much else to do. */
const MOMENT_TIMEOUT_MS = 60_000;
/** An upload that is not there is looked for during half a minute. */
const REST_TIMEOUT_MS = 150_000;

/** Has the app meet its end at a point, starts it again, and judges what has become of everything. */
export async function runCrash(point: CrashPoint, parts: CrashParts): Promise<CrashRow> {
  const { server, profile } = parts;
  const work = await prepareWork(point.work, parts);
  const onDiskAtKill: FoundFile[] = [];
  for (const [index, run] of point.runs.entries()) {
    await runUntilKill(run, index === 0 ? work : null, parts);
    onDiskAtKill.push(...(await readSaved(profile)));
  }
  const recorded = toRecordedTransfers(readRecords(profile));
  const stored = point.storesAfter ? storeLate(point.storesAfter.listings, work, server) : null;
  const { page } = await parts.launchFiles();
  await stored;
  await expect.poll(async () => isAtRest(await listTransfers(page)), { timeout: REST_TIMEOUT_MS }).toBe(true);
  const { transfers } = await listTransfers(page);
  const onServer = server.files.all().filter(({ id }) => !work.foreignIds.has(id));
  const onDisk = await readSaved(profile);
  const { wanted } = work;
  const uploadCount = wanted.filter(({ direction }) => direction === 'upload').length;
  return {
    point: point.name,
    atKill: toCounts(recorded.map(toStateText)),
    atEnd: toCounts(transfers.map(({ state }) => state)),
    uploadRequests: server.requests.all('upload').length,
    onServer: `${onServer.length}/${uploadCount}`,
    onDisk: `${onDisk.length}/${wanted.length - uploadCount}`,
    ...judgeCrash({
      wanted,
      recorded,
      onDiskAtKill,
      shown: transfers,
      onServer,
      onDisk,
      ends: point.ends ?? ['done'],
    }),
  };
}

/** Starts the app, asks for the work if there is any, and kills it. */
async function runUntilKill(run: CrashRun, work: PreparedWork | null, parts: CrashParts): Promise<void> {
  const { server, profile } = parts;
  const faults = (run.faults ?? []).map((rule) => server.faults.inject(rule));
  const moment = watchMoment(run, profile, server);
  const files = await parts.launchFiles();
  // Whichever of the two comes to nothing first, the other may still fail when nobody waits for it.
  moment.seen.catch(() => undefined);
  const acting = act(run, work, files, server);
  try {
    // What a person does fails when the app dies under it; before that it is the test's failure.
    await Promise.race([moment.seen, acting.then(() => moment.seen)]);
  } finally {
    moment.stop();
  }
  const killed = killApp(files.app);
  for (const fault of faults) fault.remove();
  await Promise.all([killed, acting.catch(() => undefined)]);
  // A call that is let go before its client was seen to be gone would be carried out.
  if (holdsBehindBody(run)) await server.waitFor(() => server.requests.all().every(({ isHeld }) => !isHeld));
  for (const fault of faults) fault.release();
  await server.waitFor(() => server.requests.all().every(({ endedAt }) => endedAt !== null));
}

/** Whether calls are held when their bodies are read: only then does the server look for the end of a connection. */
function holdsBehindBody({ faults = [] }: CrashRun): boolean {
  return faults.some(({ fault }) => fault.kind === 'hang' && fault.at === 'body');
}

async function act(
  run: CrashRun,
  work: PreparedWork | null,
  files: FilesWindow & { readonly app: RunningApp },
  server: LocalServer,
): Promise<void> {
  await work?.ask(files.app.electron, files);
  await run.during?.({ files, server });
}

function watchMoment({ until }: CrashRun, profile: Profile, server: LocalServer): RecordMoment {
  if (until.kind === 'recorded') return watchRecords(profile, until.isWanted, until.count);
  if (until.kind === 'ledger') return watchLedger(profile, until.count);
  const held = server.waitFor(({ operation, isHeld }) => operation === until.on && isHeld, MOMENT_TIMEOUT_MS);
  return { seen: held.then(() => undefined), stop: () => undefined };
}

/** Stores the first upload, whose body the server had when the app died, after some more listings. */
async function storeLate(listings: number, { wanted }: PreparedWork, server: LocalServer): Promise<void> {
  const all = () => server.requests.all('list').filter(({ endedAt }) => endedAt !== null).length;
  const wantedCount = all() + listings;
  await server.waitFor(() => all() >= wantedCount, MOMENT_TIMEOUT_MS);
  const [file] = wanted;
  if (file?.direction !== 'upload') throw new Error('There is no upload to be stored late');
  const { name, sizeBytes, sha256 } = file;
  server.files.add({ name, sizeBytes, sha256 });
}

function toStateText({ state, isMarkedSent }: RecordedTransfer): string {
  return isMarkedSent && state === 'preparing' ? 'preparing (marked as sent)' : state;
}

/** How many are in which state: `2 done, 1 queued`; of a single one just its state. */
function toCounts(states: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  if (states.length < 2) return states[0] ?? 'nothing';
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
}

import { setTimeout as wait } from 'node:timers/promises';
import { type NamedFigure, toMedian, toPercentile, toRounded } from './figures.ts';
import type { LoopBlock } from './loop-probe.ts';
import { watchMainLoop } from './main-process.ts';
import { measurePaint } from './paint-probe.ts';
import { toPaintFigure } from './table-pages.ts';
import { type TableWindow, withTableWindow } from './table-window.ts';

/** What one round gave, in milliseconds. */
interface Round {
  readonly paints: ReadonlyMap<string, readonly number[]>;
  readonly block: LoopBlock;
}

const ROUNDS = 7;
/** One a round, of four keys each of which narrows what the ones before it have found. The first round is thrown away. */
const WORDS = ['8.jp', 'invo', '7.pd', '9.pd', '3.js', '2.pn', '4.pp', '1.mp'];
const HEADERS = ['Name', 'Size', 'Kind', 'Created', 'Size', 'Saveable', 'Name', 'Created'];
const KINDS = ['PDF', 'Audio'];
const REST_MS = 2000;
const ORDER_DEADLINE_MS = 120_000;

/** Measures searches, sorts and filters over all files, and how long main's event loop is blocked meanwhile. */
export async function measureQueries(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  return withTableWindow({ executable, parentFolder: folder }, async (window) => {
    const atRest = await watchRest(window);
    const rounds = await measureRounds(window);
    return [toQueryFigure('query-100k-p95-ms', 100, rounds), toBlockFigure(rounds, atRest)];
  });
}

/** Measures the same over ten times as many files, and what their index takes. */
export async function measureMillionQueries(
  executable: string,
  folder: string,
): Promise<readonly NamedFigure[]> {
  const options = { executable, parentFolder: folder, fileCount: 1_000_000, isMemoryMeasured: true };
  return withTableWindow(options, async (window) => {
    await orderByName(window);
    const rounds = await measureRounds(window);
    return [toQueryFigure('query-1m-p95-ms', 150, rounds), toMemoryFigure(window.indexBytes ?? Number.NaN)];
  });
}

/** Right after a million files were read their order by name takes longer than any query: the rounds begin behind it. */
async function orderByName({ page, table }: TableWindow): Promise<void> {
  for (const name of ['Name', 'Created']) {
    const header = table.header(name).getByRole('button');
    await measurePaint(page, { kind: 'rows' }, () => header.click(), ORDER_DEADLINE_MS);
  }
}

async function measureRounds(window: TableWindow): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const measured = await measureRound(window, WORDS[round] ?? '');
    if (round > 0) rounds.push(measured);
  }
  return rounds;
}

async function watchRest({ main }: TableWindow): Promise<LoopBlock> {
  const stop = await watchMainLoop(main);
  await wait(REST_MS);
  return stop();
}

async function measureRound(window: TableWindow, word: string): Promise<Round> {
  const stop = await watchMainLoop(window.main);
  const paints = new Map([
    ['search', await measureSearch(window, word)],
    ['sort', await measureSort(window)],
    ['filter', await measureFilter(window)],
  ]);
  return { paints, block: await stop() };
}

/** Every key on its own: a person types no faster than this. */
async function measureSearch({ page, search }: TableWindow, word: string): Promise<readonly number[]> {
  const paints: number[] = [];
  await search.focus();
  const keys = [...word, ...Array.from(word, () => 'Backspace')];
  for (const key of keys) {
    paints.push(await measurePaint(page, { kind: 'rows' }, () => page.keyboard.press(key)));
  }
  return paints;
}

async function measureSort({ page, table }: TableWindow): Promise<readonly number[]> {
  const paints: number[] = [];
  for (const name of HEADERS) {
    const header = table.header(name).getByRole('button');
    paints.push(await measurePaint(page, { kind: 'rows' }, () => header.click()));
  }
  return paints;
}

async function measureFilter({ page, filters }: TableWindow): Promise<readonly number[]> {
  const paints: number[] = [];
  await filters.button.click();
  // On, one after the other, and off again.
  for (const kind of [...KINDS, ...KINDS]) {
    const box = filters.kind(kind);
    await box.waitFor();
    paints.push(await measurePaint(page, { kind: 'rows' }, () => box.click()));
  }
  await filters.done.click();
  await filters.dialog.waitFor({ state: 'hidden' });
  return paints;
}

function toQueryFigure(name: string, limit: number, rounds: readonly Round[]): NamedFigure {
  const ofKind = (kind: string) => rounds.flatMap(({ paints }) => paints.get(kind) ?? []);
  const kinds = ['search', 'sort', 'filter'];
  const samples = kinds.flatMap(ofKind).map(toRounded);
  const each = kinds.map((kind) => `${kind} p95 ${toRounded(toPercentile(ofKind(kind), 95))} ms`);
  return toPaintFigure(
    name,
    limit,
    samples,
    `key press in search, click on sort or filter, to the second frame with the new rows (${each.join(', ')})`,
  );
}

function toMemoryFigure(indexBytes: number): NamedFigure {
  const value = toRounded(indexBytes / 1_000_000);
  return {
    name: 'index-1m-memory-mb',
    value,
    limit: null,
    unit: 'MB',
    reference: null,
    samples: [value],
    detail:
      "growth of main's resident memory from the first page of 1,000,000 files to the last, garbage collected",
    invalid: null,
  };
}

function toBlockFigure(rounds: readonly Round[], atRest: LoopBlock): NamedFigure {
  const samples = rounds.map(({ block }) => toRounded(block.longestMs));
  const withWait = toRounded(toMedian(rounds.map(({ block }) => block.longestWithWaitMs)));
  return {
    name: 'query-loop-block-ms',
    value: toMedian(samples),
    limit: 16,
    unit: 'ms',
    reference: toRounded(atRest.longestMs),
    samples,
    detail: `longest that main kept a timer waiting beyond its time in a round of queries, median of ${samples.length} rounds, by a timer of 1 ms set through the inspector; the time the system let main wait for a processor taken off (with it ${withWait} ms; at rest ${toRounded(atRest.longestMs)} and ${toRounded(atRest.longestWithWaitMs)} ms)`,
    invalid: null,
  };
}

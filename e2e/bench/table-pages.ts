import type { Page } from '@playwright/test';
import { type NamedFigure, toMedian, toPercentile, toRounded } from './figures.ts';
import { measurePaint } from './paint-probe.ts';
import { type TableWindow, withTableWindow } from './table-window.ts';

const PAGE_CHANGES = 60;
const SCROLLS = 10;
const SCROLL_DISTANCE_PIXELS = 6000;
const SCROLL_SPEED_PIXELS_PER_SECOND = 4000;
const SELECTIONS = 9;

/** Measures page changes, scrolling and the way from all selected to the question before a deletion. */
export async function measureTable(executable: string, folder: string): Promise<readonly NamedFigure[]> {
  return withTableWindow({ executable, parentFolder: folder }, async (window) => [
    await measurePages(window, 100, 50),
    await measurePages(window, 1000, 60),
    await measureScroll(window),
    await measureSelectAll(window),
  ]);
}

/** Through the table by `Next page`, never to a page that was seen before. */
async function measurePages({ table, page }: TableWindow, rows: number, limitMs: number) {
  await table.rowsPerPage.selectOption(String(rows));
  const samples: number[] = [];
  // The first ones fill caches.
  const warmUp = 4;
  for (let change = 0; change < PAGE_CHANGES + warmUp; change += 1) {
    const durationMs = await measurePaint(page, { kind: 'rows' }, () => table.nextPage.click());
    if (change >= warmUp) samples.push(toRounded(durationMs));
  }
  return toPaintFigure(
    `page-${rows}-p95-ms`,
    limitMs,
    samples,
    `click on Next page to the second frame with the new ${rows} rows`,
  );
}

/**
 * Gives a function that scrolls through the table, down and up again by turns, and answers the times of the frames, in
 * milliseconds. As with a wheel or a finger: it is Chromium's own gesture.
 */
export async function createTableScroll({
  page,
  table,
}: Pick<TableWindow, 'page' | 'table'>): Promise<() => Promise<readonly number[]>> {
  const box = await table.grid.boundingBox();
  if (!box) throw new Error('The table is not drawn');
  const session = await page.context().newCDPSession(page);
  let yDistance = SCROLL_DISTANCE_PIXELS;
  return async () => {
    yDistance = -yDistance;
    const stop = await watchFrames(page);
    await session.send('Input.synthesizeScrollGesture', {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      yDistance,
      speed: SCROLL_SPEED_PIXELS_PER_SECOND,
      gestureSourceType: 'mouse',
    });
    return stop();
  };
}

async function measureScroll(window: TableWindow): Promise<NamedFigure> {
  const scrollOnce = await createTableScroll(window);
  const all: (readonly number[])[] = [];
  for (let scroll = 0; scroll <= SCROLLS; scroll += 1) {
    const frames = await scrollOnce();
    if (scroll > 0) all.push(frames);
  }
  const frames = all.flat();
  return {
    name: 'scroll-frame-p95-ms',
    value: toRounded(toPercentile(frames, 95)),
    limit: 20,
    unit: 'ms',
    reference: null,
    samples: all.map((one) => toRounded(toPercentile(one, 95))),
    detail: `${frames.length} frames of ${SCROLLS} scrolls through a page of 1,000 at ${SCROLL_SPEED_PIXELS_PER_SECOND} pixels a second; median ${toRounded(toMedian(frames))} ms, longest ${toRounded(Math.max(...frames))} ms; samples are the scrolls' own p95`,
    invalid: null,
  };
}

/** Times the page's frames while it scrolls; the function given ends that and answers the time from each to the next, in milliseconds. */
async function watchFrames(page: Page): Promise<() => Promise<readonly number[]>> {
  const probe = await page.evaluateHandle(() => {
    const state: { isOn: boolean; lastAt: number | null; frames: number[] } = {
      isOn: true,
      lastAt: null,
      frames: [],
    };
    let hasScrolled = false;
    document.addEventListener('scroll', () => (hasScrolled = true), { capture: true });
    const onFrame = (at: number) => {
      // Frames before and after the gesture would be those of a window at rest.
      if (hasScrolled && state.lastAt !== null) state.frames.push(at - state.lastAt);
      state.lastAt = at;
      hasScrolled = false;
      if (state.isOn) requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
    return state;
  });
  return () =>
    probe.evaluate((state) => {
      state.isOn = false;
      return state.frames;
    });
}

/** Each step is timed from its input to its paint; what lies between them is the person's time. */
async function measureSelectAll({ page, table, dialog, dialogCancel }: TableWindow): Promise<NamedFigure> {
  await table.rowsPerPage.selectOption('100');
  const samples: number[] = [];
  for (let round = 0; round <= SELECTIONS; round += 1) {
    await table.rows.first().focus();
    await page.keyboard.press('Escape');
    await page.getByText('100,000 files selected').waitFor({ state: 'detached' });
    const selectPage = await measurePaint(page, { kind: 'text', text: '100 files selected' }, () =>
      page.keyboard.press('ControlOrMeta+A'),
    );
    const selectAll = await measurePaint(page, { kind: 'text', text: '100,000 files selected' }, () =>
      table.selectMatching.click(),
    );
    const ask = await measurePaint(page, { kind: 'alertdialog' }, () => page.keyboard.press('Delete'));
    await dialogCancel.click();
    await dialog.waitFor({ state: 'hidden' });
    if (round > 0) samples.push(toRounded(selectPage + selectAll + ask));
  }
  return {
    name: 'select-all-100k-ms',
    value: toMedian(samples),
    limit: 200,
    unit: 'ms',
    reference: null,
    samples,
    detail: 'Ctrl+A, "Select all" of 100,000, Delete: the three from input to second frame, added; median',
    invalid: null,
  };
}

/** Makes the figure of some paints, of which 95 % are within its value. */
export function toPaintFigure(
  name: string,
  limit: number,
  samples: readonly number[],
  what: string,
): NamedFigure {
  return {
    name,
    value: toPercentile(samples, 95),
    limit,
    unit: 'ms',
    reference: null,
    samples,
    detail: `${what}; p95 of ${samples.length}, median ${toRounded(toMedian(samples))} ms, longest ${Math.max(...samples)} ms`,
    invalid: null,
  };
}

import type { Page } from '@playwright/test';
import type { FilesApi } from '#app/contract/files-contract.ts';

/** Set by the window when its first rows are painted. */
export const INTERACTIVE_MARK = 'files:interactive';

/** Waits for a mark on the page's timeline; gives when it was set, in milliseconds since the epoch. */
export async function whenMarked(page: Page, name: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          const [mark] = list.getEntriesByName(wanted);
          if (!mark) return;
          observer.disconnect();
          resolve(performance.timeOrigin + mark.startTime);
        });
        // Buffered: it may have been set already.
        observer.observe({ type: 'mark', buffered: true });
      }),
    name,
  );
}

/** Begins to listen for the end of a reading; the function given waits for it and answers when it was, in milliseconds since the epoch. */
export async function watchReading(page: Page): Promise<() => Promise<number>> {
  const handle = await page.evaluateHandle(() => {
    // The bridge, as the preload script puts it there.
    const { files } = window as unknown as { readonly files: FilesApi };
    const end = new Promise<number>((resolve) => {
      const stop = files.onFileIndexChanged(({ status: { phase, completedAt } }) => {
        if (phase !== 'complete' || completedAt === null) return;
        stop();
        resolve(completedAt);
      });
    });
    return { end };
  });
  return () => handle.evaluate(({ end }) => end);
}

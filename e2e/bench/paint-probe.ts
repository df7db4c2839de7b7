import type { Page } from '@playwright/test';

/** What is waited for after an input. */
export type Awaited =
  /** Other first rows, or another number of rows, than before the input. */
  | { readonly kind: 'rows' }
  /** A question is asked. */
  | { readonly kind: 'alertdialog' }
  /** A text somewhere in the window that was not there before. */
  | { readonly kind: 'text'; readonly text: string };

/** A wait longer than this has missed what it waited for, in milliseconds. */
const DEADLINE_MS = 20_000;

/**
 * Gives how long it takes from an input (a key pressed, a click's release) to the second frame after the window shows
 * what is awaited, in milliseconds of the page's own clock: from the event's time stamp, which is when the browser got
 * the input. Of the first frame the page is told before it is painted; the second one comes after.
 */
export async function measurePaint(
  page: Page,
  awaited: Awaited,
  act: () => Promise<void>,
  deadlineMs = DEADLINE_MS,
): Promise<number> {
  const probe = await page.evaluateHandle(startProbe, { awaited, deadlineMs });
  await act();
  const durationMs = await probe.evaluate(({ painted }) => painted);
  await probe.dispose();
  if (durationMs === null) throw new Error(`The window never showed ${JSON.stringify(awaited)}`);
  return durationMs;
}

/** Runs in the page, so it may use nothing from outside of it. */
function startProbe({ awaited, deadlineMs }: { readonly awaited: Awaited; readonly deadlineMs: number }) {
  const readFirstRows = (): string => {
    const headers = [...document.querySelectorAll('[role="grid"] [role="rowheader"]')];
    const toIndex = (header: Element) =>
      Number(header.closest('[aria-rowindex]')?.getAttribute('aria-rowindex'));
    headers.sort((one, other) => toIndex(one) - toIndex(other));
    // Two orders of very many files may begin with the same one.
    const first = headers.slice(0, 5);
    return first.map((header) => header.getAttribute('aria-label') ?? header.textContent).join(' ');
  };
  const readRows = () =>
    `${readFirstRows()} ${document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount')}`;
  const before = readRows();
  const isThere = () => {
    if (awaited.kind === 'rows') return readRows() !== before;
    if (awaited.kind === 'alertdialog') return document.querySelector('[role="alertdialog"]') !== null;
    return document.body.innerText.includes(awaited.text);
  };
  if (isThere()) throw new Error(`${JSON.stringify(awaited)} is there before the input`);
  const painted = new Promise<number | null>((resolve) => {
    let inputAt: number | null = null;
    const onInput = (event: Event) => {
      inputAt ??= event.timeStamp;
    };
    const observer = new MutationObserver(() => {
      if (inputAt === null || !isThere()) return;
      const startedAt = inputAt;
      stop();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - startedAt)));
    });
    const timer = window.setTimeout(() => {
      stop();
      resolve(null);
    }, deadlineMs);
    const stop = () => {
      window.clearTimeout(timer);
      observer.disconnect();
      for (const type of ['keydown', 'click']) window.removeEventListener(type, onInput, true);
    };
    for (const type of ['keydown', 'click']) window.addEventListener(type, onInput, true);
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  });
  return { painted };
}

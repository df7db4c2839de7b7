import { expect, type Page } from '@playwright/test';
import axe, { type Result, type RunOptions } from 'axe-core';

declare global {
  interface Window {
    /** What `axe.source` leaves in a page. */
    readonly axe?: typeof axe;
  }
}

/** What another scheme can change of what axe looks at: the rest it has looked at in the first one. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** Fails when axe finds anything, in the light scheme or the dark one, against its rules for WCAG 2.2 AA and its best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  await whenColoursRest(page);
  expect(await findViolations(page, null)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await whenColoursRest(page);
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  expect(await findViolations(page, RULES_OF_COLOUR)).toEqual([]);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** A colour on its way to another one is neither, and so is one of what still fades in. */
async function whenColoursRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** Runs axe in the page, where it stays for the next time; gives what breaks some rules or, for null, any of them, and contrasts that it cannot judge. */
async function findViolations(page: Page, rules: string[] | null) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const results = await page.evaluate(async (values) => {
    // Of rules that hold it need not say where: that is half of what it takes.
    const options: RunOptions = { resultTypes: ['violations'] };
    if (values !== null) options.runOnly = { type: 'rule', values };
    return window.axe?.run(document, options);
  }, rules);
  // Rules that looked at something: hardly any would be an axe that has not run.
  expect(results?.passes.length).toBeGreaterThan(rules === null ? 5 : 0);
  return [...(results?.violations ?? []), ...(results?.incomplete ?? []).filter(isUnjudged)].map(
    ({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary ?? ''}`),
    }),
  );
}

/** Whether words stand on an image, so that their contrast was not judged: it would never be. */
function isUnjudged({ nodes }: Result): boolean {
  return nodes.some(({ any }) =>
    any.some(({ data }) => ['bgGradient', 'bgImage'].includes(data?.messageKey)),
  );
}

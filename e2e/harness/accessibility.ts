import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Fails when axe finds anything against its rules for WCAG 2.2 AA and its best practices in a window of the light
 * scheme, or colours in the dark one that are too close to each other: more does not change with the scheme.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations, passes } = await createAxe(page).analyze();
  expect(describe(violations)).toEqual([]);
  expect(passes.length).toBeGreaterThan(5);

  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await whenColoursRest(page);
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  const dark = await createAxe(page).withRules('color-contrast').analyze();
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  expect(describe(dark.violations)).toEqual([]);
  expect(dark.passes.map(({ id }) => id)).toEqual(['color-contrast']);
}

/** A colour on its way to another one is neither; even the shortest transition lasts until the next frame. */
async function whenColoursRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
  });
}

function createAxe(page: Page): AxeBuilder {
  // axe's usual way opens a page of its own, which Electron cannot.
  return new AxeBuilder({ page }).setLegacyMode();
}

function describe(violations: Awaited<ReturnType<AxeBuilder['analyze']>>['violations']) {
  return violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
  }));
}

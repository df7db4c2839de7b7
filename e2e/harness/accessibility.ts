import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails when axe finds anything, in the light scheme or the dark one, against its rules for WCAG 2.2 AA and its best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoViolations(page);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await whenColoursRest(page);
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  await expectNoViolations(page);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** A colour on its way to another one is neither. */
async function whenColoursRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
  });
}

async function expectNoViolations(page: Page): Promise<void> {
  // axe's usual way opens a page of its own, which Electron cannot.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  // Of rules that hold it need not say where: that is half of what it takes.
  const { violations, passes } = await axe.options({ resultTypes: ['violations'] }).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
  }));
  expect(found).toEqual([]);
  expect(passes.length).toBeGreaterThan(5);
}

import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { revivePage } from './revive-page.ts';

const PAGE_URL = 'app://files/index.html';

function setUp() {
  const questions: ((isWanted: boolean) => void)[] = [];
  const failures: unknown[] = [];
  const contents = Object.assign(new EventEmitter(), {
    reloadCount: 0,
    isDestroyed: () => false,
  });
  const revival = revivePage({
    // The events of Electron's own types are more than a test needs to name.
    contents: contents as unknown as Parameters<typeof revivePage>[0]['contents'],
    url: PAGE_URL,
    load: () => {
      contents.reloadCount += 1;
    },
    ask: () => new Promise((resolve) => questions.push(resolve)),
    onFailure: (cause) => failures.push(cause),
  });
  const die = async (reason = 'crashed') => {
    contents.emit('render-process-gone', {}, { reason });
    await vi.advanceTimersByTimeAsync(1);
  };
  const answer = async (isWanted: boolean) => {
    questions.shift()?.(isWanted);
    await vi.advanceTimersByTimeAsync(1);
  };
  return { contents, questions, failures, revival, die, answer };
}

describe('a page whose process died', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is loaded again, and told in the log', async () => {
    const { contents, questions, failures, die } = setUp();
    await die();
    expect(contents.reloadCount).toBe(1);
    expect(questions).toHaveLength(0);
    expect(String(failures)).toContain('crashed');
  });

  it('twice within ten seconds is loaded again when the person says so', async () => {
    const { contents, questions, die, answer } = setUp();
    await die();
    await die();
    expect(contents.reloadCount).toBe(1);
    expect(questions).toHaveLength(1);
    await answer(true);
    expect(contents.reloadCount).toBe(2);
  });

  it('and that the person left so is loaded again by a second start', async () => {
    const { contents, die, answer, revival } = setUp();
    await die();
    await die();
    await answer(false);
    expect(contents.reloadCount).toBe(1);
    revival.reviveIfDead();
    await vi.advanceTimersByTimeAsync(1);
    expect(contents.reloadCount).toBe(2);
    revival.reviveIfDead();
    await vi.advanceTimersByTimeAsync(1);
    expect(contents.reloadCount).toBe(2);
  });

  it('is loaded once when a second start comes before the answer', async () => {
    const { contents, die, answer, revival } = setUp();
    await die();
    await die();
    revival.reviveIfDead();
    await answer(true);
    expect(contents.reloadCount).toBe(2);
  });

  it('again after ten seconds is loaded again by itself, whatever this computer’s clock says', async () => {
    const { contents, questions, die } = setUp();
    await die();
    vi.setSystemTime(0);
    await vi.advanceTimersByTimeAsync(10_000);
    await die();
    expect(contents.reloadCount).toBe(2);
    expect(questions).toHaveLength(0);
  });

  it('in an orderly end is left alone', async () => {
    const { contents, die } = setUp();
    await die('clean-exit');
    expect(contents.reloadCount).toBe(0);
  });

  it('or that could not be loaded asks once, not for a load that was given up for another', async () => {
    const { contents, questions } = setUp();
    contents.emit('did-fail-load', {}, -3, 'ABORTED', 'app://files/', true);
    contents.emit('did-fail-load', {}, -6, 'FILE_NOT_FOUND', 'app://files/frame', false);
    expect(questions).toHaveLength(0);
    contents.emit('did-fail-load', {}, -6, 'FILE_NOT_FOUND', 'app://files/', true);
    contents.emit('did-fail-load', {}, -6, 'FILE_NOT_FOUND', 'app://files/', true);
    expect(questions).toHaveLength(1);
  });

  it('and one that has gone elsewhere are loaded again, not one that is where it should be', async () => {
    const { contents, questions } = setUp();
    contents.emit('did-navigate', {}, PAGE_URL);
    await vi.advanceTimersByTimeAsync(1);
    expect(contents.reloadCount).toBe(0);
    contents.emit('did-navigate', {}, 'about:blank');
    await vi.advanceTimersByTimeAsync(1);
    expect(contents.reloadCount).toBe(1);
    // Again and again it would be for ever.
    contents.emit('did-navigate', {}, 'about:blank');
    expect(questions).toHaveLength(1);
  });
});

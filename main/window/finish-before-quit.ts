import type { App } from 'electron';

/** A transfer that does not end by itself in this time must not keep the app from ending. */
const DEADLINE_MS = 3000;

/** Lets work end in order before the app does: connections are closed and temporary files removed. */
export function finishBeforeQuit(app: App, finish: () => Promise<void>): void {
  let isFinished = false;
  app.on('before-quit', (event) => {
    if (isFinished) return;
    event.preventDefault();
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, DEADLINE_MS));
    void Promise.race([finish(), deadline]).finally(() => {
      isFinished = true;
      app.quit();
    });
  });
}

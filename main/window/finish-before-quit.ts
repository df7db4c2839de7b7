import type { App } from 'electron';

/** What a person answers who quits while work is under way. */
export type QuitAnswer =
  /** Quit when the work is done. */
  | 'wait'
  /** Quit now; the work is kept for the next time. */
  | 'stop'
  | 'cancel';

/** What ending in order needs of the app. */
export interface QuitParts {
  readonly app: App;
  readonly isBusy: () => boolean;
  readonly ask: () => Promise<QuitAnswer>;
  /** Ends all work: connections are closed, temporary files removed, records written. */
  readonly finish: () => Promise<void>;
}

/** The app's way to its end. */
export interface Quit {
  /** Whether a window that is asked to close must stay until the person has answered; then they are being asked. */
  keepsWindow(): boolean;
  /** To be told when work has come to its end; there may be other. */
  noteRest(): void;
}

/** A transfer that does not end by itself in this time must not keep the app from ending. */
const DEADLINE_MS = 3000;

/** Lets work end in order before the app does, and asks first when that would stop it. */
export function finishBeforeQuit({ app, isBusy, ask, finish }: QuitParts): Quit {
  let phase: 'open' | 'asking' | 'waiting' | 'finishing' | 'finished' = 'open';

  const end = () => {
    phase = 'finishing';
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, DEADLINE_MS));
    void Promise.race([finish(), deadline]).finally(() => {
      phase = 'finished';
      app.quit();
    });
  };
  const askFirst = async () => {
    phase = 'asking';
    const answer = await ask().catch(() => 'cancel' as const);
    // The work may have come to its end, or the system may have ended the app, while the question was open.
    if (phase !== 'asking') return;
    if (answer === 'cancel') phase = 'open';
    else if (answer === 'wait' && isBusy()) phase = 'waiting';
    else end();
  };
  app.on('before-quit', (event) => {
    if (phase === 'finished') return;
    event.preventDefault();
    if (phase === 'finishing' || phase === 'asking') return;
    if (isBusy()) void askFirst();
    else end();
  });
  // The system or a terminal ends the app: nobody may be there to answer, and nothing is lost by ending.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (phase !== 'finishing' && phase !== 'finished') end();
    });
  }
  return {
    keepsWindow: () => {
      if (phase === 'finished' || phase === 'finishing' || !isBusy()) return false;
      app.quit();
      return true;
    },
    noteRest: () => {
      if (phase === 'waiting' && !isBusy()) end();
    },
  };
}

import { readFile } from 'node:fs/promises';
import type { BrowserContext, ElectronApplication } from '@playwright/test';

/** Collects what went wrong inside the app without a test having asked for it. */
export interface ProblemLog {
  /** Says that a problem with such a text belongs to the test; a test whose expected problem never shows up fails. */
  expect(pattern: RegExp): void;
  /** Watches an app from its launch on. */
  watch(electron: ElectronApplication): void;
  /** Reads what an app wrote to its log file. */
  readLogFile(path: string): Promise<void>;
  /** Throws when there were problems that nobody expected, or expected ones that never came. */
  check(): void;
}

/** Lines of electron-log's file: `[time] [error] text`. */
const LOGGED_PROBLEM = /\] \[(?:error|warn)\]/;
/** What Chromium writes to standard error for a page's console message: `[…:INFO:CONSOLE(1)] "text", source: app://…`. */
const CONSOLE_REFUSAL = /CONSOLE[:(].*(?:Refused to|violates|Content Security Policy|requires 'Trusted)/;

/** Makes an empty problem log. */
export function createProblemLog(): ProblemLog {
  const problems = new Set<string>();
  const expected: RegExp[] = [];
  return {
    expect: (pattern) => void expected.push(pattern),
    watch: (electron) => {
      watchPages(electron.context(), (problem) => problems.add(problem));
      // Messages from before Playwright was attached, such as a refused style of the first page, are only here.
      watchStandardError(electron, (problem) => problems.add(problem));
    },
    readLogFile: async (path) => {
      const text = await readFile(path, 'utf8').catch(() => '');
      for (const line of text.split('\n')) if (LOGGED_PROBLEM.test(line)) problems.add(`log: ${line}`);
    },
    check: () => {
      const unexpected = [...problems].filter(
        (problem) => !expected.some((pattern) => pattern.test(problem)),
      );
      const missing = expected.filter((pattern) => ![...problems].some((problem) => pattern.test(problem)));
      const complaints = [...unexpected, ...missing.map((pattern) => `expected, but never seen: ${pattern}`)];
      if (complaints.length > 0) throw new Error(`Problems inside the app:\n${complaints.join('\n')}`);
    },
  };
}

function watchPages(context: BrowserContext, add: (problem: string) => void): void {
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      add(`page: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (webError) => {
    const error = webError.error();
    add(`page: ${error.stack ?? error.message}`);
  });
}

function watchStandardError(electron: ElectronApplication, add: (problem: string) => void): void {
  let rest = '';
  electron.process().stderr?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (CONSOLE_REFUSAL.test(line)) add(`stderr: ${line}`);
  });
}

import { readFile } from 'node:fs/promises';
import type { BrowserContext, ElectronApplication } from '@playwright/test';

/** Collects what went wrong inside the app without a test having asked for it. */
export interface ProblemLog {
  /** Says that a problem with such a text belongs to the test; a test whose expected problem never shows up fails. */
  expect(pattern: RegExp): void;
  readonly add: AddProblem;
  /** Throws when there were problems that nobody expected, or expected ones that never came. */
  check(): void;
}

/** Takes a problem. */
export type AddProblem = (problem: string) => void;

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
    add: (problem) => void problems.add(problem),
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

/** Watches an app from its launch on. */
export function watchApp(electron: ElectronApplication, add: AddProblem): void {
  watchPages(electron.context(), add);
  // Messages from before Playwright was attached, such as a refused style of the first page, are only here.
  watchStandardError(electron, add);
}

/** Reads what an app has written to its log file behind the first characters; gives how many there are by now. */
export async function readLogFile(path: string, start: number, add: AddProblem): Promise<number> {
  const text = await readFile(path, 'utf8').catch(() => '');
  for (const line of text.slice(start).split('\n')) if (LOGGED_PROBLEM.test(line)) add(`log: ${line}`);
  return text.length;
}

/** Watches the consoles of pages. */
export function watchPages(context: BrowserContext, add: AddProblem): void {
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

function watchStandardError(electron: ElectronApplication, add: AddProblem): void {
  let rest = '';
  electron.process().stderr?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (CONSOLE_REFUSAL.test(line)) add(`stderr: ${line}`);
  });
}

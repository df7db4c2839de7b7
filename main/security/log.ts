import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import log from 'electron-log/main';
import type { AppError } from '#app/errors.ts';
import type { Redactor } from './redaction.ts';

/** The app's log: a file in the system's place for logs, from which secrets are taken out. */
export interface Log {
  /** Puts an unexpected error in the log and answers the id it stands under. */
  unexpected(context: string, cause: unknown): string;
  /** The same, as an error for a person. */
  toUnexpected(cause: unknown): AppError;
}

const MAX_LOG_BYTES = 1024 * 1024;

/** Opens the log and sends uncaught errors there. */
export function openLog(redactor: Redactor): Log {
  log.transports.file.maxSize = MAX_LOG_BYTES;
  log.transports.console.level = 'warn';
  log.transports.ipc.level = false;
  log.hooks.push((message) => ({
    ...message,
    data: message.data.map((part: unknown) =>
      redactor.redact(typeof part === 'string' ? part : inspect(part, { depth: 5 })),
    ),
  }));
  log.errorHandler.startCatching({ showDialog: false });
  const unexpected: Log['unexpected'] = (context, cause) => {
    const errorId = randomUUID().slice(0, 8);
    log.error(`${errorId} ${context}: ${inspect(cause, { depth: 5 })}`);
    return errorId;
  };
  return {
    unexpected,
    toUnexpected: (cause) => ({ code: 'unexpected', errorId: unexpected('work', cause) }),
  };
}

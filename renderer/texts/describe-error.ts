import { assertNever } from '#app/assert-never.ts';
import { type AppError, type AppErrorCode, isPassingRefusal } from '#app/errors.ts';
import type { ContentKind } from '#app/files/content-kind.ts';
import type { TextEncoding } from '#app/files/text-encoding.ts';
import { toIsolated } from '../ui/split-name.ts';
import { describeDelay } from './describe-delay.ts';
import { formatBytes, formatSize } from './format.ts';
import { type Texts, texts } from './texts.ts';

/** What was asked when an error came; it decides what the error means for the person's files. */
export type Operation = keyof Texts['errors']['meanings'];

/** An error in words. */
export interface ErrorDescription {
  /** What happened. */
  readonly title: string;
  /** What that means for the file or the list. */
  readonly meaning: string;
  /** What to do next. */
  readonly action: string;
  /** What the server or the system said itself, already in words that mark it as a quotation; null when it said nothing. */
  readonly quote: string | null;
}

interface Words {
  readonly title: string;
  readonly action: string;
  readonly meaning?: string;
}

/** Puts an error in words for the person; complete over {@link AppError} by the compiler. */
export function describeError(error: AppError, operation: Operation): ErrorDescription {
  const { title, action, meaning } = toWords(error, operation);
  return {
    title,
    action,
    meaning: meaning ?? texts.errors.meanings[operation],
    quote: toQuote(error),
  };
}

function toQuote(error: AppError): string | null {
  const message =
    'serverMessage' in error ? error.serverMessage : error.code === 'keychainUnavailable' ? error.reason : '';
  if (message.trim() === '') return null;
  const quoted = toIsolated(message);
  return 'reason' in error ? texts.messages.quoteSystem(quoted) : texts.messages.quote(quoted);
}

function toWords(error: AppError, operation: Operation): Words {
  return hasFacts(error) ? toWordsWithFacts(error, operation) : texts.errors[error.code];
}

/** The errors whose words hold a fact of the case, or go by what was asked. */
const WITH_FACTS = [
  'notFound',
  'fileMissing',
  'journalUnwritable',
  'uploadForbidden',
  'fileTooLarge',
  'rateLimited',
  'unavailable',
  'unexpectedAnswer',
  'proxyRefused',
  'uploadsBlocked',
  'maybeUploaded',
  'unsupportedType',
  'notUtf8',
  'invalidName',
  'incompleteDownload',
  'notEnoughSpace',
  'invalidEndpoint',
  'invalidKey',
  'tooMany',
  'keychainUnavailable',
  'keychainSilent',
  'unexpected',
] as const satisfies readonly AppErrorCode[];

type ErrorWithFacts = Extract<AppError, { readonly code: (typeof WITH_FACTS)[number] }>;

function hasFacts(error: AppError): error is ErrorWithFacts {
  const codes: readonly AppErrorCode[] = WITH_FACTS;
  return codes.includes(error.code);
}

function toWordsWithFacts(error: ErrorWithFacts, operation: Operation): Words {
  const words = texts.errors;
  switch (error.code) {
    case 'uploadForbidden': {
      const { title, action, actionWithSpace } = words.uploadForbidden;
      return { title, action: error.mayBeFull ? action : actionWithSpace };
    }
    case 'fileTooLarge':
      return toWordsOfSize(error);
    case 'rateLimited':
    case 'unavailable': {
      const { title, action, actionAfter } = words[error.code];
      return {
        title,
        action: error.retryAfterMs === null ? action : actionAfter(describeDelay(error.retryAfterMs)),
      };
    }
    case 'unexpectedAnswer':
      return {
        title:
          error.detail === 'status'
            ? words.unexpectedStatus(error.status)
            : words.unexpectedAnswers[error.detail],
        action: words.unexpectedAnswer.action,
      };
    case 'proxyRefused': {
      const { title, titleLogin, action, actionPassing } = words.proxyRefused;
      if (isPassingRefusal(error.status)) return { title: title(error.status), action: actionPassing };
      return { title: error.status === 407 ? titleLogin : title(error.status), action };
    }
    case 'uploadsBlocked': {
      const { titles, actions } = words.uploadsBlocked;
      return { title: titles[error.obstacle], action: actions[error.obstacle] };
    }
    case 'maybeUploaded':
      return { ...words.maybeUploaded, meaning: words.maybeUploadedMeanings[error.reason] };
    case 'unsupportedType':
      return {
        title: toKindTitle(error.contentKind),
        action: words.contentActions[error.contentKind] ?? words.invalidFile.action,
      };
    case 'notUtf8':
      return { title: toEncodingTitle(error.encoding), action: words.notUtf8.action };
    case 'invalidName':
      return {
        title: words.nameProblems[error.problem],
        action: words.invalidName.actions[error.part](error.suggestedName),
      };
    case 'incompleteDownload': {
      const { title, titleLonger, action } = words.incompleteDownload;
      const { receivedBytes, expectedBytes } = error;
      const expected = formatBytes(expectedBytes);
      return {
        title:
          receivedBytes > expectedBytes ? titleLonger(expected) : title(formatBytes(receivedBytes), expected),
        action,
      };
    }
    case 'notEnoughSpace': {
      const { title, action } = words.notEnoughSpace;
      return { title, action: action(formatSize(error.neededBytes), formatSize(error.freeBytes)) };
    }
    case 'tooMany':
      return { title: words.tooMany.title, action: words.tooMany.action(error.limit) };
    case 'invalidEndpoint':
      return { title: words.endpointProblems[error.problem], action: words.invalidEndpoint.action };
    case 'invalidKey':
      return { title: words.keyProblems[error.problem], action: words.invalidKey.action };
    case 'keychainUnavailable':
    case 'keychainSilent': {
      const { title, action, actionConnect } = words[error.code];
      return { title, action: operation === 'connect' ? actionConnect : action };
    }
    case 'notFound': {
      const { title, action, meaningDelete } = words.notFound;
      return operation === 'delete' ? { title, action, meaning: meaningDelete } : { title, action };
    }
    case 'fileMissing': {
      const { title, action, actionLocal } = words.fileMissing;
      return { title, action: operation === 'local' ? actionLocal : action };
    }
    case 'journalUnwritable': {
      const { title, titleDelete, meaning, meaningDelete, action } = words.journalUnwritable;
      return operation === 'delete'
        ? { title: titleDelete, meaning: meaningDelete, action }
        : { title, meaning, action };
    }
    case 'unexpected':
      return { title: words.unexpected.title, action: words.unexpected.action(error.errorId) };
    default:
      return assertNever(error);
  }
}

function toWordsOfSize({ sizeBytes, limitBytes }: Extract<AppError, { code: 'fileTooLarge' }>): Words {
  const { title, titleWithSize, titleAny, action, titleRefused, actionRefused } = texts.errors.fileTooLarge;
  if (limitBytes === null) return { title: titleAny, action };
  const limit = formatSize(limitBytes);
  if (sizeBytes === null) return { title: title(limit), action };
  const size = formatSize(sizeBytes);
  return sizeBytes > limitBytes
    ? { title: titleWithSize(size, limit), action }
    : { title: titleRefused(size), action: actionRefused(limit) };
}

function toKindTitle(kind: ContentKind): string {
  const { title, titleWithKind } = texts.errors.unsupportedType;
  return kind === 'unknown' ? title : titleWithKind(texts.errors.contentKinds[kind]);
}

function toEncodingTitle(encoding: TextEncoding | null): string {
  const { title, titleWithEncoding, titleDamaged } = texts.errors.notUtf8;
  if (encoding === null) return title;
  return encoding === 'utf-8' ? titleDamaged : titleWithEncoding(texts.errors.textEncodings[encoding]);
}

import { type Answer, createJsonAnswer } from './answer.ts';
import type { JsonObject } from './json.ts';

/** Optional parts of an error body (contract, section 3): left out when undefined, sent as null when null. */
export interface ErrorExtras {
  readonly metadata?: JsonObject | null;
  readonly userId?: string | null;
  readonly openrouterMetadata?: JsonObject | null;
}

/** An error that the API answers with; thrown by routes. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string = toDefaultMessage(status)) {
    super(message);
    this.status = status;
  }
}

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'Invalid request parameters',
  401: 'Missing Authentication header',
  402: 'Insufficient credits',
  403: 'Only management keys can perform this operation',
  404: 'Resource not found',
  408: 'Request timed out',
  413: 'Request payload too large',
  429: 'Rate limit exceeded',
  499: 'Client closed request',
  500: 'Internal Server Error',
  502: 'Provider returned error',
  503: 'Service temporarily unavailable',
};

/** Gives the specification's example message for a status. */
export function toDefaultMessage(status: number): string {
  return MESSAGES[status] ?? `Error ${status}`;
}

/** Gives the error body of the contract's section 3; a 429 names its type, a 503 carries the two top-level fields, as the examples there do. */
export function toErrorBody(status: number, message: string, extras: ErrorExtras = {}): JsonObject {
  const defaults = DEFAULT_EXTRAS[status] ?? {};
  const { metadata, userId, openrouterMetadata } = { ...defaults, ...extras };
  return {
    error: { code: status, message, ...(metadata === undefined ? {} : { metadata }) },
    ...(userId === undefined ? {} : { user_id: userId }),
    ...(openrouterMetadata === undefined ? {} : { openrouter_metadata: openrouterMetadata }),
  };
}

const DEFAULT_EXTRAS: Readonly<Record<number, ErrorExtras>> = {
  429: { metadata: { error_type: 'rate_limit_exceeded' } },
  503: { userId: 'user_abc', openrouterMetadata: null },
};

/** Gives a full error answer; a 429 of OpenRouter's own has the X-RateLimit headers, no other status has them (contract, section 3). */
export function createErrorAnswer(
  status: number,
  options: ErrorExtras & {
    readonly message?: string;
    readonly retryAfterSeconds?: number;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Answer {
  const { message, retryAfterSeconds, headers, ...extras } = options;
  const rateLimit: Readonly<Record<string, string>> =
    status === 429
      ? {
          'x-ratelimit-limit': '20',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Date.now() + (retryAfterSeconds ?? 10) * 1000),
        }
      : {};
  const retryAfter: Readonly<Record<string, string>> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return createJsonAnswer(status, toErrorBody(status, message ?? toDefaultMessage(status), extras), {
    ...rateLimit,
    ...retryAfter,
    ...headers,
  });
}

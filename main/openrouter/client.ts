import { type AppErrorCode, AppFailure } from '#app/errors.ts';
import { MAX_PAGE_ROWS } from '#app/limits.ts';
import type { FileStore } from '../file-store/file-store.ts';
import type { ListPage, ListPosition } from '../file-store/listing.ts';
import { type Operation, readDeletion, readJson, toFile } from './answer.ts';
import { OPENROUTER_CAPABILITIES } from './capabilities.ts';
import { openContent } from './content.ts';
import type { SendHttp } from './http.ts';
import type { Transport } from './transport.ts';
import { uploadFile } from './upload.ts';
import { parseKey, parseListPage } from './wire.ts';

/** What a client is made of. */
export interface ClientParts {
  /** Without a slash at its end, such as `https://openrouter.ai/api/v1`. */
  readonly endpoint: string;
  readonly key: string;
  /** Its owner closes it. */
  readonly transport: Transport;
  /** How the contents of files travel. */
  readonly sendForContent: SendHttp;
  /** Takes secrets out of what the server says before a person or the log sees it. */
  readonly redact: (text: string) => string;
}

/** Sent with every request; all but the first the API asks of apps (contract, section 1). */
const ATTRIBUTION = {
  'User-Agent': 'Files-for-OpenRouter',
  'HTTP-Referer': 'https://github.com/files-for-openrouter/files-for-openrouter',
  'X-OpenRouter-Title': 'Files for OpenRouter',
} as const;

/** The server's abbreviation of a key is shown and kept; it is not for the server to fill the window with. */
const MAX_LABEL_LENGTH = 100;

/** How long a page of the listing shows that the key has files, in milliseconds. */
const LISTED_FOR_MS = 60_000;

/** Makes a client of the Files API of one endpoint with one key; nothing is sent before a method is called. */
export function createOpenRouterClient({
  endpoint,
  key,
  transport,
  sendForContent,
  redact,
}: ClientParts): FileStore {
  const headers = { Authorization: `Bearer ${key}`, Accept: 'application/json', ...ATTRIBUTION };
  const fileUrl = (id: string) => `${endpoint}/files/${encodeURIComponent(id)}`;

  const requestJson = async (
    operation: Operation,
    method: 'GET' | 'DELETE',
    url: string,
    signal: AbortSignal,
  ) => readJson(await transport.send({ method, url, headers, signal }), operation, redact);

  /** When the server last gave a page of the listing, on the monotonic clock; before, it may be that it has none for this key. */
  let listedAt = Number.NEGATIVE_INFINITY;
  const listFiles = async (from: ListPosition | null, limit: number, signal: AbortSignal) => {
    const url = `${endpoint}/files?${toListQuery(from, limit)}`;
    const page = toPage(await requestJson('list', 'GET', url, signal));
    listedAt = performance.now();
    return page;
  };
  /**
   * A key that is confined to another place meets 404 everywhere (contract, section 9). Where the listing is a 404, too,
   * or cannot be read now, nothing is known of the file: the listing's failure is what is told.
   */
  const explainNotFound = async (cause: unknown, signal: AbortSignal): Promise<never> => {
    const isRecent = performance.now() - listedAt < LISTED_FOR_MS;
    if (isRecent || !hasCode(cause, 'notFound')) throw cause;
    await listFiles(null, 1, signal);
    throw cause;
  };

  const readFile = async (id: string, signal: AbortSignal) => {
    const file = toFile(await requestJson('read', 'GET', fileUrl(id), signal), 200);
    if (file.id !== id) throw new AppFailure({ code: 'unexpectedAnswer', status: 200, detail: 'otherFile' });
    return file;
  };
  const deleteFile = async (id: string, signal: AbortSignal) =>
    readDeletion(await transport.send({ method: 'DELETE', url: fileUrl(id), headers, signal }), id, redact);

  return {
    capabilities: OPENROUTER_CAPABILITIES,
    // Up to 1,000 files, oldest first.
    listFiles: (from, signal) => listFiles(from, MAX_PAGE_ROWS, signal),
    checkKey: async (signal) => {
      try {
        const key = parseKey(await requestJson('checkKey', 'GET', `${endpoint}/key`, signal));
        if (!key) throw new AppFailure({ code: 'unexpectedAnswer', status: 200, detail: 'malformed' });
        return { ...key, label: key.label === null ? null : redact(key.label).slice(0, MAX_LABEL_LENGTH) };
      } catch (cause) {
        if (!isKeyRouteMissing(cause)) throw cause;
        await listFiles(null, 1, signal);
        return { label: null, scope: null };
      }
    },
    readFile: (id, signal) => readFile(id, signal).catch((cause: unknown) => explainNotFound(cause, signal)),
    deleteFile: (id, signal) =>
      deleteFile(id, signal).catch((cause: unknown) => explainNotFound(cause, signal)),
    uploadFile: (upload) => uploadFile({ url: `${endpoint}/files`, headers }, upload, transport, redact),
    openContent: (id, options) =>
      openContent({ url: `${fileUrl(id)}/content`, headers }, options, sendForContent, redact).catch(
        (cause: unknown) => explainNotFound(cause, options.signal),
      ),
  };
}

function hasCode(cause: unknown, code: AppErrorCode): boolean {
  return cause instanceof AppFailure && cause.error.code === code;
}

function toListQuery(from: ListPosition | null, limit: number): URLSearchParams {
  const query = new URLSearchParams({ limit: String(limit) });
  if (from?.by === 'cursor') query.set('cursor', from.cursor);
  if (from?.by === 'after') query.set('after', from.id);
  return query;
}

/** A key may be barred from `GET /key`, and a compatible server may not have it: the listing is the truer check (contract, section 5). */
function isKeyRouteMissing(cause: unknown): boolean {
  if (!(cause instanceof AppFailure)) return false;
  const { error } = cause;
  return (
    error.code === 'forbidden' ||
    (error.code === 'unexpectedAnswer' && (error.status === 404 || error.status === 405))
  );
}

function toPage(body: unknown): ListPage {
  const page = parseListPage(body);
  if (!page) throw new AppFailure({ code: 'unexpectedAnswer', status: 200, detail: 'malformed' });
  return page;
}

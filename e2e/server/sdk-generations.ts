import { OpenRouter as CurrentSdk } from '@openrouter/sdk';
import type { FileResponse } from '@openrouter/sdk/models';
import * as currentErrors from '@openrouter/sdk/models/errors';
import { OpenRouter as OlderSdk } from 'openrouter-sdk-1.0';
import * as olderErrors from 'openrouter-sdk-1.0/models/errors';
import type { Operation } from './request-log.ts';

/** The operations that both generations of the SDK have for files. */
export type FileOperation = Exclude<Operation, 'key' | 'unknown'>;

/** A file as either generation gives it, in the OpenRouter shape. */
export interface SdkFile {
  readonly id: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly createdAt: string;
  readonly downloadable: boolean;
}

/** What may be said with a call. */
export interface CallOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What may be asked of a listing. */
export interface ListRequest {
  readonly limit?: number;
  readonly cursor?: string;
  readonly workspaceId?: string;
}

/** One face for two generations of the official SDK, whose types differ; calls go through unchanged. */
export interface SdkClient {
  /** Pages as the SDK's own paginator brings them; throws for one that the SDK could not read. */
  list(request: ListRequest, options?: CallOptions): AsyncIterable<readonly SdkFile[]>;
  upload(file: Blob, options?: CallOptions): Promise<SdkFile>;
  retrieve(fileId: string, options?: CallOptions): Promise<SdkFile>;
  /** Gives the id that the server confirms. */
  delete(fileId: string, options?: CallOptions): Promise<string>;
  download(fileId: string, options?: CallOptions): Promise<Buffer>;
  /** Gives the key's label. */
  readKey(): Promise<string>;
}

/** Statuses for which an operation has an error class of its own; for any other it throws `OpenRouterDefaultError`. */
export type ErrorTable = Readonly<Record<FileOperation, readonly number[]>>;

/** A generation of the official SDK with what it promises. */
export interface SdkGeneration {
  readonly version: string;
  readonly errorTable: ErrorTable;
  readonly errors: typeof currentErrors | typeof olderErrors;
  connect(serverURL: string, apiKey: string): SdkClient;
}

/** Thrown by the adapter, never by the SDK: a body without a known `_shape` came through as UNKNOWN. */
export class UnknownShape extends Error {
  override readonly name = 'UnknownShape';
}

/** Never retried: the SDK's default goes on for up to an hour. */
const NO_RETRY = { strategy: 'none' } as const;

/** SDK 1.3.19: bodies are unions told apart by `_shape`; 403, 502 and 503 have classes of their own. */
export const CURRENT_GENERATION: SdkGeneration = {
  version: '1.3.19',
  errors: currentErrors,
  errorTable: {
    list: [400, 401, 403, 429, 500, 502, 503],
    upload: [400, 401, 403, 413, 429, 500, 502, 503],
    retrieve: [401, 403, 404, 429, 500, 502, 503],
    delete: [401, 403, 404, 429, 500, 502, 503],
    download: [400, 401, 403, 404, 429, 500, 502, 503],
  },
  connect: (serverURL, apiKey) => {
    const sdk = new CurrentSdk({ serverURL, apiKey, retryConfig: NO_RETRY });
    return {
      async *list(request, options) {
        for await (const page of await sdk.files.list(request, options)) {
          if (page.result.shape !== 'openrouter') throw new UnknownShape();
          yield page.result.data;
        }
      },
      upload: async (file, options) => toFile(await sdk.files.upload({ requestBody: { file } }, options)),
      retrieve: async (fileId, options) => toFile(await sdk.files.retrieve({ fileId }, options)),
      delete: async (fileId, options) => {
        const deleted = await sdk.files.delete({ fileId }, options);
        if (deleted.shape !== 'openrouter') throw new UnknownShape();
        return deleted.id;
      },
      download: async (fileId, options) => toBytes(await sdk.files.download({ fileId }, options)),
      readKey: async () => (await sdk.apiKeys.getCurrentKeyMetadata()).data.label,
    };
  },
};

/** SDK 1.0.17: bodies without `_shape`; 403 (but for uploads), 502 and 503 have no class. */
export const OLDER_GENERATION: SdkGeneration = {
  version: '1.0.17',
  errors: olderErrors,
  errorTable: {
    list: [400, 401, 429, 500],
    upload: [400, 401, 403, 413, 429, 500],
    retrieve: [401, 404, 429, 500],
    delete: [401, 404, 429, 500],
    download: [400, 401, 404, 429, 500],
  },
  connect: (serverURL, apiKey) => {
    const sdk = new OlderSdk({ serverURL, apiKey, retryConfig: NO_RETRY });
    return {
      async *list(request, options) {
        for await (const page of await sdk.files.list(request, options)) yield page.result.data;
      },
      upload: (file, options) => sdk.files.upload({ requestBody: { file } }, options),
      retrieve: (fileId, options) => sdk.files.retrieve({ fileId }, options),
      delete: async (fileId, options) => (await sdk.files.delete({ fileId }, options)).id,
      download: async (fileId, options) => toBytes(await sdk.files.download({ fileId }, options)),
      readKey: async () => (await sdk.apiKeys.getCurrentKeyMetadata()).data.label,
    };
  },
};

function toFile(response: FileResponse): SdkFile {
  if (response.shape !== 'openrouter') throw new UnknownShape();
  return response;
}

async function toBytes(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

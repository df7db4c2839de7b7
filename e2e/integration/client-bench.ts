import { afterEach, beforeEach } from 'vitest';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { FileStore } from '../../main/file-store/file-store.ts';
import { createOpenRouterClient } from '../../main/openrouter/client.ts';
import { createTransport } from '../../main/openrouter/transport.ts';
import { type LocalServer, startServer } from '../server/server.ts';

/** What every test of the client has at hand; fresh for each. */
export interface ClientBench {
  readonly server: LocalServer;
  readonly client: FileStore;
}

/** Of a request that nobody ends. */
export const never = new AbortController().signal;

/** Registers set-up and clean-up for the tests of a file, and gives what they use. */
export function setUpClient(): ClientBench {
  let server: LocalServer;
  let client: FileStore;
  beforeEach(async () => {
    server = await startServer();
    client = createKeyedClient(server.baseUrl, server.apiKey);
  });
  afterEach(() => server.close());
  return {
    get server() {
      return server;
    },
    get client() {
      return client;
    },
  };
}

/** Makes a client over Node's own transports, with a key that nothing it says may hold. */
export function createKeyedClient(endpoint: string, key: string): FileStore {
  const transport = createTransport();
  return createOpenRouterClient({
    endpoint,
    key,
    transport,
    sendForContent: transport.sendForContent,
    redact: (text) => text.replaceAll(key, '[redacted]'),
  });
}

/** Gives the error that an action ends with. */
export async function errorOf(action: Promise<unknown>): Promise<AppError> {
  const failure = await action.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (failure instanceof AppFailure) return failure.error;
  throw new Error(`Expected an AppFailure, got ${String(failure)}`);
}

import { assertNever } from '#app/assert-never.ts';
import type { CallOptions, FileOperation, SdkClient } from './sdk-generations.ts';

/** Walks a listing with the SDK's own paginator and gives the ids of each page. */
export async function collectIds(client: SdkClient, limit: number): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = [];
  for await (const page of client.list({ limit })) pages.push(page.map((file) => file.id));
  return pages;
}

/** Carries an operation out and gives the error that it throws. */
export async function provoke(
  client: SdkClient,
  operation: FileOperation,
  fileId: string,
  options?: CallOptions,
): Promise<unknown> {
  try {
    await run(client, operation, fileId, options);
  } catch (error) {
    return error;
  }
  throw new Error(`${operation} did not fail`);
}

async function run(
  client: SdkClient,
  operation: FileOperation,
  fileId: string,
  options?: CallOptions,
): Promise<unknown> {
  switch (operation) {
    case 'list':
      for await (const page of client.list({ limit: 10 }, options)) return page;
      return null;
    case 'upload':
      return client.upload(new File(['some text'], 'a.txt'), options);
    case 'retrieve':
    case 'delete':
    case 'download':
      return client[operation](fileId, options);
    default:
      return assertNever(operation);
  }
}

import { assertNever } from '#app/assert-never.ts';
import type { Action, Call } from './call.ts';
import { listFiles } from './list-files.ts';
import { readKey } from './read-key.ts';
import { deleteFile, downloadContent, retrieveFile } from './single-file.ts';
import { uploadFile } from './upload-file.ts';

/** Which call a request is; `unknown` is answered with a page of HTML, as the real server does (contract, section 3). */
export type Route =
  | { readonly operation: 'list' | 'upload' | 'key' | 'unknown' }
  | { readonly operation: 'retrieve' | 'delete' | 'download'; readonly fileId: string };

const FILE_PATH = /^\/api\/v1\/files\/([^/]+)(\/content)?$/;

/** Finds the route of a request by its method and path. */
export function findRoute(method: string | undefined, path: string): Route {
  if (path === '/api/v1/key' && method === 'GET') return { operation: 'key' };
  if (path === '/api/v1/files' && method === 'GET') return { operation: 'list' };
  if (path === '/api/v1/files' && method === 'POST') return { operation: 'upload' };
  const match = FILE_PATH.exec(path);
  const fileId = decode(match?.[1] ?? '');
  if (match === null || fileId === '') return { operation: 'unknown' };
  if (match[2] !== undefined)
    return method === 'GET' ? { operation: 'download', fileId } : { operation: 'unknown' };
  if (method === 'GET') return { operation: 'retrieve', fileId };
  return method === 'DELETE' ? { operation: 'delete', fileId } : { operation: 'unknown' };
}

/** Checks a call and gives what carries it out; throws an ApiError. */
export async function prepareRoute(
  route: Exclude<Route, { operation: 'unknown' }>,
  call: Call,
): Promise<Action> {
  switch (route.operation) {
    case 'list':
      return listFiles(call);
    case 'upload':
      return uploadFile(call);
    case 'key':
      return readKey(call);
    case 'retrieve':
      return retrieveFile(call, route.fileId);
    case 'delete':
      return deleteFile(call, route.fileId);
    case 'download':
      return downloadContent(call, route.fileId);
    case 'unknown':
      throw new Error('An unknown route has no action');
    default:
      return assertNever(route);
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

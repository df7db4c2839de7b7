import { createJsonAnswer } from '../answer.ts';
import { parseCursor } from '../cursor.ts';
import { ApiError } from '../errors.ts';
import { toListBody } from '../shapes.ts';
import type { Action, Call } from './call.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

/** GET /files: one page, oldest first. */
export function listFiles({ state, query, scope, shape }: Call): Action {
  const limit = readLimit(query.get('limit'));
  const order = query.get('order');
  if (order !== null && order !== 'asc') throw new ApiError(400, 'Only order=asc is supported');
  if (query.has('before_id')) throw new ApiError(400, 'before_id is not supported');
  const afterId = readAfterId(query);
  return () => {
    const page = state.files.page(scope, afterId, limit);
    if (page === null) throw new ApiError(400, 'Unknown cursor');
    return createJsonAnswer(200, toListBody(page, shape, state.settings.shapeMarks));
  };
}

function readLimit(text: string | null): number {
  if (text === null) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || limit > MAX_LIMIT) {
    throw new ApiError(400, `limit must be between 1 and ${MAX_LIMIT}`);
  }
  return limit;
}

/** "Do not mix" says the guide of the three cursors; what the real server does then is unpublished, this one refuses so that nobody comes to rely on it. */
function readAfterId(query: URLSearchParams): string | null {
  const cursors = ['cursor', 'after', 'after_id'].filter((name) => query.has(name));
  if (cursors.length > 1) throw new ApiError(400, `${cursors.join(' and ')} cannot be combined`);
  const cursor = query.get('cursor');
  if (cursor === null) return query.get('after') ?? query.get('after_id');
  const parsed = parseCursor(cursor);
  if (parsed === null) throw new ApiError(400, 'Malformed cursor');
  return parsed.afterId;
}

import * as z from 'zod';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { CheckedKey } from '../accounts/account.ts';
import type { ListPage } from '../file-store/listing.ts';
import { parseInstant } from './parse-instant.ts';

// Only what the app needs is asked of an answer, and fields it does not know are passed over: `_shape` is required by
// the published schema and absent from the guide's examples, and fields were added as "required" twice since
// (contract, sections 1, 2 and 5).

/** Far above what the server's own rules allow; other programs write names too. */
const MAX_NAME_LENGTH = 32_768;
/** Ten times what a page is asked for. */
const MAX_ROWS = 10_000;

/** An id needs no quoting in a URL or a shell. */
const ID = /^[A-Za-z0-9_-]{1,200}$/;
const MAX_MIME_TYPE_LENGTH = 255;

const listBody = z.object({
  data: z.array(z.unknown()).max(MAX_ROWS),
  has_more: z.boolean().optional(),
  last_id: z.string().max(4096).nullish(),
  cursor: z.string().max(4096).nullish(),
});

const words = z.string().trim().min(1);
/** The API's own errors, and those of compatible servers and gateways: FastAPI, RFC 9457, Spring and others. */
const errorBodies = [
  z.object({ error: z.object({ message: words }) }).transform(({ error }) => error.message),
  z.object({ error: words, message: words }).transform(({ message }) => message),
  z.object({ error: words }).transform(({ error }) => error),
  z.object({ message: words }).transform(({ message }) => message),
  z.object({ detail: words }).transform(({ detail }) => detail),
  z
    .object({ detail: z.tuple([z.object({ msg: words })], z.unknown()) })
    .transform(({ detail: [{ msg }] }) => msg),
  z
    .object({ errors: z.tuple([z.object({ message: words })], z.unknown()) })
    .transform(({ errors: [{ message }] }) => message),
  z.object({ title: words }).transform(({ title }) => title),
] as const;

const named = z.string().min(1).nullish().catch(null);
const keyBody = z.object({
  data: z.object({ label: z.string().nullish().catch(null), creator_user_id: named, workspace_id: named }),
});

/**
 * Reads a file object; null when it is none. Written by hand: a listing of a hundred thousand rows is checked while it
 * is read, and a general validator takes longer for it than all else together.
 */
export function parseFile(body: unknown): RemoteFile | null {
  if (typeof body !== 'object' || body === null) return null;
  const row: Partial<Record<string, unknown>> = body;
  const { id, filename: name, mime_type: mimeType, size_bytes: sizeBytes, downloadable: isSaveable } = row;
  if (!isId(id)) return null;
  if (typeof name !== 'string' || name.length > MAX_NAME_LENGTH) return null;
  if (typeof mimeType !== 'string' || mimeType.length > MAX_MIME_TYPE_LENGTH) return null;
  if (typeof sizeBytes !== 'number' || !Number.isInteger(sizeBytes) || sizeBytes < 0) return null;
  if (typeof isSaveable !== 'boolean') return null;
  return {
    id,
    name,
    mimeType,
    sizeBytes: Math.min(sizeBytes, Number.MAX_SAFE_INTEGER),
    createdAt: parseInstant(row['created_at']),
    isSaveable,
  };
}

/** Reads a page of the listing; null when it is none. */
export function parseListPage(body: unknown): ListPage | null {
  const parsed = listBody.safeParse(body);
  if (!parsed.success) return null;
  const { data, last_id: lastId } = parsed.data;
  const files: RemoteFile[] = [];
  let unreadableAtEnd = 0;
  for (const row of data) {
    const file = parseFile(row);
    if (file) files.push(file);
    unreadableAtEnd = file ? 0 : unreadableAtEnd + 1;
  }
  const next = toNext(parsed.data);
  // Whoever goes on behind the last file is given the rows behind it again.
  const repeatedRows = next === 'untold' && files.length > 0 ? unreadableAtEnd : 0;
  const unreadableRows = data.length - files.length - repeatedRows;
  const rest = { files, unreadableRows, next };
  if (isId(lastId)) return { ...rest, lastId, unreadableBehind: 0 };
  return { ...rest, lastId: files.at(-1)?.id ?? null, unreadableBehind: unreadableAtEnd };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

function toNext(page: z.infer<typeof listBody>): ListPage['next'] {
  if (page.cursor) return { by: 'cursor', cursor: page.cursor };
  if (!page.has_more) return null;
  // Taken for the end, files would be missing without a word.
  return page.last_id ? { by: 'after', id: page.last_id } : 'untold';
}

/** Reads the server's own words in an error body; null when there are none. */
export function parseErrorMessage(body: unknown): string | null {
  for (const errorBody of errorBodies) {
    const parsed = errorBody.safeParse(body);
    if (parsed.success) return parsed.data;
  }
  return null;
}

/** Reads the server's own words, which may be empty, where a body is an error and nothing else; null where it is none. */
export function parseReportedError(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  const { error } = body;
  if (typeof error === 'string' && error !== '') return error;
  if (typeof error !== 'object' || error === null) return null;
  return parseErrorMessage(body) ?? '';
}

/** Whether a body says, in one of the three shapes (contract, section 2), that this file was deleted. */
export function isDeletionOf(body: unknown, id: string): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { id: named, type, deleted }: Partial<Record<string, unknown>> = { ...body };
  return named === id && deleted !== false && (type === 'file_deleted' || deleted === true);
}

/** Reads an answer of `GET /key`; null when it tells of no key. */
export function parseKey(body: unknown): CheckedKey | null {
  const parsed = keyBody.safeParse(body);
  if (!parsed.success) return null;
  const { label, creator_user_id: userId, workspace_id: workspaceId } = parsed.data.data;
  return { label: label ?? null, scope: userId && workspaceId ? { userId, workspaceId } : null };
}

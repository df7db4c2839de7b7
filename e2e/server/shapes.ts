import type { IncomingHttpHeaders } from 'node:http';
import { assertNever } from '#app/assert-never.ts';
import { encodeCursor } from './cursor.ts';
import type { JsonObject } from './json.ts';
import type { StoredFile, StoredPage } from './store.ts';

/** The three body shapes that the server speaks (contract, section 1). */
export type Shape = 'openrouter' | 'openai' | 'anthropic';

/** Which bodies carry `_shape`: the specification says everywhere, live answers showed it on list bodies, the guide's examples nowhere. */
export type ShapeMarks = 'everywhere' | 'bodyOnly' | 'nowhere';

/** Chooses the shape by the request alone; the rule for OpenAI's clients is unpublished, this one knows their user agents and headers. */
export function chooseShape(headers: IncomingHttpHeaders): Shape {
  if (headers['anthropic-version'] !== undefined) return 'anthropic';
  const isOpenAiAgent = /^(Async)?OpenAI\//.test(headers['user-agent'] ?? '');
  return isOpenAiAgent || headers['x-stainless-lang'] !== undefined ? 'openai' : 'openrouter';
}

/** Gives the body of one file. */
export function toFileBody(file: StoredFile, shape: Shape, marks: ShapeMarks): JsonObject {
  return toFileFields(file, shape, marks !== 'nowhere');
}

/** Gives the body of a page; `cursor` exists in OpenRouter's shape only and is null on the last page. */
export function toListBody(page: StoredPage, shape: Shape, marks: ShapeMarks): JsonObject {
  const firstId = page.files[0]?.id ?? null;
  const lastId = page.files.at(-1)?.id ?? null;
  const data = page.files.map((file) => toFileFields(file, shape, marks === 'everywhere'));
  const common = { data, has_more: page.hasMore, first_id: firstId, last_id: lastId };
  const isMarked = marks !== 'nowhere';
  switch (shape) {
    case 'openrouter':
      return mark(shape, isMarked, { ...common, cursor: page.hasMore ? encodeCursor(lastId) : null });
    case 'openai':
      return mark(shape, isMarked, { object: 'list', ...common });
    case 'anthropic':
      return mark(shape, isMarked, common);
    default:
      return assertNever(shape);
  }
}

/** Gives the body that confirms a deletion. */
export function toDeletedBody(id: string, shape: Shape, marks: ShapeMarks): JsonObject {
  const fields = shape === 'openai' ? { id, object: 'file', deleted: true } : { id, type: 'file_deleted' };
  return mark(shape, marks !== 'nowhere', fields);
}

function toFileFields(file: StoredFile, shape: Shape, isMarked: boolean): JsonObject {
  // JSON leaves an undefined field out; spreading a mark into each of 100,000 rows would cost more than all else.
  const _shape = isMarked ? shape : undefined;
  if (shape === 'openai') {
    return {
      _shape,
      id: file.id,
      object: 'file',
      bytes: file.sizeBytes,
      created_at: Math.floor(file.createdAt / 1000),
      filename: file.name,
      purpose: file.downloadable ? 'assistants_output' : 'user_data',
      status: 'processed',
    };
  }
  return {
    _shape,
    id: file.id,
    type: 'file',
    filename: file.name,
    mime_type: file.mimeType,
    size_bytes: file.sizeBytes,
    created_at: toWireDate(file.createdAt),
    downloadable: file.downloadable,
  };
}

function mark(shape: Shape, isMarked: boolean, fields: JsonObject): JsonObject {
  return isMarked ? { _shape: shape, ...fields } : fields;
}

/** The contract's examples have whole seconds. */
function toWireDate(timestamp: number): string {
  return `${new Date(timestamp).toISOString().slice(0, 19)}Z`;
}

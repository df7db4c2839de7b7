import { assertNever } from '#app/assert-never.ts';
import { type Answer, createBytesAnswer, createHtmlAnswer } from './answer.ts';
import { encodeCursor, parseCursor } from './cursor.ts';
import { createErrorAnswer } from './errors.ts';
import type { Change, Fault, Stage } from './faults.ts';
import type { JsonObject } from './json.ts';

/** Gives the answer that a fault puts in the place of the call's own at this stage, or null. */
export function replaceAnswer(fault: Fault | undefined, stage: Stage): Answer | null {
  switch (fault?.kind) {
    case 'status': {
      const { kind: _, status, at, ...options } = fault;
      return stage === (at ?? 'body') ? createErrorAnswer(status, options) : null;
    }
    case 'answer':
      if (stage !== (fault.at ?? 'body')) return null;
      return createBytesAnswer(fault.status, fault.body, fault.headers ?? {});
    case 'html':
      if (stage !== (fault.at ?? 'body')) return null;
      return createHtmlAnswer(fault.status ?? 502, 'Bad gateway');
    case 'redirect':
      if (stage !== (fault.at ?? 'body')) return null;
      return createBytesAnswer(fault.status ?? 302, '', { location: fault.location });
    case undefined:
    case 'reset':
    case 'resetStream':
    case 'goAway':
    case 'hang':
    case 'truncatedBody':
    case 'wrongContentLength':
    case 'emptyBody':
    case 'malformedJson':
    case 'resizedBody':
    case 'changedBody':
    case 'changedRow':
    case 'addedRow':
    case 'repeatedCursor':
    case 'emptyPage':
      return null;
    default:
      return assertNever(fault);
  }
}

/** Gives the call's own answer as a fault changes it; `cursor` is what the call asked with. */
export function changeAnswer(fault: Fault | undefined, answer: Answer, cursor: string | null): Answer {
  switch (fault?.kind) {
    case undefined:
    case 'status':
    case 'answer':
    case 'html':
    case 'redirect':
    case 'reset':
    case 'resetStream':
    case 'goAway':
    case 'hang':
    case 'truncatedBody':
    case 'wrongContentLength':
      return answer;
    case 'emptyBody':
      return createBytesAnswer(answer.status, '', toContentType(answer));
    case 'malformedJson': {
      const text = JSON.stringify(toJson(answer));
      return createBytesAnswer(answer.status, text.slice(0, text.length / 2), toContentType(answer));
    }
    case 'resizedBody':
      return resize(answer, fault.byBytes);
    case 'changedBody':
      return { ...toJsonAnswer(answer), body: change(toJson(answer), fault) };
    case 'changedRow':
      return { ...toJsonAnswer(answer), body: changeRow(toJson(answer), fault.row, fault) };
    case 'addedRow':
      return { ...toJsonAnswer(answer), body: addRow(toJson(answer), fault.row) };
    case 'repeatedCursor':
      return { ...toJsonAnswer(answer), body: repeatCursor(toJson(answer), cursor) };
    case 'emptyPage':
      return { ...toJsonAnswer(answer), body: toEmptyPage(toJson(answer), cursor) };
    default:
      return assertNever(fault);
  }
}

function toJsonAnswer(answer: Answer): Extract<Answer, { kind: 'json' }> {
  if (answer.kind !== 'json') throw new Error('This fault needs a call that answers with JSON');
  return answer;
}

function toJson(answer: Answer): JsonObject {
  return toJsonAnswer(answer).body;
}

function toContentType(answer: Answer): Readonly<Record<string, string>> {
  return answer.kind === 'json' ? { 'content-type': 'application/json' } : answer.headers;
}

function change(body: JsonObject, { set = {}, omit = [] }: Change): JsonObject {
  return Object.fromEntries(Object.entries({ ...body, ...set }).filter(([field]) => !omit.includes(field)));
}

function changeRow(body: JsonObject, row: number, by: Change): JsonObject {
  const { data } = body;
  if (!Array.isArray(data) || data[row] === undefined) throw new Error(`The page has no row ${row}`);
  return { ...body, data: data.map((item, index) => (index === row ? change(item, by) : item)) };
}

function addRow(body: JsonObject, row: JsonObject): JsonObject {
  const { data } = body;
  if (!Array.isArray(data)) throw new Error('This fault needs a call that answers with rows');
  return { ...body, data: [...data, row] };
}

function repeatCursor(body: JsonObject, cursor: string | null): JsonObject {
  const { last_id: lastId } = body;
  const own = encodeCursor(typeof lastId === 'string' ? lastId : null);
  return { ...body, has_more: true, cursor: cursor ?? own };
}

/** The variant makes the cursor differ from all that were asked with, or an empty page would be a repeated cursor too. */
function toEmptyPage(body: JsonObject, cursor: string | null): JsonObject {
  const { afterId = null, variant = 0 } = (cursor === null ? null : parseCursor(cursor)) ?? {};
  const next = encodeCursor(afterId, variant + 1);
  return { ...body, data: [], has_more: true, first_id: null, last_id: null, cursor: next };
}

function resize(answer: Answer, byBytes: number): Answer {
  if (answer.kind !== 'bytes') throw new Error('This fault needs a call that answers with bytes');
  const sizeBytes = Math.max(0, answer.sizeBytes + byBytes);
  return { ...answer, sizeBytes, chunks: limitChunks(answer.chunks, sizeBytes) };
}

/** Gives exactly so many bytes: the given ones, then zeros. */
function* limitChunks(chunks: Iterable<Uint8Array>, sizeBytes: number): Iterable<Uint8Array> {
  let left = sizeBytes;
  for (const chunk of chunks) {
    if (left === 0) return;
    const piece = chunk.subarray(0, left);
    left -= piece.byteLength;
    yield piece;
  }
  if (left > 0) yield Buffer.alloc(left);
}

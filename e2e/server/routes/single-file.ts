import { createJsonAnswer } from '../answer.ts';
import { ApiError } from '../errors.ts';
import { toDeletedBody, toFileBody } from '../shapes.ts';
import type { StoredFile } from '../store.ts';
import type { Action, Call } from './call.ts';

/** GET /files/{id}: what is known of one file. */
export function retrieveFile(call: Call, fileId: string): Action {
  return () =>
    createJsonAnswer(200, toFileBody(findFile(call, fileId), call.shape, call.state.settings.shapeMarks));
}

/** DELETE /files/{id}: frees the file's bytes; the second time it is gone. */
export function deleteFile(call: Call, fileId: string): Action {
  return () => {
    call.state.files.delete(findFile(call, fileId).id);
    return createJsonAnswer(200, toDeletedBody(fileId, call.shape, call.state.settings.shapeMarks));
  };
}

/** GET /files/{id}/content: the bytes of a server-generated file; an uploaded one answers 400. */
export function downloadContent(call: Call, fileId: string): Action {
  return () => {
    const { content, sizeBytes } = findFile(call, fileId);
    if (content === null) throw new ApiError(400, 'This file is not downloadable');
    const headers = { 'content-type': 'application/octet-stream' };
    return { kind: 'bytes', status: 200, headers, sizeBytes, chunks: content.chunks() };
  };
}

/** A file of another workspace is as unknown as one that never was (contract, section 1). */
function findFile({ state, scope }: Call, fileId: string): StoredFile {
  const file = state.files.get(fileId);
  if (file?.workspaceId !== scope.workspaceId || file.storage !== scope.storage) throw new ApiError(404);
  return file;
}

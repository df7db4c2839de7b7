import { createJsonAnswer } from '../answer.ts';
import { createQuotaError, type ReceivedFile, UploadReader } from '../multipart.ts';
import { toFileBody } from '../shapes.ts';
import type { Action, Call } from './call.ts';

/** POST /files: reads the multipart body as a stream and keeps the facts of the file, not its bytes. */
export async function uploadFile(call: Call): Promise<Action> {
  const { state, scope, shape } = call;
  const received = await receive(call);
  return () => {
    // Other uploads may have filled the workspace since this one began.
    if (received.sizeBytes > roomBytes(call)) throw createQuotaError();
    const file = state.files.add({ ...received, ...scope });
    return createJsonAnswer(200, toFileBody(file, shape, state.settings.shapeMarks));
  };
}

/** Resolves when the file is whole; rejects as soon as it is refused, while the rest is read on and dropped. */
function receive(call: Call): Promise<ReceivedFile> {
  const { exchange, state } = call;
  const reader = new UploadReader(exchange.request.headers, roomBytes(call), state.settings.types);
  return new Promise((resolve, reject) => {
    reader.received.then(resolve, reject);
    exchange
      .readBody((chunk) => reader.write(chunk))
      .then(() => reader.end())
      .catch(reject);
  });
}

function roomBytes({ state, scope }: Call): number {
  if (scope.storage !== 'openrouter') return Number.POSITIVE_INFINITY;
  return state.settings.quotaBytes - state.files.usedBytes(scope);
}

import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { assertNever } from '#app/assert-never.ts';
import { CURRENT_GENERATION } from '../../server/sdk-generations.ts';
import type { SdkTask } from './sdk-process.ts';

// `sdk.ts ENDPOINT KEY`, forked by sdk-process.ts: the official SDK as its documentation uses it, one call after the other.

const [endpoint = '', key = ''] = process.argv.slice(2);
const client = CURRENT_GENERATION.connect(endpoint, key);
process.on('message', (task: SdkTask) => {
  run(task).then(
    (durationMs) => process.send?.({ durationMs }),
    (cause: unknown) => {
      throw cause;
    },
  );
});
process.once('disconnect', () => process.exit());
process.send?.({ durationMs: 0 });

async function run(task: SdkTask): Promise<number> {
  const startedAt = performance.now();
  switch (task.kind) {
    case 'upload':
      for (const path of task.paths) {
        await client.upload(new File([await openAsBlob(path)], basename(path)));
      }
      break;
    case 'download':
      await writeFile(task.path, await client.download(task.fileId), { flush: true });
      break;
    case 'delete':
      for (const id of task.fileIds) await client.delete(id);
      break;
    default:
      assertNever(task);
  }
  return performance.now() - startedAt;
}

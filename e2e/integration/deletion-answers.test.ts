import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '#app/errors.ts';
import type { Fault } from '../server/faults.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import type { StoredFile } from '../server/store.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

let server: LocalServer;
let folder: string;
let opened: WindowLocation;
let file: StoredFile;

beforeEach(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  file = server.files.add({ name: 'notes/plan.txt', sizeBytes: 8 });
  opened = await openWindowLocation(server, { folder, speed: 200 });
});

afterEach(async () => {
  await opened.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Deletes the file, and gives how the deletion came out. */
async function deleteFile() {
  const { handlers, waitForDeletion } = opened;
  const { id, count } = await handlers.draftDeletion({ target: { kind: 'rows', keys: [file.id] } });
  await handlers.beginDeletion({ id, count });
  return waitForDeletion(({ phase }) => phase === 'finished');
}

/** Answers every deletion with this; `applied` deletes the file all the same. */
function answerWith(body: string, at: 'body' | 'applied', status = 200): void {
  const fault: Fault = { kind: 'answer', status, body, at, headers: { 'content-type': 'application/json' } };
  server.faults.inject({ on: 'delete', times: Number.POSITIVE_INFINITY, fault });
}

const toDeleted = (body: object) => JSON.stringify({ id: file.id, ...body });
const MALFORMED: AppError = { code: 'unexpectedAnswer', status: 200, detail: 'malformed' };

const NO_PROOF: readonly [string, () => string, AppError][] = [
  [
    'an error',
    () => '{"error":{"code":500,"message":"Not today"}}',
    { code: 'reportedError', status: 200, serverMessage: 'Not today' },
  ],
  [
    'an error in one word',
    () => '{"error":"nope"}',
    { code: 'reportedError', status: 200, serverMessage: 'nope' },
  ],
  ['deleted: false', () => toDeleted({ object: 'file', deleted: false }), MALFORMED],
  [
    'both a deletion and deleted: false',
    () => toDeleted({ type: 'file_deleted', deleted: false }),
    MALFORMED,
  ],
  ['the file itself', () => toDeleted({ type: 'file', filename: 'notes/plan.txt' }), MALFORMED],
  ['the deletion of another file', () => '{"id":"or_file_other","type":"file_deleted"}', MALFORMED],
  ['no object', () => '[]', MALFORMED],
  ['a web page', () => '<!DOCTYPE html><html><body>Sign in</body></html>', { ...MALFORMED, detail: 'html' }],
];

describe('a deletion that is answered with 200', () => {
  it.each(NO_PROOF)('and %s keeps the file in the list and says why', async (_name, toBody, error) => {
    answerWith(toBody(), 'body');
    const outcome = await deleteFile();
    expect(outcome).toMatchObject({
      deletedCount: 0,
      failedCount: 1,
      failures: [{ fileId: file.id, error }],
    });
    expect(opened.location.index.find(file.id)).toBeDefined();
    expect(opened.location.deletions.stateOf(file.id)?.error).toEqual(error);
  });

  it.each(NO_PROOF)('and %s counts as done when the server no longer has the file', async (_name, toBody) => {
    answerWith(toBody(), 'applied');
    expect(await deleteFile()).toMatchObject({ deletedCount: 1, failedCount: 0 });
    expect(server.requests.all('delete')).toHaveLength(1);
    expect(server.requests.all('retrieve')).toHaveLength(1);
  });

  it('and an error is told as open when the server cannot say whether the file is there', async () => {
    answerWith('{"error":{"message":"Not today"}}', 'body');
    server.faults.inject({
      on: 'retrieve',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'changedBody', set: { id: 'or_file_other' } },
    });
    const { failures } = await deleteFile();
    expect(failures).toMatchObject([{ error: { code: 'maybeDeleted' } }]);
  });

  it.each<[string, () => string, number]>([
    ['nothing', () => '', 200],
    ['204 and nothing', () => '', 204],
    ['OpenRouter’s shape', () => toDeleted({ _shape: 'openrouter', type: 'file_deleted' }), 200],
    ['Anthropic’s shape', () => toDeleted({ type: 'file_deleted' }), 200],
    ['OpenAI’s shape', () => toDeleted({ object: 'file', deleted: true }), 200],
  ])('or %s as the contract has it is done without another question', async (_name, toBody, status) => {
    answerWith(toBody(), 'applied', status);
    expect(await deleteFile()).toMatchObject({ deletedCount: 1, failedCount: 0 });
    expect(server.requests.all('retrieve')).toEqual([]);
  });
});

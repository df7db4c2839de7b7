import { describe, expect, it } from 'vitest';
import {
  FILES_COMMANDS,
  FILES_EVENTS,
  type FilesCommands,
  type FilesEvents,
  type InLocation,
} from '#app/contract/files-contract.ts';
import { filesCommandSchemas, filesEventSchemas } from '#app/contract/schemas.ts';
import { AppFailure } from '#app/errors.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { MAX_IDS_PER_COMMAND } from '#app/limits.ts';
import { type CommandHandlers, registerBridge } from '../../main/ipc/register-bridge.ts';
import { createBridgeApi } from '../../preload/create-bridge-api.ts';
import { createBridgePair } from './bridge-pair.ts';

const OUR_FRAME = { name: 'our own main frame' };

const STATUS: FileIndexStatus = {
  phase: 'complete',
  isFromLastTime: false,
  knownFiles: 1,
  readFiles: 0,
  unreadableRows: 0,
  isFull: false,
  error: null,
  revision: 7,
  completedAt: 1,
};

const HERE: InLocation = { locationId: 'here' };
const CHANGED = { ...HERE, status: STATUS };

function setUp(handlers: Partial<CommandHandlers<FilesCommands>> = {}) {
  const calls: unknown[] = [];
  const logged: string[] = [];
  const pair = createBridgePair('files', { senderFrame: OUR_FRAME });
  const unexpectedCall = () => {
    throw new Error('not meant to be called');
  };
  const registered = registerBridge<FilesCommands, FilesEvents>({
    bridge: 'files',
    port: pair.mainPort,
    isTrustedSender: ({ senderFrame }) => senderFrame === OUR_FRAME,
    commandSchemas: filesCommandSchemas,
    eventSchemas: filesEventSchemas,
    send: pair.send,
    logUnexpected: (context, cause) => {
      logged.push(`${context}: ${String(cause)}`);
      return 'error-1';
    },
    handlers: {
      ...(Object.fromEntries(
        Object.keys(FILES_COMMANDS).map((name) => [name, unexpectedCall]),
      ) as unknown as CommandHandlers<FilesCommands>), // fromEntries forgets the keys; every one is there.
      cancelTransfers: (input) => {
        calls.push(input);
        return null;
      },
      ...handlers,
    },
  });
  const api = createBridgeApi<FilesCommands, FilesEvents>(
    pair.rendererPort,
    'files',
    FILES_COMMANDS,
    FILES_EVENTS,
  );
  return { api, calls, logged, pair, registered };
}

describe('the bridge between a page and main', () => {
  it('answers a command with its output', async () => {
    const { api, calls } = setUp();
    expect(await api.cancelTransfers({ ...HERE, ids: ['or_file_1'] })).toEqual({ ok: true, value: null });
    expect(calls).toEqual([{ ...HERE, ids: ['or_file_1'] }]);
  });

  it.each([
    ['another frame', { senderFrame: { name: 'an iframe' } }],
    ['a frame that is gone', { senderFrame: null }],
  ])('refuses a call from %s and runs nothing', async (_name, sender) => {
    const { api, calls, logged, pair } = setUp();
    pair.sender = sender;
    expect(await api.cancelTransfers({ ...HERE, ids: ['or_file_1'] })).toEqual({
      ok: false,
      error: { code: 'refused' },
    });
    expect(calls).toEqual([]);
    expect(logged).toHaveLength(1);
  });

  it.each([
    ['an extra key', { ...HERE, ids: ['or_file_1'], path: '/etc/passwd' }],
    ['too many ids', { ...HERE, ids: Array.from({ length: MAX_IDS_PER_COMMAND + 1 }, () => 'or_file_1') }],
    ['an id of another form', { ...HERE, ids: ['../key'] }],
    ['an id that is too long', { ...HERE, ids: ['x'.repeat(201)] }],
    ['no id', { ...HERE, ids: [] }],
    ['no location', { ids: ['or_file_1'] }],
    ['nothing', undefined],
    ['a string', 'or_file_1'],
  ])('refuses an input with %s and runs nothing', async (_name, input) => {
    const { calls, pair } = setUp();
    expect(await pair.rendererPort.invoke('files:command:cancelTransfers', input)).toEqual({
      ok: false,
      error: { code: 'refused' },
    });
    expect(calls).toEqual([]);
  });

  it('does not repeat a refused input in the log', async () => {
    const { logged, pair } = setUp();
    await pair.rendererPort.invoke('files:command:cancelTransfers', { ...HERE, ids: ['sk-or-v1-secret!'] });
    expect(logged.join()).toContain('ids.0');
    expect(logged.join()).not.toContain('secret');
  });

  it('answers an expected error as data', async () => {
    const { api } = setUp({
      readDetails: () => Promise.reject(new AppFailure({ code: 'rateLimited', retryAfterMs: 3000 })),
    });
    expect(await api.readDetails({ ...HERE, id: 'or_file_1' })).toEqual({
      ok: false,
      error: { code: 'rateLimited', retryAfterMs: 3000 },
    });
  });

  it('answers a thrown handler with an id that is in the log, and not with what was thrown', async () => {
    const { api, logged } = setUp({
      readDetails: () => {
        throw new Error('key sk-or-v1-secret');
      },
    });
    const result = await api.readDetails({ ...HERE, id: 'or_file_1' });
    expect(result).toEqual({ ok: false, error: { code: 'unexpected', errorId: 'error-1' } });
    expect(logged).toEqual(['command readDetails: Error: key sk-or-v1-secret']);
  });

  it('lets no output through that the contract does not name', async () => {
    const leaking = {
      id: 'or_file_1',
      name: 'a.txt',
      mimeType: 'text/plain',
      sizeBytes: 1,
      createdAt: 1,
      isSaveable: false,
      key: 'sk-or-v1-secret',
    };
    const known = { readError: null, isDeleting: false, deletionError: null, local: null };
    const { api } = setUp({ readDetails: () => ({ file: leaking, ...known }) });
    expect(await api.readDetails({ ...HERE, id: 'or_file_1' })).toEqual({
      ok: false,
      error: { code: 'unexpected', errorId: 'error-1' },
    });
  });

  it('delivers events until the listener is unsubscribed, and unsubscribing twice does no harm', () => {
    const { api, pair, registered } = setUp();
    const seen: FilesEvents['fileIndexChanged'][] = [];
    const other: FilesEvents['fileIndexChanged'][] = [];
    const unsubscribe = api.onFileIndexChanged((status) => seen.push(status));
    api.onFileIndexChanged((status) => other.push(status));
    registered.emit('fileIndexChanged', CHANGED);
    unsubscribe();
    unsubscribe();
    registered.emit('fileIndexChanged', CHANGED);
    expect(seen).toEqual([CHANGED]);
    expect(other).toEqual([CHANGED, CHANGED]);
    expect(pair.listenerCount()).toBe(1);
  });

  it('sends no event that the contract does not name', () => {
    const { api, logged, registered } = setUp();
    const seen: unknown[] = [];
    api.onFileIndexChanged((status) => seen.push(status));
    registered.emit('fileIndexChanged', { ...CHANGED, ...{ key: 'sk-or-v1-secret' } });
    expect(seen).toEqual([]);
    expect(logged).toHaveLength(1);
  });

  it('answers nothing once it is unregistered', async () => {
    const { api, registered } = setUp();
    registered.unregister();
    await expect(api.cancelTransfers({ ...HERE, ids: ['or_file_1'] })).rejects.toThrow('No handler');
  });
});

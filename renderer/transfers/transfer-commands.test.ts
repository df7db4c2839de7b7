import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MAX_IDS_PER_COMMAND } from '#app/limits.ts';
import { showView } from '../location-in-view.ts';
import { messages } from '../ui/message-store.ts';
import { answerTransfers } from './transfer-commands.ts';

beforeEach(() => showView({ locationId: 'here', viewId: 'view' }));
afterEach(() => {
  vi.unstubAllGlobals();
  for (const { id } of messages.read()) messages.dismiss(id);
});

const ids = Array.from({ length: 2 * MAX_IDS_PER_COMMAND + 5 }, (_, index) => `id${index}`);

it('answers for more transfers than one command may name', async () => {
  const answer = vi.fn(async () => ({ ok: true, value: null }));
  vi.stubGlobal('window', { files: { answerTransfers: answer } });
  await answerTransfers(ids, 'skip');
  const parts = answer.mock.calls.flat() as unknown as readonly { readonly ids: readonly string[] }[]; // Vitest infers no parameters.
  expect(parts.map((part) => part.ids.length)).toEqual([MAX_IDS_PER_COMMAND, MAX_IDS_PER_COMMAND, 5]);
  expect(parts.flatMap((part) => part.ids)).toEqual(ids);
});

it('tells once when that fails', async () => {
  const answer = vi.fn(async () => ({ ok: false, error: { code: 'signedOut' } }));
  vi.stubGlobal('window', { files: { answerTransfers: answer } });
  await answerTransfers(ids, 'skip');
  expect(answer).toHaveBeenCalledTimes(1);
  expect(messages.read()).toHaveLength(1);
});

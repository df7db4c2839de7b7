import { describe, expect, it } from 'vitest';
import { type StoredTransfer, toStoredTransfer } from './stored-transfer.ts';
import { createWaiting } from './waiting.ts';

const LARGE = 1024 * 1024;
const upload = (id: string, sizeBytes = 1) =>
  toStoredTransfer(id, { direction: 'upload', path: `/${id}`, name: id, sizeBytes }, 0);
const file = { id: 'f', name: 'f', mimeType: 'text/plain', sizeBytes: 1, createdAt: 0, isSaveable: true };
const save = (id: string) =>
  toStoredTransfer(id, { direction: 'save', file, target: { path: `/${id}`, replaces: null } }, 0);
const always = () => true;

function takeAll(
  waiting: ReturnType<typeof createWaiting>,
  direction: StoredTransfer['transfer']['direction'],
) {
  const ids: string[] = [];
  for (;;) {
    const next = waiting.take(direction, always, always);
    if (!next) return ids;
    ids.push(next.transfer.id);
  }
}

describe('what waits for its turn', () => {
  it('gives each direction in its own order, whatever the size', () => {
    const waiting = createWaiting();
    for (const stored of [upload('a', LARGE), save('x'), upload('b'), save('y'), upload('c', LARGE)])
      waiting.add(stored, 'back');
    expect(takeAll(waiting, 'save')).toEqual(['x', 'y']);
    expect(takeAll(waiting, 'upload')).toEqual(['a', 'b', 'c']);
  });

  it('gives only sizes for which there is room, and looks through none of which nothing waits', () => {
    const waiting = createWaiting();
    const looked: string[] = [];
    const isReady = ({ transfer }: StoredTransfer) => {
      looked.push(transfer.id);
      return true;
    };
    for (const stored of [upload('a', LARGE), upload('b', LARGE), upload('c')]) waiting.add(stored, 'back');
    const takeSmall = () => waiting.take('upload', (size) => size === 'small', isReady)?.transfer.id;
    expect([takeSmall(), takeSmall(), takeSmall()]).toEqual(['c', undefined, undefined]);
    expect(looked).toEqual(['c']);
    expect(takeAll(waiting, 'upload')).toEqual(['a', 'b']);
  });

  it('gives nothing that was taken out', () => {
    const waiting = createWaiting();
    const [a, b] = [upload('a'), upload('b', LARGE)];
    waiting.add(a, 'back');
    waiting.add(b, 'front');
    waiting.remove(b);
    expect(takeAll(waiting, 'upload')).toEqual(['a']);
  });
});

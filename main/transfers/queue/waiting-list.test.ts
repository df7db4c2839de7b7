import { describe, expect, it } from 'vitest';
import { type StoredTransfer, toStoredTransfer } from './stored-transfer.ts';
import { createWaitingList } from './waiting-list.ts';

const upload = (id: string) =>
  toStoredTransfer(id, { direction: 'upload', path: `/${id}`, name: id, sizeBytes: 1 }, 0);
const file = { id: 'f', name: 'f', mimeType: 'text/plain', sizeBytes: 1, createdAt: 0, isSaveable: true };
const save = (id: string) =>
  toStoredTransfer(id, { direction: 'save', file, target: { path: `/${id}`, replaces: null } }, 0);
const always = () => true;

function takeAll(
  list: ReturnType<typeof createWaitingList>,
  direction: 'upload' | 'save',
  isReady: (stored: StoredTransfer) => boolean = always,
): string[] {
  const ids: string[] = [];
  for (let next = list.take(direction, isReady); next; next = list.take(direction, isReady)) {
    ids.push(next.transfer.id);
  }
  return ids;
}

describe('the waiting list', () => {
  it('gives each direction in its own order', () => {
    const list = createWaitingList();
    for (const stored of [upload('a'), save('x'), upload('b'), save('y')]) list.add(stored, 'back');
    expect(takeAll(list, 'save')).toEqual(['x', 'y']);
    expect(takeAll(list, 'upload')).toEqual(['a', 'b']);
    expect(list.take('upload', always)).toBeUndefined();
  });

  it('gives those first that could not use their turn, in the order of their return', () => {
    const list = createWaitingList();
    list.add(upload('a'), 'back');
    list.add(upload('b'), 'front');
    list.add(upload('c'), 'front');
    expect(takeAll(list, 'upload')).toEqual(['b', 'c', 'a']);
  });

  it('passes over what is not ready, and keeps its place', () => {
    const list = createWaitingList();
    for (const id of ['a', 'b', 'c']) list.add(upload(id), 'back');
    expect(list.take('upload', ({ transfer }) => transfer.id !== 'a')?.transfer.id).toBe('b');
    expect(takeAll(list, 'upload')).toEqual(['a', 'c']);
  });

  it('gives nothing twice, and nothing that was taken out', () => {
    const list = createWaitingList();
    const [a, b, c] = [upload('a'), upload('b'), save('c')];
    list.add(a, 'back');
    list.add(a, 'back');
    list.add(b, 'front');
    list.add(c, 'back');
    list.remove(b);
    list.remove(c);
    expect(takeAll(list, 'upload')).toEqual(['a']);
    expect(takeAll(list, 'save')).toEqual([]);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { createMessageStore, type Message } from './message-store.ts';

const message = (id: string, title: string): Message => ({ id, tone: 'status', title, isBrief: true });

describe('createMessageStore', () => {
  it('puts a message in the place of an earlier one of its id', () => {
    const store = createMessageStore();
    store.show(message('a', 'first'));
    store.show(message('b', 'second'));
    store.show(message('a', 'third'));
    expect(store.read().map(({ title }) => title)).toEqual(['third', 'second']);
  });

  it('tells its listeners until they leave', () => {
    const store = createMessageStore();
    const listener = vi.fn();
    const unsubscribe = store.subscribe(listener);
    store.show(message('a', 'first'));
    store.dismiss('a');
    unsubscribe();
    store.show(message('a', 'again'));
    expect(listener).toHaveBeenCalledTimes(2);
  });
});

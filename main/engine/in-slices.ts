import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many take about a millisecond: main has a window to serve meanwhile. */
const SLICE_LENGTH = 5000;

/** Does something with every item, and lets others have their turn in between when there are many. */
export async function inSlices<Item>(items: Iterable<Item>, act: (item: Item) => void): Promise<void> {
  let count = 0;
  for (const item of items) {
    act(item);
    count += 1;
    if (count % SLICE_LENGTH === 0) await nextTurn();
  }
}

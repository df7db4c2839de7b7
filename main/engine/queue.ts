/** Items that wait for their turn, in the order they came. */
export interface Queue<Item> {
  /** `front` for one that had its turn and could not use it: behind others of that kind, and before the rest. */
  add(item: Item, place: 'front' | 'back'): void;
  remove(item: Item): void;
  /** Takes out the first that is ready; undefined when none is. */
  take(isReady: (item: Item) => boolean): Item | undefined;
}

/** Makes an empty queue; an item is in it once. */
export function createQueue<Item>(): Queue<Item> {
  const places = { front: new Set<Item>(), back: new Set<Item>() };
  return {
    add: (item, place) => {
      places[place].add(item);
    },
    remove: (item) => {
      places.front.delete(item);
      places.back.delete(item);
    },
    take: (isReady) => {
      for (const items of [places.front, places.back]) {
        for (const item of items) {
          if (!isReady(item)) continue;
          items.delete(item);
          return item;
        }
      }
      return undefined;
    },
  };
}

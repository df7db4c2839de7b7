/** Works through items in their order, so many at once. Rejects as soon as any work does; the others then take no further item. */
export async function forEachAtOnce<Item>(
  limit: number,
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  let hasFailed = false;
  const workOff = async () => {
    while (!hasFailed) {
      const next = queue.next();
      if (next.done === true) return;
      try {
        await work(next.value);
      } catch (cause) {
        hasFailed = true;
        throw cause;
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, workOff));
}

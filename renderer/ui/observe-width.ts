const listeners = new WeakMap<Element, (width: number) => void>();
// One for all: an observer each would cost a list of files more than what it is for.
const observer = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) listeners.get(target)?.(contentRect.width);
});

/** Tells the width of an element without padding and border in pixels, at once and with each change; gives the way to end it. */
export function observeWidth(element: Element, listener: (width: number) => void): () => void {
  listeners.set(element, listener);
  observer.observe(element);
  listener(element.getBoundingClientRect().width);
  return () => {
    observer.unobserve(element);
    listeners.delete(element);
  };
}

import { type ReactNode, useEffect, useRef } from 'react';

/** What can take the focus without being a stop of the Tab key: a place to stand, from which Tab goes on. */
const HOME = '[tabindex="-1"]';

/**
 * Keeps the focus where it was when the button that has it vanishes or can no longer be pressed: it goes to the nearest place around that button
 * which is still there and can take it. The browser would send it back to the beginning of the window.
 */
export function FocusHome(props: { readonly className?: string; readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = place.current;
    return root === null ? undefined : keepFocusIn(root);
  }, []);
  return (
    <div ref={place} tabIndex={-1} {...(props.className === undefined ? {} : { className: props.className })}>
      {props.children}
    </div>
  );
}

function keepFocusIn(root: HTMLElement): () => void {
  let focused: Element | null = null;
  let homes: readonly HTMLElement[] = [];
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    focused = target;
    homes = listHomes(target, root);
  };
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    // An element that vanishes loses the focus to nothing, as the window does when another comes to the front.
    if (relatedTarget !== null) focused = null;
  };
  const observer = new MutationObserver(() => {
    if (focused === null || (focused.isConnected && !focused.matches(':disabled'))) return;
    const isLost = document.activeElement === document.body || document.activeElement === focused;
    focused = null;
    if (isLost) homes.find((home) => home.isConnected)?.focus({ preventScroll: true });
  });
  root.addEventListener('focusin', onFocus);
  root.addEventListener('focusout', onBlur);
  observer.observe(root, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return () => {
    root.removeEventListener('focusin', onFocus);
    root.removeEventListener('focusout', onBlur);
    observer.disconnect();
  };
}

/** The places to stand around an element, the nearest first. */
function listHomes(element: HTMLElement, root: HTMLElement): readonly HTMLElement[] {
  const homes: HTMLElement[] = [];
  let home = element.parentElement?.closest<HTMLElement>(HOME) ?? null;
  while (home !== null && root.contains(home)) {
    homes.push(home);
    home = home.parentElement?.closest<HTMLElement>(HOME) ?? null;
  }
  return homes;
}

/** Whether text can be typed into, and pasted into, what has the focus. */
export function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.matches('input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable]')
  );
}

/** Where a key moves the focus in a page of rows; null when it is no key of movement. Indices count from 0. */
export function moveFocus(key: string, index: number, rowCount: number, rowsInView: number): number | null {
  const last = rowCount - 1;
  const clamp = (target: number) => Math.max(0, Math.min(last, target));
  const pageStep = Math.max(1, rowsInView - 1);
  switch (key) {
    case 'ArrowDown':
      return clamp(index + 1);
    case 'ArrowUp':
      return clamp(index - 1);
    case 'PageDown':
      return clamp(index + pageStep);
    case 'PageUp':
      return clamp(index - pageStep);
    case 'Home':
      return 0;
    case 'End':
      return clamp(last);
    default:
      return null;
  }
}

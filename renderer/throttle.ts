/**
 * Wraps an action so that a burst of calls runs it at once and then at most every `intervalMs`, the last call always
 * included.
 */
export function createThrottle(act: () => void, intervalMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  const run = () => {
    isWanted = false;
    act();
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) run();
    }, intervalMs);
  };
  return () => {
    if (timer === undefined) run();
    else isWanted = true;
  };
}

/** Does not wait for work that an abort has made useless: rejects at once then, with the signal's reason unless told. */
export function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
  toReason: () => unknown = () => signal.reason,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(toReason());
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
  });
}

import { useEffect, useState } from 'react';

/**
 * Gives code that is fetched when it is first wanted; null until it is there. React's `lazy` would show it up to 300 ms
 * later than it could. `load` must keep its identity.
 */
export function useLoaded<Value>(load: () => Promise<Value>, isWanted: boolean): Value | null {
  const [loaded, setLoaded] = useState<{ readonly value: Value } | null>(null);
  const isMissing = isWanted && loaded === null;
  useEffect(() => {
    if (isMissing) void load().then((value) => setLoaded({ value }));
  }, [isMissing, load]);
  return loaded === null ? null : loaded.value;
}

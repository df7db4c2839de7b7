/** What the system said of its proxies a moment ago: it is asked once for a batch of small files, not for each. */
export interface ProxyMemory {
  /** Gives what was said of a URL within the last seconds; null when it must be asked. */
  readonly recall: (url: string) => string | null;
  /** Asks, or joins who is asking. */
  readonly ask: (url: string) => Promise<string>;
}

/** How long an answer is taken for true, in milliseconds. */
const MEMORY_MS = 5000;

/** Makes a memory of one answer; `resolveProxy` gives a URL's proxies as a PAC script does. */
export function createProxyMemory(resolveProxy: (url: string) => Promise<string>): ProxyMemory {
  let known: { readonly url: string; readonly proxies: string; readonly at: number } | undefined;
  let asking: { readonly url: string; readonly answer: Promise<string> } | undefined;

  const ask = async (url: string): Promise<string> => {
    try {
      const proxies = await resolveProxy(url);
      known = { url, proxies, at: performance.now() };
      return proxies;
    } finally {
      asking = undefined;
    }
  };
  return {
    recall: (url) => (known?.url === url && performance.now() - known.at < MEMORY_MS ? known.proxies : null),
    ask: (url) => {
      if (asking?.url !== url) asking = { url, answer: ask(url) };
      return asking.answer;
    },
  };
}

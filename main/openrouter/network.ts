import { createAppTransport } from './app-transport.ts';
import { createElectronSend } from './electron-net.ts';
import { DEFAULT_TIMEOUTS } from './http.ts';
import { createSessionPool } from './session-pool.ts';
import { createTransport, type Transport } from './transport.ts';

/** Requests have sessions of their own, so that nothing waits behind the contents of files. */
const requests = createSessionPool('openrouter');
const contents = createSessionPool('openrouter-contents');

/** Makes the app's transport. Nothing is read or sent before the first request. */
export function createNetwork(): Transport {
  const timeouts = DEFAULT_TIMEOUTS;
  return createAppTransport({
    chromium: {
      send: createElectronSend({ sessions: requests, isContent: false, timeouts }),
      sendForContent: createElectronSend({ sessions: contents, isContent: true, timeouts }),
    },
    node: createTransport({ resolveProxy: (url) => requests.first().resolveProxy(url) }),
  });
}

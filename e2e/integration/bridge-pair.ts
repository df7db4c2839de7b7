import type { BridgeName } from '#app/contract/bridge.ts';
import type { CallEvent, MainPort } from '../../main/ipc/register-bridge.ts';
import type { RendererPort } from '../../preload/create-bridge-api.ts';

type Handler = Parameters<MainPort['handle']>[1];
type Listener = Parameters<RendererPort['on']>[1];

/** Both ends of an in-memory IPC that clones what crosses it, as Electron's does. */
export interface BridgePair {
  readonly bridge: BridgeName;
  readonly mainPort: MainPort;
  readonly rendererPort: RendererPort;
  readonly send: (channel: string, payload: unknown) => void;
  /** The frame that calls seem to come from. */
  sender: CallEvent;
  /** Listeners that the page's end holds. */
  readonly listenerCount: () => number;
}

/** Makes a pair whose calls come from the given frame. */
export function createBridgePair(bridge: BridgeName, sender: CallEvent): BridgePair {
  const handlers = new Map<string, Handler>();
  const listeners = new Map<string, Set<Listener>>();
  const pair: BridgePair = {
    bridge,
    sender,
    mainPort: {
      handle: (channel, handler) => {
        if (handlers.has(channel)) throw new Error(`Second handler for ${channel}`);
        handlers.set(channel, handler);
      },
      removeHandler: (channel) => {
        handlers.delete(channel);
      },
    },
    rendererPort: {
      invoke: async (channel, input) => {
        const handler = handlers.get(channel);
        if (!handler) throw new Error(`No handler for ${channel}`);
        return structuredClone(await handler(pair.sender, structuredClone(input)));
      },
      on: (channel, listener) => listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener)),
      off: (channel, listener) => listeners.get(channel)?.delete(listener),
    },
    send: (channel, payload) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, structuredClone(payload));
    },
    listenerCount: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
  return pair;
}

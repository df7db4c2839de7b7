import {
  type BridgeApi,
  type BridgeName,
  type Keys,
  toCommandChannel,
  toEventChannel,
} from '#app/contract/bridge.ts';

/** The part of Electron's `ipcRenderer` that a bridge needs. */
export interface RendererPort {
  invoke(channel: string, input?: unknown): Promise<unknown>;
  on(channel: string, listener: (event: unknown, payload: unknown) => void): unknown;
  off(channel: string, listener: (event: unknown, payload: unknown) => void): unknown;
}

/**
 * Builds the page's side of a contract: a method a command and an `onX` a event. The page gets plain functions, never
 * a channel name or the port itself, so it can say nothing that is not in the contract.
 */
export function createBridgeApi<Commands, Events>(
  port: RendererPort,
  bridge: BridgeName,
  commands: Keys<Commands>,
  events: Keys<Events>,
): BridgeApi<Commands, Events> {
  const api: Record<string, unknown> = {};
  for (const command of Object.keys(commands)) {
    const channel = toCommandChannel(bridge, command);
    api[command] = (input?: unknown) => port.invoke(channel, input);
  }
  for (const event of Object.keys(events)) {
    const channel = toEventChannel(bridge, event);
    api[`on${event.charAt(0).toUpperCase()}${event.slice(1)}`] = (listener: (payload: unknown) => void) => {
      const deliver = (_event: unknown, payload: unknown) => listener(payload);
      port.on(channel, deliver);
      return () => {
        port.off(channel, deliver);
      };
    };
  }
  // The loops above make exactly the members that BridgeApi names, one for each key.
  return api as BridgeApi<Commands, Events>;
}

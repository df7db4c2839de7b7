import type { BridgeApi, Command, Keys } from './bridge.ts';

/** What the connect window may ask of main. It has no events: it ends when a key is accepted. */
export interface ConnectCommands {
  /** Says whether this computer has a keychain that a key can be kept in. */
  getKeychain: Command<undefined, KeychainStatus>;
  /** Notes that the person has begun to fill in the form: main no longer shows an account that it finds late instead. */
  noteBegun: Command<undefined, null>;
  /** Checks a key against the server and, when it is accepted, keeps it and opens the main window. */
  connect: Command<ConnectInput, null>;
}

/** Whether a key can be remembered here. */
export type KeychainStatus =
  | { readonly isAvailable: true }
  /** `reason` is the system's own message, in the system's language. */
  | { readonly isAvailable: false; readonly reason: string };

/** A key as it was typed, on its only way out of the connect window. */
export interface ConnectInput {
  readonly key: string;
  readonly endpoint: string;
  /** Keep it in the keychain; else until the app quits. */
  readonly isRemembered: boolean;
}

/** The connect window has no events. */
export type ConnectEvents = Record<never, never>;

/** Every command of the connect window. */
export const CONNECT_COMMANDS: Keys<ConnectCommands> = { getKeychain: true, noteBegun: true, connect: true };

/** Every event of the connect window: none. */
export const CONNECT_EVENTS: Keys<ConnectEvents> = {};

/** `window.connect` in the connect window. */
export type ConnectApi = BridgeApi<ConnectCommands, ConnectEvents>;

import type { Ask, Outcome, TransportSetup } from './asks.ts';

/** Which transport of main a request takes: Chromium's, Node's, or what the app puts together of both. */
export type TransportKind = 'chromium' | 'node' | 'app';

/** What the app of the table can be told over Node's IPC; commands run side by side, answers carry their number. */
export type AppCommand =
  | { readonly kind: 'setUp'; readonly number: number; readonly setup: TransportSetup }
  | { readonly kind: 'ask'; readonly number: number; readonly transport: TransportKind; readonly ask: Ask }
  /** Cancels the request of that number. */
  | { readonly kind: 'cancel'; readonly number: number; readonly asked: number };

/** The first one is told unasked, with the number 0, when the app is ready. */
export type AppAnswer =
  | { readonly number: number; readonly kind: 'done' }
  | { readonly number: number; readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly number: number; readonly kind: 'fault'; readonly message: string };

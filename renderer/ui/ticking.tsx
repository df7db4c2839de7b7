import { useTicking } from './clock.ts';

/** Draws a text that follows the time; `read` gets it in milliseconds since the epoch. */
export function Ticking({ read }: { readonly read: (now: number) => string }) {
  return useTicking(read);
}

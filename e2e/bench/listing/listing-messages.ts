import * as z from 'zod';

/** What the listing's process can be asked over Node's IPC; it answers each question before the next may come. */
export type ListingQuestion =
  /** From now on requests for pages wait. */
  | { readonly kind: 'hold' }
  /** Lets the waiting requests go on, and all that come. */
  | { readonly kind: 'release' }
  /** Waits until a page is asked for and held. */
  | { readonly kind: 'whenHeld' }
  /** How long it thinks before each page from now on. */
  | { readonly kind: 'setDelay'; readonly delayMs: number }
  /** Gives the requests for pages since the last time and forgets them. */
  | { readonly kind: 'takeRequests' };

export const listingGreetingSchema = z.object({
  port: z.int().positive(),
  /** Of one reading from start to end. */
  queries: z.array(z.string()),
});

export const releaseSchema = z.object({
  /** When the held requests went on, in milliseconds since the epoch. */
  releasedAt: z.number(),
});

export const requestsSchema = z.object({
  requests: z.array(
    z.object({
      query: z.string(),
      /** Milliseconds since the epoch. */
      startedAt: z.number(),
      /** When the answer was handed to the system. */
      endedAt: z.number(),
    }),
  ),
});

/** Requests for pages that were answered. */
export type PageRequests = z.infer<typeof requestsSchema>['requests'];

import * as z from 'zod';

/** What the sink can be asked over Node's IPC; it answers each question before the next may come. */
export type SinkQuestion =
  | { readonly kind: 'addAccount'; readonly key: string; readonly answerDelayMs: number }
  /** Adds so many files to the account of a key. */
  | { readonly kind: 'addFiles'; readonly key: string; readonly count: number }
  /** Waits until no upload and no content is on its way for this key. */
  | { readonly kind: 'takeExchanges'; readonly key: string };

export const sinkGreetingSchema = z.object({ port: z.int().positive() });

export const addedFilesSchema = z.object({ ids: z.array(z.string()) });

export const exchangesSchema = z.object({
  exchanges: z.array(
    z.object({
      startedAt: z.number(),
      answeredAt: z.number().nullable(),
      closedAt: z.number().nullable(),
    }),
  ),
  /** Uploads received whole since the account was added. */
  receivedFiles: z.int().nonnegative(),
});

export type Exchanges = z.infer<typeof exchangesSchema>;

import * as z from 'zod';
import { loopBlockSchema } from '../loop-probe.ts';

/** Files to upload and to save at once. */
export interface TransferWork {
  readonly uploadPaths: readonly string[];
  /** How many transfers those paths will become: a folder becomes one a file. */
  readonly uploadCount: number;
  readonly saves: readonly PlannedSave[];
}

/** A file of the server and where it shall go. */
export interface PlannedSave {
  readonly fileId: string;
  readonly path: string;
}

/** What an engine is opened for. */
export interface EngineAccount {
  readonly endpoint: string;
  readonly key: string;
  /** For the journal and the ledger. */
  readonly folder: string;
  /** Transfers under way at once. */
  readonly concurrency: number;
}

/** What the engine's process can be told over Node's IPC; it answers each before the next may come. */
export type EngineCommand =
  | { readonly kind: 'open'; readonly account: EngineAccount }
  /** Collects garbage, so that what a run leaves behind is not room that the next one need not ask for. */
  | { readonly kind: 'collectGarbage' }
  | { readonly kind: 'run'; readonly work: TransferWork; readonly isDelayWatched: boolean }
  | { readonly kind: 'cancel'; readonly work: TransferWork; readonly afterMs: number }
  /** Deletes files that the account has by now. */
  | { readonly kind: 'delete'; readonly fileIds: readonly string[] }
  /** Watches the event loop with nothing to do. */
  | { readonly kind: 'rest'; readonly durationMs: number };

export const runSchema = z.object({
  /** From the command to the moment when the last transfer is done, and known to be on disk. */
  durationMs: z.number(),
  loopDelay: loopBlockSchema.nullable(),
});

export const cancelSchema = z.object({
  /** When the command was given, in milliseconds of the monotonic clock. */
  cancelledAt: z.number(),
  /** In which state it found the transfer. */
  state: z.string(),
});

export const deleteSchema = z.object({
  /** From the end of the undo time to the moment when the last file is known to be gone, and that is on disk. */
  durationMs: z.number(),
});

export const restSchema = z.object({ loopDelay: loopBlockSchema });

/** Every answer: what was asked for, or why there is none. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), value: z.unknown() }),
  z.object({ kind: z.literal('fault'), message: z.string() }),
]);

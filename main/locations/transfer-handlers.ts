import type { FilesCommands, InLocation } from '#app/contract/files-contract.ts';
import { AppFailure } from '#app/errors.ts';
import type { CommandHandlers } from '../ipc/register-bridge.ts';
import type { Transfers } from '../transfers/open-transfers.ts';
import type { TransferQueue } from '../transfers/queue/transfer-queue.ts';

/** What the commands of the transfers panel need of the rest of main. */
export interface TransferHandlersParts {
  /** Those of a location; throws `signedOut` where it is not open. */
  readonly transfers: (asked: InLocation) => Transfers;
  readonly showInFolder: (path: string) => void;
  /** Keeps how many transfers run at once for the next start. */
  readonly keepConcurrency: (concurrency: number) => Promise<void>;
}

type TransferCommands = Pick<
  CommandHandlers<FilesCommands>,
  | 'listTransfers'
  | 'cancelTransfers'
  | 'retryTransfers'
  | 'checkTransfers'
  | 'answerTransfers'
  | 'sendTransfersAnyway'
  | 'previewUtf8Copy'
  | 'uploadUtf8Copies'
  | 'applySuggestedNames'
  | 'pauseTransfers'
  | 'resumeTransfers'
  | 'setTransferConcurrency'
  | 'dismissLostRecords'
  | 'clearFinishedTransfers'
  | 'showTransferInFolder'
>;

/** Makes the handlers of the commands of the transfers panel. */
export function createTransferHandlers(parts: TransferHandlersParts): TransferCommands {
  const { transfers } = parts;
  const onQueue =
    <Input extends InLocation>(act: (queue: TransferQueue, input: Input) => void) =>
    (input: Input) => {
      act(transfers(input).queue, input);
      return null;
    };
  return {
    listTransfers: (asked) => transfers(asked).snapshot(),
    cancelTransfers: onQueue((queue, { ids }) => queue.cancel(ids)),
    retryTransfers: onQueue((queue, { ids }) => queue.retry(ids)),
    checkTransfers: onQueue((queue, { ids }) => queue.check(ids)),
    answerTransfers: onQueue((queue, { ids, answer }) => queue.answer(ids, answer)),
    sendTransfersAnyway: onQueue((queue, { ids }) => queue.sendAnyway(ids)),
    previewUtf8Copy: ({ id, encoding, ...asked }) => transfers(asked).previewUtf8Copy(id, encoding),
    uploadUtf8Copies: onQueue((queue, { ids, encoding }) => queue.uploadUtf8Copies(ids, encoding)),
    applySuggestedNames: onQueue((queue, { ids }) => queue.applySuggestedNames(ids)),
    pauseTransfers: onQueue((queue) => queue.pause()),
    resumeTransfers: onQueue((queue) => queue.resume()),
    setTransferConcurrency: async ({ concurrency, ...asked }) => {
      transfers(asked).queue.setConcurrency(concurrency);
      await parts.keepConcurrency(concurrency);
      return null;
    },
    dismissLostRecords: (asked) => {
      transfers(asked).dismissLostRecords();
      return null;
    },
    clearFinishedTransfers: onQueue((queue) => queue.clearFinished()),
    showTransferInFolder: ({ id, ...asked }) => {
      const path = transfers(asked).queue.findPath(id);
      if (path === undefined) throw new AppFailure({ code: 'fileMissing' });
      parts.showInFolder(path);
      return null;
    },
  };
}

import { ChevronDown, ChevronUp, Pause, Play } from 'lucide-react';
import { MAX_TRANSFER_CONCURRENCY } from '#app/limits.ts';
import type { Transfer, TransferQueueStatus } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import { formatCount, formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { Ticking } from '../ui/ticking.tsx';
import { describeQueue } from './describe-queue.ts';
import {
  cancelTransfers,
  clearFinished,
  pauseTransfers,
  resumeTransfers,
  retryTransfers,
  setConcurrency,
} from './transfer-commands.ts';
import { summarizeTransfers, type TransferSummary, toUnconfirmedShare } from './transfer-progress.ts';
import './transfers-head.css';
import { readMainClock } from '../ui/main-clock.ts';

const CONCURRENCIES = Array.from({ length: MAX_TRANSFER_CONCURRENCY }, (_, index) => index + 1);

/** The queue, and whether its list is shown. */
export interface TransfersHeadProps {
  readonly transfers: readonly Transfer[];
  readonly status: TransferQueueStatus;
  readonly isExpanded: boolean;
  readonly listId: string;
  readonly onExpandedChange: (isExpanded: boolean) => void;
}

/** Draws how the queue stands as a whole, and what can be done about all of it. */
export function TransfersHead(props: TransfersHeadProps) {
  const { transfers, status, isExpanded, onExpandedChange } = props;
  const words = texts.transfers;
  const summary = summarizeTransfers(transfers, status.busySince);
  const read = (now: number) => describeQueue(summary, status, now);
  return (
    <div className="transfers-head">
      <IconButton
        label={isExpanded ? words.collapse : words.expand}
        hintEdge="start"
        isExpanded={isExpanded}
        controls={props.listId}
        onPress={() => onExpandedChange(!isExpanded)}
      >
        {isExpanded ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
      </IconButton>
      <h2 className="transfers-title">{words.label}</h2>
      <span className="transfers-overall">
        {summary.movedAt === null ? read(readMainClock()) : <Ticking read={read} />}
      </span>
      <div className="transfers-buttons">
        <QueueButtons transfers={transfers} status={status} summary={summary} />
        <Concurrency concurrency={status.concurrency} />
      </div>
      {summary.active === 0 || status.busySince === null ? null : <OverallBar summary={summary} />}
    </div>
  );
}

function QueueButtons(props: {
  readonly transfers: readonly Transfer[];
  readonly status: TransferQueueStatus;
  readonly summary: TransferSummary;
}) {
  const { transfers, summary } = props;
  const { isPaused } = props.status;
  const words = texts.transfers;
  const unfinished = transfers.filter(({ state }) => !isFinished(state));
  const failed = transfers.filter(({ state }) => state === 'failed');
  return (
    <>
      {summary.active === 0 && !isPaused ? null : (
        <IconButton
          label={isPaused ? words.resume : words.pause}
          onPress={() => void (isPaused ? resumeTransfers() : pauseTransfers())}
        >
          {isPaused ? <Play size={15} /> : <Pause size={15} />}
        </IconButton>
      )}
      {failed.length === 0 ? null : (
        <Button look="quiet" onPress={() => void retryTransfers(failed.map(({ id }) => id))}>
          {words.retryAllFailed}
        </Button>
      )}
      {unfinished.length < 2 ? null : (
        <Button look="quiet" onPress={() => void cancelTransfers(unfinished.map(({ id }) => id))}>
          {words.cancelAll}
        </Button>
      )}
      <Button
        look="quiet"
        isDisabled={!transfers.some(({ state }) => isFinished(state) && state !== 'unknown')}
        onPress={() => void clearFinished()}
      >
        {words.clearFinished}
      </Button>
    </>
  );
}

/** The system's own list box, as in the pages of the table. */
function Concurrency({ concurrency }: { readonly concurrency: number }) {
  const words = texts.transfers;
  return (
    <div className="transfers-concurrency">
      <div className="transfers-choice">
        <select
          className="transfers-select"
          aria-label={words.concurrency}
          value={concurrency}
          onChange={(event) => void setConcurrency(Number(event.target.value))}
        >
          {CONCURRENCIES.map((count) => (
            <option key={count} value={count}>
              {formatCount(count)}
            </option>
          ))}
        </select>
        <ChevronDown size={12} aria-hidden="true" />
      </div>
      <span aria-hidden="true">{words.concurrencyUnit}</span>
    </div>
  );
}

function OverallBar({ summary }: { readonly summary: TransferSummary }) {
  const { transferredBytes, totalBytes } = summary;
  return (
    <div className="transfers-overall-bar">
      <ProgressBar
        label={texts.transfers.overall}
        share={toUnconfirmedShare(transferredBytes, totalBytes)}
        valueText={texts.transfers.progress(formatSize(transferredBytes), formatSize(totalBytes))}
      />
    </div>
  );
}

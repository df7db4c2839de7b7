import { ArrowDown, ArrowUp, FolderOpen, RotateCw, X } from 'lucide-react';
import { memo } from 'react';
import { assertNever } from '#app/assert-never.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { canRetry, isFinished } from '#app/transfers/transfer-states.ts';
import { describeError } from '../texts/describe-error.ts';
import { formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { FileName } from '../ui/file-name.tsx';
import { ProgressBar, type ProgressBarProps } from '../ui/progress-bar.tsx';
import { cancelTransfers, retryTransfers, showInFolder } from './transfer-commands.ts';
import { toShare } from './transfer-progress.ts';

/** Draws one transfer: what, how far, and what can be done about it. */
export const TransferItem = memo(function TransferItem({ transfer }: { readonly transfer: Transfer }) {
  const words = texts.transfers;
  const Direction = transfer.direction === 'upload' ? ArrowUp : ArrowDown;
  return (
    <>
      <Direction
        size={16}
        className="transfer-direction"
        role="img"
        aria-label={transfer.direction === 'upload' ? words.upload : words.save}
      />
      <div className="transfer-middle">
        <div className="transfer-line">
          <FileName name={transfer.name} />
          <span className="transfer-bytes">{describeBytes(transfer)}</span>
          <span className={`transfer-state transfer-state-${transfer.state}`}>
            {words.states[transfer.state]}
          </span>
        </div>
        {isFinished(transfer.state) ? null : (
          <ProgressBar label={transfer.name} share={toShare(transfer)} tone={toTone(transfer)} />
        )}
        <TransferError transfer={transfer} />
      </div>
      <TransferButtons transfer={transfer} />
    </>
  );
});

function TransferError({ transfer }: { readonly transfer: Transfer }) {
  const { error } = transfer;
  if (error === null || error.code === 'cancelled') return null;
  const { title, meaning, action, quote } = describeError(error, transfer.direction);
  return (
    <div className="transfer-error selectable">
      <span className="transfer-error-title">{title}</span>
      <span>{meaning}</span>
      <span>{action}</span>
      {quote === null ? null : <span>{quote}</span>}
    </div>
  );
}

function TransferButtons({ transfer }: { readonly transfer: Transfer }) {
  const words = texts.transfers;
  const { id, name, state } = transfer;
  return (
    <div className="transfer-buttons">
      {canRetry(state) ? (
        <IconButton
          label={words.retry(name)}
          hint={words.retryShort}
          hintEdge="end"
          onPress={() => void retryTransfers([id])}
        >
          <RotateCw size={15} />
        </IconButton>
      ) : null}
      {state === 'done' ? (
        <IconButton
          label={words.show(name)}
          hint={words.showShort}
          hintEdge="end"
          onPress={() => void showInFolder(id)}
        >
          <FolderOpen size={15} />
        </IconButton>
      ) : null}
      {isFinished(state) ? null : (
        <IconButton
          label={words.cancel(name)}
          hint={words.cancelShort}
          hintEdge="end"
          onPress={() => void cancelTransfers([id])}
        >
          <X size={16} />
        </IconButton>
      )}
    </div>
  );
}

function describeBytes(transfer: Transfer): string {
  const total = formatSize(transfer.sizeBytes);
  if (transfer.state !== 'sending' && transfer.state !== 'receiving') return total;
  return texts.transfers.progress(formatSize(transfer.transferredBytes), total);
}

function toTone({ state }: Transfer): NonNullable<ProgressBarProps['tone']> {
  switch (state) {
    case 'queued':
      return 'quiet';
    case 'waitingForServer':
    case 'verifying':
      return 'waiting';
    case 'preparing':
    case 'sending':
    case 'receiving':
      return 'accent';
    case 'done':
      return 'success';
    case 'failed':
    case 'interrupted':
    case 'cancelled':
      return 'danger';
    default:
      return assertNever(state);
  }
}

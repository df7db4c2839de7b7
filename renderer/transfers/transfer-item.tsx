import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo } from 'react';
import { assertNever } from '#app/assert-never.ts';
import type { AppError } from '#app/errors.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import { formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { FileName } from '../ui/file-name.tsx';
import { readMainClock } from '../ui/main-clock.ts';
import { ProgressBar, type ProgressBarProps } from '../ui/progress-bar.tsx';
import { toShownName } from '../ui/shown-name.ts';
import { Ticking } from '../ui/ticking.tsx';
import { useErrorWords } from '../ui/use-error-words.ts';
import { describeState, describeWait, isTicking } from './describe-transfer.ts';
import { RefusedButtons, type RefusedButtonsProps } from './refused-buttons.tsx';
import { TransferButtons, type TransferButtonsProps } from './transfer-buttons.tsx';
import { toShare } from './transfer-progress.ts';

/** One transfer in the list. */
export interface TransferItemProps extends TransferButtonsProps, RefusedButtonsProps {
  /** Whether its cause is told above the list, once for all. */
  readonly isHeld: boolean;
}

/** Draws one transfer: what, how far, and what can be done about it. */
export const TransferItem = memo(function TransferItem(props: TransferItemProps) {
  const { transfer, isHeld, onSendAgain, onUtf8Copy } = props;
  const words = texts.transfers;
  const Direction = transfer.direction === 'upload' ? ArrowUp : ArrowDown;
  const name = toShownName(transfer.name);
  const hasBar = !isFinished(transfer.state) && transfer.state !== 'asking';
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
          <FileName name={name} />
          <span className="transfer-bytes">{describeBytes(transfer)}</span>
          <span className={`transfer-state transfer-state-${transfer.state}`}>
            <span>{words.states[transfer.state]}</span>
            <span className="transfer-note">
              <Told transfer={transfer} read={(now) => describeState(transfer, now)} />
            </span>
          </span>
        </div>
        {hasBar ? <ProgressBar label={name} share={toShare(transfer)} tone={toTone(transfer)} /> : null}
        <span className="transfer-wait">
          <Told transfer={transfer} read={(now) => describeWait(transfer, now, isHeld)} />
        </span>
        <TransferError transfer={transfer} onUtf8Copy={onUtf8Copy} />
      </div>
      <TransferButtons transfer={transfer} onSendAgain={onSendAgain} />
    </>
  );
});

/** Draws what is said of a transfer, with the time where it changes by the time alone. */
function Told(props: { readonly transfer: Transfer; readonly read: (now: number) => string }) {
  return isTicking(props.transfer) ? <Ticking read={props.read} /> : props.read(readMainClock());
}

function TransferError({ transfer, onUtf8Copy }: RefusedButtonsProps) {
  const { error, state } = transfer;
  if (error === null || error.code === 'cancelled') return null;
  if (state !== 'failed' && state !== 'unknown') return null;
  return (
    <>
      <ErrorWords error={error} transfer={transfer} />
      <RefusedButtons transfer={transfer} onUtf8Copy={onUtf8Copy} />
    </>
  );
}

function ErrorWords({ error, transfer }: { readonly error: AppError; readonly transfer: Transfer }) {
  const { direction, stateSince } = transfer;
  const { title, meaning, action, quote } = useErrorWords(error, direction, stateSince);
  return (
    <div className="transfer-error selectable">
      <span className="transfer-error-title">{title}</span>
      <span>{meaning}</span>
      <span>{action}</span>
      {quote === null ? null : <span>{quote}</span>}
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
    case 'asking':
    case 'skipped':
      return 'quiet';
    case 'waitingForServer':
    case 'verifying':
    case 'interrupted':
      return 'waiting';
    case 'preparing':
    case 'sending':
    case 'receiving':
      return 'accent';
    case 'done':
      return 'success';
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return 'danger';
    default:
      return assertNever(state);
  }
}

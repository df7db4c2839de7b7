import { lazy, Suspense, useId, useState } from 'react';
import type { Transfer } from '#app/transfers/transfer.ts';
import { texts } from '../texts/texts.ts';
import { FoldingList } from './folding-list.tsx';
import { retryTransfers } from './transfer-commands.ts';
import { TransferNotices } from './transfer-notices.tsx';
import { TransfersHead } from './transfers-head.tsx';
import { useTransferAnnouncements, useTransfers } from './use-transfers.ts';
import './transfers-panel.css';

const Utf8CopyDialog = lazy(async () => ({
  default: (await import('./utf8-copy-dialog.tsx')).Utf8CopyDialog,
}));
const ReviewDialog = lazy(async () => ({
  default: (await import('./review-dialog.tsx')).ReviewDialog,
}));
const SendAgainDialog = lazy(async () => ({
  default: (await import('./send-again-dialog.tsx')).SendAgainDialog,
}));

/** Draws the uploads and saves under the table; nothing while there are none and nothing is to be told. */
export function TransfersPanel() {
  const { transfers, status } = useTransfers();
  const [isExpanded, setIsExpanded] = useState(true);
  const [inQuestion, setInQuestion] = useState<Transfer | null>(null);
  const [toConvert, setToConvert] = useState<Transfer | null>(null);
  const [isReviewing, setIsReviewing] = useState(false);
  const listId = useId();
  useTransferAnnouncements(transfers);
  // What is told of the queue stays in sight when its list is empty.
  if (transfers.length === 0 && status.holds.length === 0 && !status.hasLostRecords) return null;
  return (
    <section className="transfers" aria-label={texts.transfers.label} tabIndex={-1}>
      <TransfersHead
        transfers={transfers}
        status={status}
        isExpanded={isExpanded}
        listId={listId}
        onExpandedChange={setIsExpanded}
      />
      <TransferNotices transfers={transfers} status={status} onReview={() => setIsReviewing(true)} />
      <div id={listId} className="transfers-body" hidden={!isExpanded}>
        {isExpanded ? (
          <FoldingList
            transfers={transfers}
            holds={status.holds}
            onSendAgain={setInQuestion}
            onUtf8Copy={setToConvert}
          />
        ) : null}
      </div>
      {toConvert === null ? null : (
        <Suspense>
          <Utf8CopyDialog transfer={toConvert} transfers={transfers} onClose={() => setToConvert(null)} />
        </Suspense>
      )}
      {isReviewing ? (
        <Suspense>
          <ReviewDialog transfers={transfers} onClose={() => setIsReviewing(false)} />
        </Suspense>
      ) : null}
      {inQuestion === null ? null : (
        <Suspense>
          <SendAgainDialog
            name={inQuestion.name}
            onCancel={() => setInQuestion(null)}
            onConfirm={() => {
              setInQuestion(null);
              void retryTransfers([inQuestion.id]);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
